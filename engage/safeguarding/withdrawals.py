"""Taking back what was said, down to the receipt (N13). A child in danger is heard first: words that raised a flag stay
until a person has decided on it, and go then.
"""

import uuid
from functools import partial

import sqlalchemy as sa

from engage.core import clock, erasing, outbox
from engage.core.database import begin_write, db
from engage.core.errors import Conflict
from engage.core.ids import new_id
from engage.safeguarding import service_apart
from engage.safeguarding.models import Flag, Receipt, Withdrawal
from engage.safeguarding.models_duty import FollowUp
from engage.voices import keeping

_AGAIN = sa.select(FollowUp.flag_id).where(FollowUp.done_by.is_(None))
_ASKED = {False: "taken-back", True: "taken-back-with-answers"}
_UNFINISHED = sa.or_(Flag.decision.is_(None), Flag.id.in_(_AGAIN))


def is_open(origin_kind: str, origin_id: uuid.UUID) -> bool:
    """Whether somebody still has to decide on a flag of this origin, or to look at it again."""
    return _exists(Flag, origin_kind, origin_id, _UNFINISHED)


def is_undecided(origin_kind: str, origin_id: uuid.UUID) -> bool:
    """Whether a flag of this origin waits for a decision."""
    return _exists(Flag, origin_kind, origin_id, Flag.decision.is_(None))


def is_decided(origin_kind: str, origin_id: uuid.UUID) -> bool:
    """Whether somebody decided on a flag of this origin."""
    return _exists(Flag, origin_kind, origin_id, Flag.decision.is_not(None))


def is_asked(origin_kind: str, origin_id: uuid.UUID) -> bool:
    """Whether its person has taken this back, and it waits."""
    return _exists(Withdrawal, origin_kind, origin_id)


def ask(origin_kind: str, origin_id: uuid.UUID, *, with_answers: bool) -> None:
    """Write down that this is to be deleted as soon as it may be, and hide it from analysts; a repeat is a no-op.

    `with_answers`: its closed answers too; no release counts them from now on.
    """
    session = begin_write()
    keeping.hide(origin_kind, origin_id)
    if not is_asked(origin_kind, origin_id):
        row = {"id": new_id(), "origin_kind": origin_kind, "origin_id": origin_id, "week": clock.iso_week()}
        session.execute(sa.insert(Withdrawal).values(**row, with_answers=with_answers))
        erasing.note([origin_id], _ASKED[with_answers])


def list_asked() -> list[tuple[str, uuid.UUID, bool]]:
    """What waits to be deleted: kind and id of its origin, and whether with its closed answers."""
    return [(row.origin_kind, row.origin_id, row.with_answers) for row in db.session.scalars(sa.select(Withdrawal))]


def not_to_count() -> sa.Select[uuid.UUID]:
    """The responses whose closed answers were taken back and still stand, for a release to leave out."""
    return sa.select(Withdrawal.origin_id).where(Withdrawal.with_answers)


def open_origins() -> sa.Select[uuid.UUID]:
    """The origins that somebody still has to decide on or to look at again, for a statement that leaves them alone."""
    return sa.select(Flag.origin_id).where(_UNFINISHED)


def delete(origin_kind: str, origin_id: uuid.UUID) -> None:
    """Delete words, files, codings, flags, the conversation and the receipt, in the present write transaction.

    Conflict while a flag of it is open.
    """
    session = begin_write()
    if is_open(origin_kind, origin_id):
        raise Conflict
    flags = list(session.scalars(sa.select(Flag.id).where(*_of(Flag, origin_kind, origin_id))))
    erasing.note([origin_id], erasing.ORIGIN)
    outbox.forget(flags)
    service_apart.forget(origin_id)
    keeping.delete_of(origin_kind, origin_id)
    session.execute(sa.delete(Flag).where(*_of(Flag, origin_kind, origin_id)))
    session.execute(sa.delete(Receipt).where(*_of(Receipt, origin_kind, origin_id)))
    session.execute(sa.delete(Withdrawal).where(*_of(Withdrawal, origin_kind, origin_id)))


def _ask_again(is_marked: erasing.IsMarked, *, with_answers: bool) -> None:
    rows = db.session.execute(sa.select(Receipt.origin_kind, Receipt.origin_id)).all()
    for origin_kind, origin_id in rows:
        if is_marked(origin_id):
            ask(origin_kind, origin_id, with_answers=with_answers)


for _with, _sort in _ASKED.items():
    erasing.again(_sort)(partial(_ask_again, with_answers=_with))


_Table = type[Flag] | type[Receipt] | type[Withdrawal]


def _of(table: _Table, origin_kind: str, origin_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return table.origin_kind == origin_kind, table.origin_id == origin_id


def _exists(table: _Table, origin_kind: str, origin_id: uuid.UUID, *more: sa.ColumnElement[bool]) -> bool:
    query = sa.select(table.id).where(*_of(table, origin_kind, origin_id), *more).limit(1)
    return db.session.scalar(query) is not None
