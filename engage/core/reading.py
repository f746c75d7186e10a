"""Which way a prepared statement goes: the write transaction's own, or, beside one, the quickest there is.

On SQLite that is a connection a thread that is never given back. One begins no transaction and cannot write: each
statement sees what is committed when it runs. Another writes single statements, each a whole transaction. A page that
only reads, or writes one row over, needs no session then, which cost it as much as its statements. On PostgreSQL the
way is the session's, as ever.
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

_CACHE_KIB = 1024  # there are two for each thread of each process
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
    with queued():
        return prepared.run(_own(engine, writes=True), statement, values)


def _way(statement: sa.Executable) -> Way:
    engine = db.engine
    if isinstance(statement, sa.Select) and not is_writing() and _has_ways(engine):
        return _own(engine, writes=False)
    connection = db.session.connection()
    raw = connection.connection.driver_connection
    return Way(connection.dialect, connection.dispatch, raw, connection)


def _has_ways(engine: sa.Engine) -> bool:
    return engine.dialect.name == "sqlite" and engine.url.database not in _IN_MEMORY


def _own(engine: sa.Engine, *, writes: bool) -> Way:
    """This thread's own. It goes with its pool: where an engine was disposed of, the next one opens another."""
    if not hasattr(_mine, "ways"):
        _mine.ways = WeakKeyDictionary()
    ways: WeakKeyDictionary[Pool, dict[bool, Way]] = _mine.ways
    found = ways.setdefault(engine.pool, {})
    if writes not in found:
        found[writes] = _open(engine, writes=writes)
    return found[writes]


def _open(engine: sa.Engine, *, writes: bool) -> Way:
    connection = engine.raw_connection()
    raw: Any = connection.driver_connection
    connection.detach()
    if not writes:
        raw.execute("PRAGMA query_only=ON")
    raw.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    finalize(engine.pool, raw.close)
    return Way(engine.dialect, engine.dispatch, raw)
