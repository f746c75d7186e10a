"""SQLite out of and into a backup: the whole file, written anew in the order of the random keys.

`VACUUM INTO` reads one moment of a database that goes on being written to, waits for nobody, and takes neither free
pages nor the write-ahead log nor any place in a page with it (N2). What opens a door for a while is taken out.
"""

import os
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from engage.core.backup import private
from engage.core.backup.sealed import PIECE, BackupError, sync_folder
from engage.core.backup.sums import DOORS, Sum

_COPY = "copy.sqlite3"
_ENTRY = "database"
_WAIT_SECONDS = 60
_LOGS = ("-wal", "-journal", "-shm")


class SqliteSource:
    """A SQLite database that is copied out. `sums` is whole when its entries have been read."""

    kind = "sqlite"

    def __init__(self, engine: sa.Engine, home: Path) -> None:
        self._path, self._home = Path(str(engine.url.database)), home
        self.sums: dict[str, str] = {}

    def entries(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """One entry: the file."""
        with _copied(self._path, self._home) as copy:
            self.sums = sums(copy)
            with copy.open("rb") as file:
                yield _ENTRY, iter(lambda: file.read(PIECE), b"")


class SqliteTarget:
    """Where a SQLite database is put back: in a private folder beside its place, until everything has been done."""

    kind = "sqlite"

    def __init__(self, url: sa.URL) -> None:
        """BackupError where a database is already, or the log of one: SQLite would read that into what is restored."""
        self._final = Path(str(url.database))
        for part in ("", *_LOGS):
            there = self._final.with_name(f"{self._final.name}{part}")
            if there.exists():
                raise BackupError(f"There is a database already: {there}. A backup goes into an empty home only.")
        self._held = ExitStack()
        self._draft = self._final.parent / private.FOLDER / self._final.name
        self.url = url.set(database=str(self._draft))

    def begin(self, _revision: str) -> None:
        """Make the folder."""
        self._held.enter_context(private.folder(self._final.parent))

    def take(self, _name: str, data: Iterator[bytes]) -> None:
        """Write the file, for its owner alone."""
        descriptor = os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(data)

    def sums(self) -> dict[str, str]:
        """What stands in it now."""
        return sums(self._draft)

    def keep(self) -> None:
        """It is in its file already."""

    def finish(self) -> None:
        """Write it anew, so that nothing that was deleted meanwhile is left in it, and put it in its place."""
        with closing(sqlite3.connect(self._draft, isolation_level=None)) as connection:
            for pragma in ("secure_delete=ON", "journal_mode=DELETE"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            connection.execute("VACUUM")
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise BackupError("The restored database is damaged; nothing was put in place.")
        with self._draft.open("rb") as file:
            os.fsync(file.fileno())
        self._draft.rename(self._final)
        sync_folder(self._final.parent)
        self._held.close()

    def drop(self) -> None:
        """Leave nothing of what was begun."""
        self._held.close()


def sums(path: Path) -> dict[str, str]:
    """What every table of a database holds, as one hash each."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        return {name: _sum(connection, name) for name in _table_names(connection)}


@contextmanager
def _copied(source: Path, home: Path) -> Generator[Path]:
    """A copy of the database as it is at this moment, in the home's private folder; gone afterwards."""
    with private.folder(home) as work:
        copy = work / _COPY
        with closing(sqlite3.connect(source, timeout=_WAIT_SECONDS, isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        _shut_doors(copy)
        yield copy


def _shut_doors(copy: Path) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        for pragma in ("secure_delete=ON", "journal_mode=MEMORY", "foreign_keys=OFF"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        for name in sorted(DOORS.intersection(_table_names(connection))):
            connection.execute(f'DELETE FROM "{name}"')  # noqa: S608 - our own names


def _table_names(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    return [name for (name,) in connection.execute(query)]


def _sum(connection: sqlite3.Connection, name: str) -> str:
    columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    keys = [column[1] for column in sorted(columns, key=lambda column: int(column[5])) if column[5]]
    listed = ", ".join(f'"{column[1]}"' for column in columns)
    order = ", ".join(f'"{key}"' for key in keys) or listed
    found = Sum()
    for row in connection.execute(f'SELECT {listed} FROM "{name}" ORDER BY {order}'):  # noqa: S608 - our own names
        found.add_row(row)
    return found.hex()
