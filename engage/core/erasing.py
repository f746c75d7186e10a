"""Deleting for good: what is erased leaves a mark, so that no older backup brings it back (N13, P5).

A mark is a keyed hash of a random id, under a key from the key file: whoever puts a backup back can tell whether a row
of it was erased since; whoever reads the mark learns neither which row, nor which table, nor whose. Its only time is
the week, and it goes when no backup from before it may exist any more. Marks belong to no partnership, so that not
even how much one of them erased can be counted.

A mark is of some sort: ROW, the row with this id in whatever table; ORIGIN, everything that came from there (words,
flags, the receipt); or a sort of a package's own, done once more by the function it registers with `again`.
"""

import hashlib
import hmac
import uuid
from collections.abc import Callable, Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from engage.core import clock
from engage.core.crypto import keyring
from engage.core.database import UNORDERED, Base, begin_write, db

ROW, ORIGIN = "row", "origin"
_AT_ONCE = 400
IsMarked = Callable[[uuid.UUID], bool]
_again: dict[str, Callable[[IsMarked], None]] = {}


class Tombstone(Base):
    """One mark; `week` is that of the erasure."""

    __tablename__ = "tombstone"
    __table_args__ = (UNORDERED,)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    week: Mapped[str]


def mark(row_id: uuid.UUID, sort: str = ROW) -> uuid.UUID:
    """The mark of an id: 128 bits of HMAC-SHA-256."""
    digest = hmac.new(keyring().derive("erased"), sort.encode() + b"\0" + row_id.bytes, hashlib.sha256).digest()
    return uuid.UUID(bytes=digest[:16])


def note(row_ids: Iterable[uuid.UUID], sort: str = ROW) -> None:
    """Leave the marks of what is erased in the present write transaction; a repeat is a no-op."""
    keep({mark(row_id, sort): clock.iso_week() for row_id in row_ids})


def keep(marks: dict[uuid.UUID, str]) -> None:
    """Store these marks with their weeks, in the present write transaction; those that are there stay as they are."""
    session, rows = begin_write(), [{"id": key, "week": week} for key, week in marks.items()]
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    for start in range(0, len(rows), _AT_ONCE):
        session.execute(insert(Tombstone).values(rows[start : start + _AT_ONCE]).on_conflict_do_nothing())


def delete(key: InstrumentedAttribute[uuid.UUID], *which: sa.ColumnElement[bool], sort: str = ROW) -> int:
    """Delete the rows of `key`'s table that meet `which`, leaving their marks, in the present write transaction.

    `key` is the table's `id`. How many went. What hangs on them by foreign key goes with them, and again at a restore.
    """
    session = begin_write()
    gone = list(session.scalars(sa.select(key).where(*which).with_for_update()))
    note(gone, sort)
    for start in range(0, len(gone), _AT_ONCE):
        some = sa.delete(key.class_).where(key.in_(gone[start : start + _AT_ONCE]))
        session.execute(some, execution_options={"synchronize_session": False})
    return len(gone)


def expire(days: int) -> None:
    """Drop the marks of weeks that no backup reaches back to, where one may be kept `days` days."""
    begin_write().execute(sa.delete(Tombstone).where(Tombstone.week < oldest(days)))


def oldest(days: int) -> str:
    """The first week whose marks still matter: a backup of its Sunday may exist today."""
    return clock.iso_week(clock.in_days(-days))


def marks() -> dict[uuid.UUID, str]:
    """Every mark with its week."""
    return {row.id: row.week for row in db.session.execute(sa.select(Tombstone.id, Tombstone.week))}


def again(sort: str) -> Callable[[Callable[[IsMarked], None]], Callable[[IsMarked], None]]:
    """Register what does the marks of one sort once more: called in each partnership, in a write transaction."""

    def register(function: Callable[[IsMarked], None]) -> Callable[[IsMarked], None]:
        _again[sort] = function
        return function

    return register


def do_again(found: Collection[uuid.UUID]) -> None:
    """Do what packages have registered, in the present partnership and write transaction."""
    for sort, function in sorted(_again.items()):
        function(_is_marked(found, sort))


def _is_marked(found: Collection[uuid.UUID], sort: str) -> IsMarked:
    return lambda row_id: mark(row_id, sort) in found
