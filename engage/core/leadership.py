"""At most one process leads: a lock that the system drops with the process that holds it."""

import fcntl
import os
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

_ADVISORY_KEY = 0x656E67616765  # "engage"


class Leadership(Protocol):
    """A lock that at most one process holds."""

    def acquire(self) -> bool:
        """Tries once; True where this process leads now."""

    def is_held(self) -> bool:
        """Whether this process still leads."""

    def release(self) -> None:
        """Lets another one lead."""


class FileLeadership:
    """Leadership on one machine: an exclusively locked file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Tries once; True where this process leads now."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def is_held(self) -> bool:
        """A file lock is not taken away from a living process."""
        return self._descriptor is not None

    def release(self) -> None:
        """Closing the file drops the lock."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class DatabaseLeadership:
    """Leadership among many machines: an advisory lock of a PostgreSQL session on an engine of its own."""

    def __init__(self, address: str) -> None:
        self._engine = sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        self._connection: sa.Connection | None = None

    def acquire(self) -> bool:
        """Tries once; True where this process leads now. A database that is away makes nobody a leader."""
        try:
            connection = self._connection = self._engine.connect()
            if connection.execute(sa.select(sa.func.pg_try_advisory_lock(_ADVISORY_KEY))).scalar_one():
                return True
        except sa.exc.DBAPIError:
            pass
        self.release()
        return False

    def is_held(self) -> bool:
        """Asks the database: a session that was ended lost its lock."""
        if self._connection is None:
            return False
        try:
            query = sa.text(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
                " AND (classid::bigint << 32) + objid::bigint = :key AND granted"
            )
            return bool(self._connection.execute(query, {"key": _ADVISORY_KEY}).scalar_one())
        except sa.exc.DBAPIError:
            return False

    def release(self) -> None:
        """Ends the session, and with it the lock."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def leadership(address: str, home: Path) -> Leadership:
    """The lock that fits the database at `address`; a locked file lies in `home`."""
    if sa.make_url(address).get_backend_name() == "sqlite":
        return FileLeadership(home / "worker.lock")
    return DatabaseLeadership(address)
