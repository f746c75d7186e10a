"""Connections that a thread keeps for itself, where the database is an SQLite file: one to read, one to write.

Taken from the pool and given back, one costs as much as the statement it is for. They are two because a connection that
is told by turns whether it may write forgets, each time, every statement that it has prepared.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from threading import get_ident
from typing import Any
from weakref import finalize

import sqlalchemy as sa
from sqlalchemy.pool import Pool, PoolProxiedConnection

from engage.core.context import product
from engage.core.prepared import Way, told

_CACHE_KIB = 1024  # there are two for each thread of each process
_IN_MEMORY = {None, "", ":memory:"}
_KEPT = "engage_connections"
OWN = "engage_own"
"""By which a connection says that it is a thread's own: only `Own` begins a transaction on it."""
UNDONE = "the write transaction of this request was undone"


@dataclass(frozen=True)
class Own:
    """`way`: how a prepared statement goes there. `proxied`: the same connection for SQLAlchemy. It goes with `pool`:
    where an engine was disposed of, the next one opens another.
    """

    way: Way
    proxied: PoolProxiedConnection
    pool: Pool

    def begin(self) -> None:
        """Begin a write transaction; OperationalError where somebody else holds the lock for longer than we wait."""
        self._say("BEGIN IMMEDIATE")

    def require_begun(self) -> Way:
        """Its way, while the transaction that was begun goes on. RuntimeError once it was undone midway: each statement
        after that would be kept by itself, whatever becomes of the others.
        """
        if not self.way.raw.in_transaction:
            raise RuntimeError(UNDONE)
        return self.way

    def end(self, *, commit: bool) -> None:
        """Commit or roll back, unless that was done."""
        if self.way.raw.in_transaction:
            self._say("COMMIT" if commit else "ROLLBACK")

    def _say(self, words: str) -> None:
        try:
            self.way.raw.execute(words)
        except self.way.dialect.loaded_dbapi.Error as error:
            raise told(error, self.way.dialect) from None


def are_kept(engine: sa.Engine) -> bool:
    """Whether the database is one for which threads keep connections."""
    return engine.dialect.name == "sqlite" and engine.url.database not in _IN_MEMORY


def make_private(engine: sa.Engine) -> None:
    """Begin the file of an SQLite database readable by the product's own account alone (its log takes after it): the
    folder it lies in may be older than Engage, and open to others. A file that is there stays as it is, and is not even
    opened: to close it again would let go of every lock that this process holds on it.
    """
    if are_kept(engine) and engine.url.database:
        with suppress(OSError):  # where it cannot be made, opening it says so
            os.close(os.open(engine.url.database, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def reader(engine: sa.Engine) -> Own:
    """This thread's own to read: it begins no transaction and cannot write."""
    return _own(engine, writes=False)


def writer(engine: sa.Engine) -> Own:
    """This thread's own to write: each statement is a transaction, unless one was begun."""
    return _own(engine, writes=True)


def _own(engine: sa.Engine, *, writes: bool) -> Own:
    kept: dict[tuple[int, bool], Own] = product().extensions.setdefault(_KEPT, {})
    mine = get_ident(), writes
    found = kept.get(mine)
    if found is None or found.pool is not engine.pool:
        found = kept[mine] = _open(engine, writes=writes)
    return found


def _open(engine: sa.Engine, *, writes: bool) -> Own:
    proxied = engine.raw_connection()
    raw: Any = proxied.driver_connection
    proxied.detach()
    proxied.info[OWN] = True
    raw.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    raw.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    finalize(engine.pool, raw.close)
    return Own(Way(engine.dialect, engine.dispatch, raw), proxied, engine.pool)
