"""PostgreSQL out of and into a backup: each table's rows in the order of their random keys, as COPY writes them.

Not `pg_dump`, which writes rows in the order they lie in their files: that is the order in which the last people came
(N2). One snapshot for all tables, while the service goes on writing.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import psycopg
import sqlalchemy as sa

from engage.core import database, wall
from engage.core.backup.sealed import DAMAGED, BackupError
from engage.core.backup.sums import DOORS, Sum
from engage.core.database import WRITE

_REVISION = "alembic_version"
# What COPY writes depends on these; a copy of another server is compared byte by byte.
_PLAINLY = (
    f"{wall.EVERY} = 'on'",
    "TimeZone = 'UTC'",
    "DateStyle = 'ISO, YMD'",
    "extra_float_digits = 1",
    "bytea_output = 'hex'",
)
_OPTIONS = {WRITE: True, "engage_maintenance": True}


class PostgresSource:
    """A PostgreSQL database that is copied out. `sums` is whole when its entries have been read."""

    kind = "postgresql"

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self.sums: dict[str, str] = {}

    def entries(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """One entry a table, those that others point to first."""
        options: dict[str, Any] = {"isolation_level": "REPEATABLE READ"}
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            _set_plainly(connection)
            for table in _tables(connection):
                if table.name != _REVISION and table.name not in DOORS:
                    yield table.name, self._rows(connection, table)

    def _rows(self, connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
        found = Sum()
        for data in _copied_out(connection, table):
            found.add(data)
            yield data
        self.sums[table.name] = found.hex()


class PostgresTarget:
    """Where rows are put back: one transaction until all of them are there and right."""

    kind = "postgresql"

    def __init__(self, url: sa.URL, upgrade: Callable[[sa.Engine, str], None]) -> None:
        """BackupError where there is a database already. `upgrade` makes the tables of one step."""
        self.url, self._upgrade = url, upgrade
        self._engine = sa.create_engine(url, poolclass=sa.NullPool, execution_options=_OPTIONS)
        database.listen(self._engine)
        if sa.inspect(self._engine).get_table_names():
            raise BackupError("There are tables in this database already. A backup goes into an empty one only.")
        self._connection: sa.Connection | None = None
        self._known: dict[str, sa.Table] = {}

    def begin(self, revision: str) -> None:
        """Make the tables as they were."""
        self._upgrade(self._engine, revision)
        self._connection = self._engine.connect()
        self._connection.begin()
        _set_plainly(self._connection)
        wall.lift(self._connection)
        self._known = {table.name: table for table in _tables(self._connection)}

    def take(self, name: str, data: Iterator[bytes]) -> None:
        """One table's rows. BackupError where the database does not take them."""
        connection, table = self._connection, self._known.get(name)
        if connection is None or table is None:
            raise BackupError(DAMAGED)
        try:
            with _raw(connection).cursor().copy(f"COPY {_listed(table)} FROM STDIN".encode()) as copy:
                for some in data:
                    copy.write(some)
        except psycopg.Error:
            raise BackupError(f"The database does not take the rows of {name}. Nothing was restored.") from None

    def sums(self) -> dict[str, str]:
        """What stands in it now."""
        if self._connection is None:
            return {}
        return {name: _sum(self._connection, self._known[name]) for name in self._known.keys() - DOORS - {_REVISION}}

    def keep(self) -> None:
        """Keep what was put in."""
        if self._connection is not None:
            wall.close(self._connection)
            self._connection.commit()
            self._connection.close()
            self._connection = None

    def finish(self) -> None:
        """Write every table anew, so that nothing that was deleted meanwhile is left in its file."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM FULL ANALYZE")

    def drop(self) -> None:
        """Leave nothing of what was begun."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        there = sa.MetaData()
        with self._engine.begin() as connection:
            there.reflect(connection)
            there.drop_all(connection)


def sums(engine: sa.Engine) -> dict[str, str]:
    """What every table of a database holds, as one hash each, but for those that are in no backup."""
    source = PostgresSource(engine)
    for _, data in source.entries():
        for _ in data:
            pass
    return source.sums


def _tables(connection: sa.Connection) -> list[sa.Table]:
    """Every table, those that others point to first."""
    there = sa.MetaData()
    there.reflect(connection)
    return list(there.sorted_tables)


def _set_plainly(connection: sa.Connection) -> None:
    for setting in _PLAINLY:
        connection.exec_driver_sql(f"SET LOCAL {setting}")


def _listed(table: sa.Table) -> str:
    columns = ", ".join(f'"{name}"' for name in sorted(table.columns.keys()))
    return f'"{table.name}" ({columns})'


def _sum(connection: sa.Connection, table: sa.Table) -> str:
    found = Sum()
    for data in _copied_out(connection, table):
        found.add(data)
    return found.hex()


def _copied_out(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
    columns = ", ".join(f'"{name}"' for name in sorted(table.columns.keys()))
    order = ", ".join(f'"{column.name}"' for column in table.primary_key.columns) or columns
    query = f'COPY (SELECT {columns} FROM "{table.name}" ORDER BY {order}) TO STDOUT'  # noqa: S608 - our own names
    with _raw(connection).cursor().copy(query.encode()) as copy:
        for data in copy:
            yield bytes(data)


def _raw(connection: sa.Connection) -> psycopg.Connection[Any]:
    raw: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]  # psycopg, by the dialect
    return raw
