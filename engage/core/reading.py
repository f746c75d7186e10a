"""Which way a prepared statement goes: the write transaction's own, or, beside one, the quickest there is.

On SQLite that is one connection a thread that is never given back and begins no transaction: each statement sees what
is committed when it runs. It cannot write but for a single statement that is a whole transaction and says so. A page
that only reads, or writes one row over, needs no session then, which cost it as much as its statements; and what it
read is still at hand when it writes. On PostgreSQL the way is the session's, as ever.
"""

import threading
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary, finalize

import sqlalchemy as sa
from sqlalchemy.pool import Pool

from engage.core import prepared
from engage.core.database import db, is_writing, queued
from engage.core.prepared import Found, Way

_CACHE_KIB = 1024  # there is one for each thread of each process
_IN_MEMORY = {None, "", ":memory:"}
_mine = threading.local()


def run(statement: sa.Executable, values: Mapping[str, Any]) -> Found:
    """Run a statement that was built once, as `prepared.run`; a read outside a write transaction sees what is
    committed, not what a session has read before.
    """
    return prepared.run(_way(statement), statement, values)


def write_at_once(statement: sa.Executable, values: Mapping[str, Any]) -> Found | None:
    """Run one statement as a write transaction of its own, on the disk when this ends; None, and nothing was done,
    where it must be part of this request's (it has begun, or the database is one that is not quicker so).
    """
    engine = db.engine
    if is_writing() or not _has_ways(engine):
        return None
    way = _own(engine)
    with queued():
        way.raw.execute("PRAGMA query_only=OFF")
        try:
            return prepared.run(way, statement, values)
        finally:
            way.raw.execute("PRAGMA query_only=ON")


def _way(statement: sa.Executable) -> Way:
    engine = db.engine
    if isinstance(statement, sa.Select) and not is_writing() and _has_ways(engine):
        return _own(engine)
    connection = db.session.connection()
    raw = connection.connection.driver_connection
    return Way(connection.dialect, connection.dispatch, raw, connection)


def _has_ways(engine: sa.Engine) -> bool:
    return engine.dialect.name == "sqlite" and engine.url.database not in _IN_MEMORY


def _own(engine: sa.Engine) -> Way:
    """This thread's own. It goes with its pool: where an engine was disposed of, the next one opens another."""
    if not hasattr(_mine, "ways"):
        _mine.ways = WeakKeyDictionary()
    ways: WeakKeyDictionary[Pool, Way] = _mine.ways
    found = ways.get(engine.pool)
    if found is None:
        connection = engine.raw_connection()
        raw: Any = connection.driver_connection
        connection.detach()
        raw.execute("PRAGMA query_only=ON")
        raw.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
        finalize(engine.pool, raw.close)
        found = ways[engine.pool] = Way(engine.dialect, engine.dispatch, raw)
    return found
