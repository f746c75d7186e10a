"""Run the migrations on an engine."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from engage.core.database import WRITE

HEAD = "0034"


def config_for(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def newest() -> str | None:
    """The newest step there is in the product; a test pins it to HEAD."""
    return ScriptDirectory.from_config(config_for()).get_current_head()


def known() -> frozenset[str]:
    """Every step this product knows."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(config_for()).walk_revisions())


def present(engine: sa.Engine) -> str | None:
    """The step a database stands at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Bring the database forward."""
    _run(engine, command.upgrade, revision)


def downgrade(engine: sa.Engine, revision: str) -> None:
    """Bring the database back (for tests and for a failed upgrade)."""
    _run(engine, command.downgrade, revision)


def _run(engine: sa.Engine, step: Callable[[Config, str], None], revision: str) -> None:
    with engine.connect() as plain:
        connection = plain.execution_options(**{WRITE: True, "engage_maintenance": True})
        if connection.dialect.name == "sqlite":
            # A batch re-creation drops the old table: with foreign keys on, cascading children would go with it.
            raw = connection.connection.dbapi_connection
            if raw is not None:
                raw.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                step(config_for(connection), revision)
                _check_keys(connection)
        finally:
            if connection.dialect.name == "sqlite":
                connection.invalidate()


def _check_keys(connection: sa.Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"{len(broken)} rows would lose what they belong to; the migration was not kept")
