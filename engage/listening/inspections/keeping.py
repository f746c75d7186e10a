"""How long the private notes of young inspectors are kept: no longer than a star needs; the scores stay with it."""

import uuid

import sqlalchemy as sa

from engage.core import erasing
from engage.core.database import begin_write, db
from engage.core.holds import Held
from engage.core.retention import Kind
from engage.listening.inspections.kinds import InspectionState
from engage.listening.inspections.models import Inspection, Score, TeamMember
from engage.people import service_erasing
from engage.rules.keeping import Cutoff
from engage.safeguarding import queries_apart

_SORT = "inspection-note"


@service_erasing.needs
def _is_on_an_open_visit(account_id: uuid.UUID) -> bool:
    """Whether a visit that is neither published nor declined is about whoever has this account, or theirs to score."""
    scores = sa.select(TeamMember.inspection_id).where(TeamMember.account_id == account_id)
    mine = sa.or_(Inspection.id.in_(queries_apart.about(account_id)), Inspection.id.in_(scores))
    is_open = Inspection.state.in_((InspectionState.PLANNED, InspectionState.TOGETHER))
    return db.session.scalar(sa.select(Inspection.id).where(is_open, mine).limit(1)) is not None


def _old(old: Cutoff) -> tuple[sa.ColumnElement[bool], ...]:
    over = sa.select(Inspection.id).where(Inspection.published_on < old.day)
    return Score.note_sealed.is_not(None), Score.inspection_id.in_(over)


def _count_old(old: Cutoff, _held: Held) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Score).where(*_old(old))) or 0


def _delete_old(old: Cutoff, _held: Held) -> int:
    gone = list(begin_write().scalars(sa.select(Score.id).where(*_old(old)).with_for_update()))
    _empty(gone)
    return len(gone)


def _empty(gone: list[uuid.UUID]) -> None:
    session = begin_write()
    erasing.note(gone, _SORT)
    for score_id in gone:
        emptied = sa.update(Score).where(Score.id == score_id).values(note_sealed=None)
        session.execute(emptied, execution_options={"synchronize_session": False})


@erasing.again(_SORT)
def empty_again(is_marked: erasing.IsMarked) -> None:
    """Take the notes away that were deleted since a backup was made."""
    there = db.session.scalars(sa.select(Score.id).where(Score.note_sealed.is_not(None)))
    _empty([score_id for score_id in there if is_marked(score_id)])


NOTES = Kind("notes", 12, _count_old, _delete_old)
