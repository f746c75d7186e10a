"""Notices that must go out if, and only if, a transaction was kept: a row now, sent by the worker after the commit.

A row carries a kind and an id, never content, and its time is a tick (N9).
"""

import uuid
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core import clock
from engage.core.database import UNORDERED, Base, Key, begin_rows, begin_write, db
from engage.core.logging import get_logger
from engage.core.scope import Scoped, quick
from engage.core.transaction import transaction

Handler = Callable[[uuid.UUID], None]
_handlers: dict[str, Handler] = {}
_can_wait: set[str] = set()
_only_while: dict[str, Callable[[], bool]] = {}


class OutboxRow(Scoped, Base):
    """One notice to send: at least once, at `due_at` or later."""

    __tablename__ = "outbox"
    __table_args__ = (UNORDERED,)

    id: Mapped[Key]
    kind: Mapped[str]
    subject_id: Mapped[uuid.UUID]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)


_ADD = sa.insert(OutboxRow)


def handler(kind: str, *, can_wait: bool = False) -> Callable[[Handler], Handler]:
    """Register the function that sends notices of one kind; it gets the subject's id.

    `can_wait`: they are many and in no hurry, so that those of every other kind go first.
    """

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        if can_wait:
            _can_wait.add(kind)
        return function

    return register


def only_while(kinds: Collection[str], is_possible: Callable[[], bool]) -> None:
    """Leave notices of these kinds where they are, untried, while `is_possible` says no: they are seen to be overdue,
    and go out as soon as they can.
    """
    _only_while.update(dict.fromkeys(kinds, is_possible))


def enqueue(kind: str, subject_id: uuid.UUID, *, minutes: int = 5, is_late: bool = False) -> None:
    """Queue one notice in the present transaction, due at the next tick; `is_late`: at the one that has just passed,
    for what follows from no act of anybody anonymous.
    """
    due_at = clock.tick(minutes=minutes) - timedelta(minutes=minutes if is_late else 0)
    begin_rows()
    quick(_ADD, {"kind": kind, "subject_id": subject_id, "due_at": due_at})


def enqueue_at(kind: str, subject_id: uuid.UUID, due_at: datetime) -> None:
    """Queue one notice in the present transaction, due at an instant that tells nothing the caller has to hide."""
    begin_write().add(OutboxRow(kind=kind, subject_id=subject_id, due_at=due_at))


def forget(subject_ids: Collection[uuid.UUID]) -> None:
    """Take back the notices on these subjects, in the present transaction: what they were about is gone."""
    begin_write().execute(sa.delete(OutboxRow).where(OutboxRow.subject_id.in_(subject_ids)))


def due(kind: str) -> list[uuid.UUID]:
    """The subjects of every notice of one kind that is due, the longest due first."""
    mine = sa.select(OutboxRow.subject_id).where(OutboxRow.kind == kind, OutboxRow.due_at <= clock.now())
    return list(db.session.scalars(mine.order_by(OutboxRow.due_at, OutboxRow.subject_id)))


def deliver(limit: int = 100) -> int:
    """Send what is due in the present partnership and remove it; how many were sent.

    A notice that fails stays for the next run and does not hold up the others: it goes behind those that were not tried
    as often. Two thousand reminders, or an address that takes none, never stand before a worry about a child. Kinds
    take turns, the longest due of each first: a flood of one kind never stands before another.
    """
    able = (OutboxRow.due_at <= clock.now(), OutboxRow.kind.not_in(_impossible()))
    due = sa.select(OutboxRow.id, OutboxRow.kind, OutboxRow.subject_id).where(*able)
    alike = (OutboxRow.kind, OutboxRow.attempts)
    turn = sa.func.row_number().over(partition_by=alike, order_by=OutboxRow.due_at)
    first = (OutboxRow.kind.in_(sorted(_can_wait)), OutboxRow.attempts, turn, OutboxRow.due_at)
    rows = db.session.execute(due.order_by(*first).limit(limit)).all()
    return sum(_send(row_id, kind, subject_id) for row_id, kind, subject_id in rows)


def is_overdue(kinds: Collection[str], since: datetime, besides: Collection[uuid.UUID] = ()) -> bool:
    """Whether a notice of these kinds, due before `since`, has not gone out in the present partnership; one on a
    subject in `besides` is left out.
    """
    where = (OutboxRow.subject_id.not_in(besides),) if besides else ()
    return bool(db.session.scalar(_overdue(kinds, since, *where)))


def is_any_overdue(kinds: Collection[str], since: datetime) -> bool:
    """The same for all partnerships at once, for machines: whether, and nothing of where or how many. What waits in an
    invented one makes no alarm: nobody is there.
    """
    place = Base.metadata.tables["partnership"]
    real = sa.select(place.c.id).where(place.c.is_invented.is_(False))
    with db.engine.connect().execution_options(engage_maintenance=True) as connection:
        return bool(connection.scalar(_overdue(kinds, since, OutboxRow.partnership_id.in_(real))))


def _impossible() -> list[str]:
    asked = {is_possible: is_possible() for is_possible in set(_only_while.values())}
    return sorted(kind for kind, is_possible in _only_while.items() if not asked[is_possible])


def _overdue(kinds: Collection[str], since: datetime, *where: sa.ColumnElement[bool]) -> sa.Select[tuple[bool]]:
    rows = sa.select(OutboxRow.id).where(OutboxRow.kind.in_(kinds), OutboxRow.due_at < since, *where)
    return sa.select(rows.exists())


def _send(row_id: uuid.UUID, kind: str, subject_id: uuid.UUID) -> bool:
    mine = OutboxRow.id == row_id
    try:
        _handlers[kind](subject_id)
    except Exception:  # noqa: BLE001 - whatever went wrong with one notice must not hold up the next
        get_logger().error("notice-failed", kind=kind, exc_info=True)
        with transaction():
            db.session.execute(sa.update(OutboxRow).where(mine).values(attempts=OutboxRow.attempts + 1))
        return False
    with transaction():
        db.session.execute(sa.delete(OutboxRow).where(mine))
    return True
