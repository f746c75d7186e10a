"""Backups in tests: made and put back by the command, as an operator does, and opened to look what is in them."""

import contextlib
import shutil
import uuid
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask

from engage.app import create_app
from engage.cli.main import main
from engage.core.backup import moving, postgres, sealed, sqlite
from engage.core.crypto import Keyring, keyring
from engage.core.database import db
from engage.migrations import run
from engage.settings import Settings
from tests.support import postgres as pg_server
from tests.support.apps import settings_for
from tests.support.client import PageClient


@dataclass(frozen=True)
class Home:
    """A home and the database that belongs to it."""

    folder: Path
    address: str

    def verb(self, *words: object, **settings: str) -> Result:
        """Run a verb of the command here, with further settings from the environment."""
        surroundings = {"ENGAGE_HOME": str(self.folder), "ENGAGE_DATABASE_URL": self.address, **settings}
        return CliRunner().invoke(main, [str(word) for word in words], env=surroundings)

    def settings(self) -> Settings:
        return settings_for(self.folder, self.address)

    def app(self) -> Flask:
        """What would be served from here."""
        app = create_app(self.settings())
        app.config["TESTING"] = True
        app.test_client_class = PageClient
        return app


def home_of(app: Flask) -> Home:
    """The home that a test's app runs in."""
    settings: Settings = app.extensions["engage_settings"]
    return Home(settings.home, settings.database_url)


@contextlib.contextmanager
def empty_home(source: Home, folder: Path) -> Generator[Home]:
    """A home with nothing but the key file of `source`, and an empty database of the same kind."""
    folder.mkdir(mode=0o700)
    shutil.copy2(source.folder / "engage.key", folder)
    if not source.address.startswith("postgresql"):
        yield Home(folder, "")
        return
    name = f"empty_{uuid.uuid4().hex}"
    server = sa.create_engine(source.address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield Home(folder, sa.make_url(source.address).set(database=name).render_as_string(hide_password=False))
    finally:
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def key_of(home: Home) -> bytes:
    return Keyring.load(home.folder / "engage.key").derive("backup")


def unpacked(file: Path, key: bytes) -> dict[str, bytes]:
    """What is in a backup, by the name of its entry."""
    with sealed.opened(file, key) as reader:
        return {name: b"".join(data) for name, data in reader.entries()}


def taken(app: Flask, folder: Path) -> tuple[Path, dict[str, bytes]]:
    """A backup made now from a running app, in a folder of the test: the file, and what is in it."""
    settings: Settings = app.extensions["engage_settings"]
    file = folder / f"{uuid.uuid4().hex}.backup"
    with app.app_context():
        key = keyring().derive("backup")
        moving.make(db.engine, key, file, home=settings.home, revision=run.HEAD, days=settings.backup_days)
    return file, unpacked(file, key)


def sums(home: Home) -> dict[str, str]:
    """What every table holds now, but for the audit, to which a restore adds its own line."""
    settings = home.settings()
    if settings.database.startswith("sqlite"):
        found = sqlite.sums(Path(str(sa.make_url(settings.database).database)))
    else:
        engine = sa.create_engine(settings.database, poolclass=sa.NullPool)
        found = postgres.sums(engine)
    return {
        name: value for name, value in found.items() if name not in {"audit_event", "staff_session", "password_link"}
    }


def everything_on_disk(app: Flask) -> bytes:
    """Every byte of a database: its files on SQLite, and on PostgreSQL the files of that database alone."""
    query = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
    with app.app_context():
        db.engine.dispose()
        if db.engine.dialect.name == "sqlite":
            place = Path(str(db.engine.url.database))
            return b"".join(path.read_bytes() for path in sorted(place.parent.glob(f"{place.name}*")))
        engine = sa.create_engine(pg_server.beyond(db.engine.url), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            folder, number = connection.exec_driver_sql(query).one()
            connection.exec_driver_sql("CHECKPOINT")
        db.engine.dispose()
    files = (path for path in (Path(folder) / "base" / str(number)).rglob("*") if path.is_file())
    return b"".join(path.read_bytes() for path in files)
