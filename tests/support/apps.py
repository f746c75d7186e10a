"""An app on each database, emptied after each test, and a client that checks every page it fetches."""

import contextlib
import functools
import uuid
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask, g
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from engage.app import create_app
from engage.core import database, scope
from engage.core.database import Base, db
from engage.migrations import run
from engage.people import service as people
from engage.people.kinds import Role
from engage.settings import Settings
from engage.web.limits import Act
from tests.support import catalogues, postgres
from tests.support.client import PageClient, browser_of

KINDS = ["sqlite", "postgresql"] if postgres.available() else ["sqlite"]


def settings_for(home: Path, address: str = "") -> Settings:
    """Settings of a test: cheap hashes, no limits (all tests are one network), everything else as shipped."""
    limits = {f"limit_{act}": 10**9 for act in Act}
    return Settings(home=home, database_url=address, argon2_memory_kib=64, argon2_passes=1, **limits)


def build(home: Path, address: str = "") -> Flask:
    """A migrated app with the catalogues as they stand now, of which nobody asks yet where its worker is."""
    catalogues.compile_all()
    app = create_app(settings_for(home, address))
    app.extensions["engage_began"] = datetime.max.replace(tzinfo=UTC)
    app.config["TESTING"] = True
    app.test_client_class = PageClient
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _in_no_hurry)
        run.upgrade(db.engine)
    return app


def _in_no_hurry(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Leave it to the system when a commit reaches the disk, as the server of PostgreSQL does in tests: no test takes
    the power away, and waiting for the disk takes longer than most commits (drills ask about killed runs).
    """
    connection.cursor().execute("PRAGMA synchronous=OFF")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out PostgreSQL in modules that ask about pages and words: those are the same on either database."""
    left_out = {item for item in items if item.get_closest_marker("one_database") and _is_second(item)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def _is_second(item: pytest.Item) -> bool:
    found = getattr(item, "callspec", None)
    return found is not None and found.params.get("any_app") == "postgresql"


@pytest.fixture(scope="session", params=KINDS)
def any_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generator[Flask]:
    """One app a worker and database kind."""
    home = tmp_path_factory.mktemp(request.param)
    with contextlib.ExitStack() as stack:
        address = stack.enter_context(postgres.database()) if request.param == "postgresql" else ""
        app = build(home, address)
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(any_app: Flask) -> Generator[Flask]:
    """An app whose tables are emptied afterwards."""
    yield any_app
    with any_app.app_context():
        empty(any_app)


def empty(app: Flask) -> None:
    """Delete every row of every table: the tables that hold something are asked for at once, most hold nothing."""
    options = {database.WRITE: True, "engage_maintenance": True}
    with db.engine.connect().execution_options(**options) as connection, connection.begin():
        holds = connection.execute(_holds_something()).one()
        for table, is_filled in zip(reversed(Base.metadata.sorted_tables), holds, strict=True):
            if is_filled:
                connection.execute(sa.delete(table))


@functools.cache
def _holds_something() -> sa.Select[tuple[bool, ...]]:
    asked = (sa.exists(sa.select(1).select_from(table)) for table in reversed(Base.metadata.sorted_tables))
    return sa.select(*(one.label(f"t{number}") for number, one in enumerate(asked)))


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser without cookies."""
    return browser_of(app)


@contextlib.contextmanager
def within(app: Flask, partnership_id: uuid.UUID) -> Generator[None]:
    """An app context inside one partnership: for calling services in a test."""
    with app.app_context():
        scope.enter(partnership_id)
        yield


@pytest.fixture
def partnership(app: Flask) -> uuid.UUID:
    """Larkmoor, with no services yet."""
    with app.app_context():
        found = people.add_partnership(
            "larkmoor", "Larkmoor Safeguarding Children Partnership", "Larkmoor", ["en", "ar"]
        )
        people.add_account("Rosa Reader", "reader", [Role.RESPONDER])  # nothing opens while nobody can read
        people.show_drafts(found, wanted=True)
        database.end_write(commit=True)
        g.pop("engage_partnership", None)
        return found
