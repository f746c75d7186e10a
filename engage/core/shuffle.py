"""Rows of anonymous tables keep no order: what PostgreSQL remembers of when a row came is taken away every night.

SQLite keeps none (the tables are WITHOUT ROWID). PostgreSQL keeps two: the transaction that wrote a row's version
(xmin) and its place in the file (ctid). One update gives all rows of the last two weeks the same transaction; older
ones got theirs while they were young. Then the file is written anew in the order of the random primary key.
"""

from engage.core import clock
from engage.core.database import WRITE, Base, db

_WAIT = "5s"


def anonymous_tables() -> list[str]:
    """The tables whose rows must not be put in the order they came: without row order, and with a week."""
    tables = Base.metadata.sorted_tables
    return [t.name for t in tables if t.dialect_options["sqlite"]["with_rowid"] is False and "week" in t.columns]


def forget_order() -> None:
    """Take the order of their coming from all anonymous rows (PostgreSQL; nothing to do elsewhere).

    Every partnership's rows at once, so it runs outside any scope: no value is read or changed.
    """
    if db.engine.dialect.name != "postgresql":
        return
    since = clock.iso_week(clock.in_days(-14))
    options = {WRITE: True, "engage_maintenance": True}
    for name in anonymous_tables():
        with db.engine.connect().execution_options(**options) as connection, connection.begin():
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WAIT}'")
            connection.exec_driver_sql(f'UPDATE "{name}" SET week = week WHERE week >= %s', (since,))  # noqa: S608
            connection.exec_driver_sql(f'CLUSTER "{name}" USING "pk_{name}"')
