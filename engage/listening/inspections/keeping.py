"""How long the private notes of young inspectors are kept: no longer than a star needs; the scores stay with it."""

import sqlalchemy as sa

from engage.core.database import begin_write, db
from engage.core.holds import Held
from engage.core.retention import Kind
from engage.listening.inspections.models import Inspection, Score
from engage.rules.keeping import Cutoff


def _old(old: Cutoff) -> tuple[sa.ColumnElement[bool], ...]:
    over = sa.select(Inspection.id).where(Inspection.published_on < old.day)
    return Score.note_sealed.is_not(None), Score.inspection_id.in_(over)


def _count_old(old: Cutoff, _held: Held) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Score).where(*_old(old))) or 0


def _delete_old(old: Cutoff, held: Held) -> int:
    session, gone = begin_write(), _count_old(old, held)
    emptied = sa.update(Score).where(*_old(old)).values(note_sealed=None)
    session.execute(emptied, execution_options={"synchronize_session": False})
    return gone


NOTES = Kind("notes", 12, _count_old, _delete_old)
