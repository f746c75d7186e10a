"""Rows of anonymous tables keep no order: what a database remembers of when a row came is taken away again.

PostgreSQL remembers three things: the transaction that wrote a row's version (xmin), its place in the file (ctid), and
the number of a value too large for its row. SQLite keeps neither rowid nor transaction for these tables, but its
write-ahead log holds the latest changes one after the other, and a page or an overflow page is filled as rows come.

`forget_minutes` runs every five minutes: rows since the night get one transaction and a random place; the log is
emptied. `forget_order` runs every night: all rows of the last two weeks are one transaction's, large values are
numbered anew, and files are written anew in the order of the random primary keys.

So what was deleted leaves the disk too (N13): SQLite overwrites it (`secure_delete`), and with the log goes the last
page that still had it; PostgreSQL's dead rows go in the night. While somebody reads an old page, SQLite's log stays
until the next run.
"""

import fcntl
import os
import secrets
from collections.abc import Hashable, Sequence
from pathlib import Path

import sqlalchemy as sa

from engage.core import clock, jobs
from engage.core.database import WRITE, Base, as_owner, db, db_lock_path

_WAIT = "5s"
_OPTIONS = {WRITE: True, "engage_maintenance": True}
_NIGHT, _TICK = "order-forgotten", "minutes-forgotten"
_MOST_A_TICK = 5000
_EMPTY_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"
_IN_MEMORY = 256 * 1024 * 1024


def anonymous_tables() -> list[str]:
    """The tables whose rows must not be put in the order they came: those without row order on SQLite."""
    tables = Base.metadata.sorted_tables
    return [table.name for table in tables if table.dialect_options["sqlite"]["with_rowid"] is False]


def forget_order() -> None:
    """Take the order of their coming from all anonymous rows of the last two weeks.

    Every partnership's rows at once, so it runs outside any scope: no value is read or changed.
    """
    if db.engine.dialect.name == "sqlite":
        _write_anew()
        return
    for name in anonymous_tables():
        _renumber(name)
        _cluster(name)  # in a transaction of its own: only now are the old versions dead, and left behind
    jobs.claim(_NIGHT, clock.now())


def forget_minutes() -> None:
    """Take the order of the last minutes: the whole day's rows become one transaction's, in a random order."""
    if db.engine.dialect.name == "sqlite":
        _run(_EMPTY_LOG)
        return
    changed = [name for name in anonymous_tables() if _mix(name)]
    with as_owner().connect().execution_options(isolation_level="AUTOCOMMIT", **_OPTIONS) as connection:
        for name in changed:
            connection.exec_driver_sql(f'VACUUM "{name}"')
    jobs.claim(_TICK, clock.now())


def _key(name: str) -> str:
    [column] = Base.metadata.tables[name].primary_key.columns
    return column.name


def _cluster(name: str) -> None:
    with as_owner().connect().execution_options(**_OPTIONS) as connection, connection.begin():
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WAIT}'")
        connection.exec_driver_sql(f'CLUSTER "{name}" USING "pk_{name}"')


def _renumber(name: str) -> None:
    """One transaction for all young rows, and a new number for each large value, in the order of the primary key."""
    table, key = Base.metadata.tables[name], _key(name)
    large = [column.name for column in table.columns if isinstance(column.type, sa.LargeBinary) and column.name != key]
    values = ", ".join([f'"{key}" = "{key}"', *(f'"{each}" = "{each}" || \'\'::bytea' for each in large)])
    is_young = "week >= %(since)s" if "week" in table.columns else "%(since)s <> ''"
    with as_owner().connect().execution_options(**_OPTIONS) as connection, connection.begin():
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WAIT}'")
        connection.exec_driver_sql(f'CLUSTER "{name}" USING "pk_{name}"')
        since = {"since": clock.iso_week(clock.in_days(-14))}
        connection.exec_driver_sql(f'UPDATE "{name}" SET {values} WHERE {is_young}', since)  # noqa: S608 - our names


def _mix(name: str) -> bool:
    """Write the rows of one table since the night anew, in a random order and one transaction; False: nothing came.

    They are written until each has left the page it came to (where others have gone since, a page has room and would
    keep its own), then once more, so that none lies late because its page was slow to fill. Rows that somebody is just
    changing are left for the next time: waiting for them could stop both.
    """
    key = _key(name)
    with as_owner().connect().execution_options(**_OPTIONS) as connection, connection.begin():
        new = _since(connection, name, key, _TICK, "LIMIT 1")
        if not new:
            return False
        rows = _since(connection, name, key, _NIGHT, f"LIMIT {_MOST_A_TICK + 1} FOR UPDATE SKIP LOCKED")
        if len(rows) > _MOST_A_TICK:
            rows = _since(connection, name, key, _TICK, "FOR UPDATE SKIP LOCKED")
        lay = _pages(connection, name, key, rows)
        staying = rows
        while staying:  # ends when their pages are full: what was written in this transaction takes room until its end
            _write(connection, name, key, staying)
            now = _pages(connection, name, key, staying)
            staying = [row for row in staying if now[row] == lay[row]]
        _write(connection, name, key, rows)
        return True


def _write(connection: sa.Connection, name: str, key: str, rows: Sequence[Hashable]) -> None:
    """Each of these rows once more, in a random order. A row stays on its page where that has room."""
    mixed = [(row,) for row in secrets.SystemRandom().sample(rows, len(rows))]
    if mixed:
        connection.exec_driver_sql(f'UPDATE "{name}" SET "{key}" = "{key}" WHERE "{key}" = %s', mixed)  # noqa: S608 - our own names


def _pages(connection: sa.Connection, name: str, key: str, rows: Sequence[Hashable]) -> dict[Hashable, int]:
    """The page of the file that each of these rows lies on."""
    query = f'SELECT "{key}", (ctid::text::point)[0]::bigint FROM "{name}" WHERE "{key}" = ANY(%s)'  # noqa: S608 - our own names
    return {row[0]: row[1] for row in connection.exec_driver_sql(query, (list(rows),))}


def _since(connection: sa.Connection, name: str, key: str, mark: str, tail: str) -> Sequence[Hashable]:
    """Keys of the rows whose present version is younger than the last claim of `mark`; all rows where there is none."""
    query = (
        f'SELECT "{key}" FROM "{name}" WHERE age(xmin) < coalesce((SELECT age(xmin) FROM job_run WHERE name = %s '  # noqa: S608 - our own names
        f"ORDER BY due_at DESC LIMIT 1), 2147483647) {tail}"
    )
    return [row[0] for row in connection.exec_driver_sql(query, (mark,))]


def _write_anew() -> None:
    """SQLite writes the whole file anew, each table in the order of its keys; writers queue meanwhile."""
    path = db_lock_path()
    if path is None:
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        size = Path(str(db.engine.url.database)).stat().st_size
        store = "MEMORY" if size < _IN_MEMORY else "DEFAULT"  # no copy in a folder for temporary files
        _run("PRAGMA query_only=OFF", f"PRAGMA temp_store={store}", "VACUUM", "PRAGMA query_only=ON", _EMPTY_LOG)
    finally:
        os.close(descriptor)


def _run(*statements: str) -> None:
    """Outside any transaction, straight to SQLite."""
    connection = db.engine.raw_connection()
    try:
        for statement in statements:
            connection.cursor().execute(statement).fetchall()
        connection.info.pop("engage_writes", None)  # what a connection may is said anew at its next begin
    finally:
        connection.close()
