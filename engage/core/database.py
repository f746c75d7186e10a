"""The database: typed base, engines, the write lock. SQLite and PostgreSQL behave the same through here.

Reads run in read-only transactions. A write begins with `begin_write()` once the slow work (parse, hash, encrypt,
render) is done: it queues on a file lock (SQLite), then takes the database's own write transaction.
"""

import fcntl
import os
import time
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from flask import Flask, g, has_app_context
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

from engage.core import connections, wall
from engage.core.connections import Own
from engage.core.context import kept, product
from engage.core.ids import new_id
from engage.core.prepared import told

WRITE, MAINTENANCE = "engage_write", "engage_maintenance"
_ASIDE = "engage_aside"
_PATIENCE, _AGAIN = 0.2, 0.01  # seconds
_BUSY_MS, _ASIDE_MS = 5000, 200
_OWNER = "owner"
_ENGINE = "engage_engine"
_SESSIONS = "_sqlalchemy_sessions"  # where Flask-SQLAlchemy-Lite keeps those of a request


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite keeps it without zone, PostgreSQL with."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(choices: type[StrEnum]) -> list[str]:
    return [choice.value for choice in choices]


class Base(DeclarativeBase):
    """Every table of the product: constraints are named, enums are stored by value, times are UTC."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: sa.Text(),
        datetime: UtcDateTime(),
        date: sa.Date(),
        uuid.UUID: sa.Uuid(),
        bytes: sa.LargeBinary(),
        dict[str, Any]: sa.JSON(),
        list[Any]: sa.JSON(),
        list[str]: sa.JSON(),
        StrEnum: sa.Enum(
            StrEnum,
            native_enum=False,
            length=40,
            values_callable=_values,
            create_constraint=True,
            validate_strings=True,
        ),
    }


Key = Annotated[uuid.UUID, mapped_column(primary_key=True, default=new_id)]
# A table of anonymous rows keeps no row order: WITHOUT ROWID on SQLite.
UNORDERED = {"sqlite_with_rowid": False}


class _Database(SQLAlchemy):
    """Sessions that write on the connection on which their request has begun to, where it has; the engine at hand."""

    @property
    def engine(self) -> sa.Engine:
        found: sa.Engine = product().extensions[_ENGINE]
        return found

    def get_session(self, name: str = "default") -> Session:
        sessions: dict[str, Session] = kept().setdefault(_SESSIONS, {})
        if name not in sessions:
            own = own_write()
            bind = {} if own is None else {"bind": sa.Connection(self.engine, own.proxied)}
            sessions[name] = self.sessionmaker(**bind)
        return sessions[name]


# What people wrote never stands in an error: parameters are hidden from every exception.
db = _Database(engine_options={"hide_parameters": True}, session_options={"expire_on_commit": False})


def init_app(app: Flask, address: str, owner: str = "") -> None:
    """Connect `app` to the database at `address` (a SQLAlchemy URL); `owner`: the same under the role that owns the
    tables, where that is another one.
    """
    addresses = {"default": address, **({_OWNER: owner} if owner else {})}
    app.config["SQLALCHEMY_ENGINES"] = {name: {"url": sa.make_url(each)} for name, each in addresses.items()}
    db.init_app(app)
    # Nothing here is async: without this every request would end by starting an event loop to close no sessions.
    app.teardown_appcontext_funcs = [end for end in app.teardown_appcontext_funcs if not iscoroutinefunction(end)]
    with app.app_context():
        app.extensions[_ENGINE] = db.get_engine()
        for engine in db.engines.values():
            listen(engine)
    app.teardown_appcontext(_release)


def as_owner() -> sa.Engine:
    """Under the role that owns the tables, which alone may change them or write their files anew."""
    return db.engines.get(_OWNER, db.engine)


def listen(engine: sa.Engine) -> None:
    """Give an engine the product's connection settings and its begin."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", lambda *_: connections.make_private(engine))
        event.listen(engine, "connect", _sqlite_connect)
    event.listen(engine, "begin", _begin)


def _sqlite_connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
    for pragma in (*pragmas, f"busy_timeout={_BUSY_MS}"):
        connection.cursor().execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    write = options.get(WRITE, False)
    if connection.dialect.name == "sqlite":
        _sqlite_begin(connection, write=write, busy_ms=_ASIDE_MS if options.get(_ASIDE, False) else _BUSY_MS)
    else:
        place = g.get("engage_partnership") if has_app_context() else None
        wall.begin(connection, write=write, place=place, every=options.get(MAINTENANCE, False))
        if options.get(_ASIDE, False):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_ASIDE_MS}")


def name_place(place: uuid.UUID) -> None:
    """Say whose it is to a PostgreSQL transaction of this request's that began before anybody knew."""
    if _SESSIONS in g and db.session.in_transaction() and db.engine.dialect.name == "postgresql":
        wall.name(db.session.connection(), place)


def _sqlite_begin(connection: sa.Connection, *, write: bool, busy_ms: int) -> None:
    # Straight to the driver: through the engine these two cost as much as what they begin.
    raw: Any = connection.connection.dbapi_connection
    if raw.in_transaction:
        return  # the request's own, which this session has joined
    if connection.info.get(connections.OWN):
        raise RuntimeError(connections.UNDONE)
    if connection.info.get("engage_writes") is not write:
        raw.execute(f"PRAGMA query_only={'OFF' if write else 'ON'}")
        connection.info["engage_writes"] = write
    if busy_ms != _BUSY_MS:
        raw.execute(f"PRAGMA busy_timeout={busy_ms}")
    try:
        raw.execute("BEGIN IMMEDIATE" if write else "BEGIN DEFERRED")
    except connection.dialect.loaded_dbapi.Error as error:  # somebody holds the lock for longer than we wait
        raise told(error, connection.dialect) from None
    finally:
        if busy_ms != _BUSY_MS:
            raw.execute(f"PRAGMA busy_timeout={_BUSY_MS}")


def is_writing() -> bool:
    """Whether this request or job holds its write transaction."""
    return bool(kept().get("engage_writing", False))


def own_write() -> Own | None:
    """The connection on which this request or job writes, where it began with `begin_rows`."""
    held = kept().get("engage_writing")
    return held if isinstance(held, Own) else None


def begin_write() -> Session:
    """Begin the one write transaction of this request or job; what was read before is read again. A repeat is a no-op.

    Call it when the slow work is done: other writers wait from here to the commit.
    """
    session = db.session
    if is_writing():
        return session
    session.rollback()
    session.expire_all()
    _lock()
    session.connection(execution_options={WRITE: True})
    g.engage_writing = True
    return session


def write_aside(statement: sa.Executable) -> bool:
    """Write, beside what is being read, something that may be missed (a day of last use): whether it was kept.

    It is a transaction of its own, and ended: what is then written begins anew. It waits no longer than a fifth of a
    second for other writers, and where the database cannot be written to, what is being read goes on.
    """
    session = db.session
    session.rollback()
    session.expire_all()
    try:
        _lock(_PATIENCE)
        session.connection(execution_options={WRITE: True, _ASIDE: True})
        session.execute(statement)
        end_write(commit=True)
    except (OSError, sa.exc.DBAPIError):
        end_write(commit=False)
        return False
    return True


def begin_rows() -> None:
    """As `begin_write`, for whoever writes with `scope.quick` alone: where that is quicker, no session is made for it.
    One that is asked for all the same, before the end, writes in the same transaction.
    """
    if is_writing():
        return
    engine = db.engine
    if _SESSIONS in kept() or not connections.are_kept(engine):
        begin_write()
        return
    _lock()
    own = connections.writer(engine)
    own.begin()
    kept().engage_writing = own


def flush() -> None:
    """Write what a session holds back, if there is one: what the database refuses is refused now."""
    if _SESSIONS in kept():
        db.session.flush()


def end_write(*, commit: bool) -> None:
    """Commit or roll back, then let the next writer in. Errors of the commit are the caller's; that rows were undone
    midway is one, else they would be acknowledged.
    """
    own = own_write()
    try:
        if own is not None and commit:
            own.require_begun()
        if _SESSIONS in kept():  # else nothing was read or written through one: it would be made to be ended
            if commit:
                db.session.commit()
            else:
                db.session.rollback()
        if own is not None:
            own.end(commit=commit)
    finally:
        _release(None)


@contextmanager
def queued() -> Generator[None]:
    """One writer at a time, where the database is SQLite: whoever writes beside the session waits here."""
    _lock()
    try:
        yield
    finally:
        _release(None)


def _lock(patience: float | None = None) -> None:
    """Raises BlockingIOError where somebody else still holds it after `patience` seconds."""
    path, here = _lock_path(db.engine.dialect.name, db.engine.url.database), kept()
    if not path or here.get("engage_lock") is not None:
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    here.engage_lock = descriptor
    if patience is None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    else:
        _flock_soon(descriptor, time.monotonic() + patience)


def _flock_soon(descriptor: int, until: float) -> None:
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise
            time.sleep(_AGAIN)


def db_lock_path() -> Path | None:
    """The file that writers queue on, where the database is SQLite."""
    path = _lock_path(db.engine.dialect.name, db.engine.url.database)
    return Path(path) if path else None


def _lock_path(dialect: str, database: str | None) -> str:
    return f"{database}.lock" if dialect == "sqlite" and database else ""


def _release(_error: BaseException | None) -> None:
    here, own = kept(), own_write()
    here.pop("engage_writing", None)
    if own is not None:
        for joined in here.pop(_SESSIONS, {}).values():
            joined.close()
        own.end(commit=False)
    descriptor = here.pop("engage_lock", None)
    if descriptor is not None:
        os.close(descriptor)
