"""The verbs of inspectors: score alone, lock, and only then see what the team saw. No flask here, as in any service."""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from engage.core import audit, clock, erasing
from engage.core.crypto import keyring
from engage.core.database import begin_write
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.ids import new_id
from engage.listening.inspections import notes, queries
from engage.listening.inspections.criteria import get_set
from engage.listening.inspections.kinds import InspectionState
from engage.listening.inspections.models import Inspection, Score, TeamMember
from engage.listening.inspections.turns import hold, own_turn
from engage.listening.inspections.words import plain
from engage.rules.stars import Award, CriteriaSet, award

LONGEST_NOTE = 1000
HIGHEST = 4


def save_score(
    inspection_id: uuid.UUID,
    account_id: uuid.UUID,
    criterion: str,
    value: int | None,
    *,
    note: str = "",
    share: bool = False,
) -> None:
    """Keep one's own score (0 to 4; None for "could not see") and note of one criterion, until they are locked."""
    if value is not None and not 0 <= value <= HIGHEST:
        raise Refused("score-out-of-range")
    note = plain(note)
    if len(note) > LONGEST_NOTE:
        raise Refused("note-too-long")
    score_id = new_id()
    sealed = keyring().seal(note, row=score_id, purpose=queries.NOTE) if note else None
    session = begin_write()
    visit, _member = own_turn(inspection_id, account_id)
    _known(get_set(visit.criteria_key, visit.criteria_version), criterion)
    session.execute(sa.delete(Score).where(_mine(inspection_id, account_id), Score.criterion == criterion))
    session.add(
        Score(
            id=score_id,
            inspection_id=inspection_id,
            account_id=account_id,
            criterion=criterion,
            value=value,
            note_sealed=sealed,
            note_is_shared=bool(note) and share,
        )
    )
    session.flush()


def state_of(scores: Iterable[queries.OwnScore]) -> str:
    """A short code of exactly these scores: a page that shows them sends it back, so that nothing unseen is locked."""
    return hashlib.sha256("".join(sorted(str(score.id) for score in scores)).encode()).hexdigest()[:32]


def lock(
    inspection_id: uuid.UUID, account_id: uuid.UUID, *, seen: str, language: str = "en", on: date | None = None
) -> None:
    """Close one's own scores for good; shared notes become voices; after the last lock the team sees the scores.

    `seen` is `state_of` the scores that were shown: if they changed since, in another tab, nothing is locked.
    `language` is the page's, in which the notes are taken to be written.
    """
    shared = _shared(inspection_id, account_id)
    prepared = notes.prepare(inspection_id, _criteria_key(inspection_id), shared, language)
    session = begin_write()
    visit, member = own_turn(inspection_id, account_id)
    scores = queries.own_scores(inspection_id, account_id)
    if missing_of(visit, scores):
        raise Refused("scores-missing")
    if state_of(scores.values()) != seen or _shared(inspection_id, account_id) != shared:
        raise Conflict("scores-changed")
    member.locked_on = on or clock.today()
    notes.send(prepared, queries.own_rows(inspection_id, account_id, [score.id for score in shared]))
    session.flush()
    # No audit event: the day stands on the row, and a finer time would tell whose voice a shared note is (N3).
    if not _waiting(inspection_id):
        visit.state = InspectionState.TOGETHER
        session.flush()


def missing_of(visit: Inspection | queries.Visit, scores: dict[str, queries.OwnScore]) -> list[str]:
    """Keys of the criteria that somebody has not scored yet, in the order of the visit."""
    criteria = get_set(visit.criteria_key, visit.criteria_version)
    return [criterion.key for criterion in criteria.criteria if criterion.key not in scores]


def close_scoring(inspection_id: uuid.UUID) -> None:
    """End the wait for whoever has not locked, once enough have. Scores that were not locked are deleted unseen."""
    session = begin_write()
    visit = hold(inspection_id, InspectionState.PLANNED)
    waiting = _waiting(inspection_id)
    criteria = get_set(visit.criteria_key, visit.criteria_version)
    locked = session.scalars(
        sa.select(TeamMember.account_id).where(
            TeamMember.inspection_id == inspection_id, TeamMember.locked_on.is_not(None)
        )
    ).all()
    if len(locked) < criteria.inspectors:
        raise Refused("too-few-locked", needed=criteria.inspectors)
    erasing.delete(Score.id, Score.inspection_id == inspection_id, Score.account_id.in_(waiting))
    visit.state = InspectionState.TOGETHER
    audit.record("scoring-closed", "inspection", inspection_id, locked=len(locked), waiting=len(waiting))


def judge(visit: queries.Visit) -> Award:
    """What the locked scores give. Refused before scoring is over: until then a score is its inspector's alone."""
    if visit.state not in {InspectionState.TOGETHER, InspectionState.PUBLISHED}:
        raise Refused("scores-alone")
    return award(get_set(visit.criteria_key, visit.criteria_version), queries.locked_scores(visit.id))


def _shared(inspection_id: uuid.UUID, account_id: uuid.UUID) -> list[queries.OwnScore]:
    scores = queries.own_scores(inspection_id, account_id).values()
    return sorted((score for score in scores if score.note_is_shared and score.note), key=lambda score: score.criterion)


def _criteria_key(inspection_id: uuid.UUID) -> str:
    visit = queries.get_visit(inspection_id)
    return visit.criteria_key or "" if visit else ""


def _waiting(inspection_id: uuid.UUID) -> list[uuid.UUID]:
    query = sa.select(TeamMember.account_id).where(
        TeamMember.inspection_id == inspection_id, TeamMember.locked_on.is_(None)
    )
    return list(begin_write().scalars(query))


def _mine(inspection_id: uuid.UUID, account_id: uuid.UUID) -> sa.ColumnElement[bool]:
    return sa.and_(Score.inspection_id == inspection_id, Score.account_id == account_id)


def _known(criteria: CriteriaSet, criterion: str) -> None:
    if criterion not in {one.key for one in criteria.criteria}:
        raise NotFound
