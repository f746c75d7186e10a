"""Which way a prepared statement goes: the write transaction's own, or, beside one, the quickest there is.

On SQLite that is one connection a thread that is never given back and begins no transaction: each statement sees what
is committed when it runs, and cannot write. Another one takes a single statement that is a whole transaction. A page
that only reads, or writes one row over, needs no session then, which cost it as much as its statements; and what it
read is still at hand when it writes. On PostgreSQL the way is the session's, as ever.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from engage.core import connections, prepared
from engage.core.database import db, is_writing, own_write, queued
from engage.core.prepared import Found, Way


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
    if is_writing() or not connections.are_kept(engine):
        return None
    with queued():
        return prepared.run(connections.writer(engine).way, statement, values)


def _way(statement: sa.Executable) -> Way:
    if (own := own_write()) is not None:
        return own.require_begun()
    engine = db.engine
    if isinstance(statement, sa.Select) and not is_writing() and connections.are_kept(engine):
        return connections.reader(engine).way
    connection = db.session.connection()
    raw = connection.connection.driver_connection
    return Way(connection.dialect, connection.dispatch, raw, connection)
