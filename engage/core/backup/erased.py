"""The list of what was erased since: a small file outside all backups, and doing it once more to a restored database.

The first line says the day it was written, the week it reaches back to and its number, the last is a keyed hash of all
before it; between them stand marks with their weeks, in the order of the marks. It is written anew every five minutes,
whether anything was erased or not, so that its own time tells nothing.

The number is the minute it was written, or one more than the last one's where the clock stood still or was set back:
of two lists the one with the higher number is the newer. The database, and so every backup, knows the last one's.
"""

import hashlib
import hmac
import os
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa

from engage.core import clock, erasing, jobs
from engage.core.backup.sealed import BackupError, sync_folder
from engage.core.crypto import keyring
from engage.core.database import WRITE, Base, db
from engage.core.erasing import ORIGIN, ROW
from engage.core.transaction import transaction

KEY = "erased-list"
_LISTED = "erased-listed"
_MAGIC, _FORMER = "engage-erased-2", "engage-erased-1"
_MINUTE = 60
_OPTIONS = {WRITE: True, "engage_maintenance": True}


@dataclass(frozen=True)
class Erased:
    """What was erased up to and including the day `as_of`: mark -> ISO week.

    Marks from before the week `since` are gone; empty in a list that does not say. `number`: higher in a newer list, 0
    in one of an Engage that did not count them.
    """

    as_of: date
    since: str
    number: int
    marks: dict[uuid.UUID, str]


def write(path: Path, days: int) -> None:
    """Write the list anew, without what no backup reaches back to. BackupError over a list that is not ours."""
    with transaction():
        erasing.expire(days)
    key = keyring().derive(KEY)
    there = read(path, key)
    first = erasing.oldest(days)
    kept = {key: week for key, week in (there.marks if there else {}).items() if week >= first} | erasing.marks()
    db.session.rollback()
    # A period that was shorter for a while has let marks go that a longer one does not bring back.
    since = max(first, there.since) if there else first
    number = max(int(clock.now().timestamp()) // _MINUTE, 1 + max(newest(), there.number if there else 0))
    lines = [f"{_MAGIC} {clock.today()} {since} {number}", *(f"{key.hex} {week}" for key, week in sorted(kept.items()))]
    db.session.rollback()
    _replace(path, _signed("".join(f"{line}\n" for line in lines).encode(), key))
    with transaction():
        know(number)


def newest() -> int:
    """The number of the newest list that the database knows of; 0 where it knows of none."""
    known = jobs.marked(_LISTED).get(_LISTED)
    return int(known.timestamp()) // _MINUTE if known else 0


def know(number: int) -> None:
    """Remember the number of a list, in the present transaction."""
    if number > newest():
        jobs.mark(_LISTED, datetime.fromtimestamp(number * _MINUTE, UTC))


def read(path: Path, key: bytes) -> Erased | None:
    """The list at `path` under its 32-byte `key`, None where there is none.

    BackupError where it was changed or belongs to another key.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    body = data[: data.rstrip(b"\n").rfind(b"\n") + 1]
    if not body.startswith((_MAGIC.encode(), _FORMER.encode())) or not hmac.compare_digest(data, _signed(body, key)):
        raise BackupError(f"{path} is damaged, or belongs to another key file; put the right one in its place.")
    first, *lines = body.decode().splitlines()
    pairs = [line.split(" ") for line in lines]
    _, as_of, since, number, *_ = [*first.split(" "), "", ""]
    return Erased(date.fromisoformat(as_of), since, int(number or 0), {uuid.UUID(key): week for key, week in pairs})


def replay(found: Collection[uuid.UUID]) -> int:
    """Delete every row that bears one of these marks, with all that hangs on it; how many rows bore one.

    In a transaction of its own, over all partnerships. What packages do themselves is `erasing.do_again`.
    """
    count = 0
    with db.engine.connect().execution_options(**_OPTIONS) as connection, connection.begin():
        for table in reversed(Base.metadata.sorted_tables):
            gone = _marked(connection, table, found) if found else []
            count += len(gone)
            for key in gone:
                connection.execute(sa.delete(table).where(table.c.id == key))
                notices = Base.metadata.tables["outbox"]
                connection.execute(sa.delete(notices).where(notices.c.subject_id == key))
    return count


def _marked(connection: sa.Connection, table: sa.Table, found: Collection[uuid.UUID]) -> list[uuid.UUID]:
    if [column.name for column in table.primary_key.columns] != ["id"] or not isinstance(table.c.id.type, sa.Uuid):
        return []
    origin = table.c.origin_id if "origin_id" in table.c else sa.null()
    return [
        key
        for key, came_from in connection.execute(sa.select(table.c.id, origin))
        if erasing.mark(key, ROW) in found or (came_from is not None and erasing.mark(came_from, ORIGIN) in found)
    ]


def _signed(body: bytes, key: bytes) -> bytes:
    return body + hmac.new(key, body, hashlib.sha256).hexdigest().encode() + b"\n"


def _replace(path: Path, data: bytes) -> None:
    draft = path.with_name(f"{path.name}.part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)
