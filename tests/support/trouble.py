"""Trouble on purpose: a database that refuses to write, a lock that somebody else holds."""

import contextlib
import sqlite3
from collections.abc import Generator
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from engage.core.database import db


@contextlib.contextmanager
def full_disk(app: Flask) -> Generator[None]:
    """Every INSERT, UPDATE and DELETE fails as it does on a full disk."""

    def refuse(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            raise sa.exc.OperationalError(statement[:6], {}, Exception("database or disk is full"))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", refuse)


@contextlib.contextmanager
def locked(app: Flask) -> Generator[None]:
    """Another program holds SQLite's write lock, and nobody waits for it longer than a moment."""

    def hurry(connection: Any, *_: Any) -> None:
        connection.execute("PRAGMA busy_timeout=50")

    with app.app_context():
        engine = db.engine
    event.listen(engine, "checkout", hurry)
    other = sqlite3.connect(str(engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()
        event.remove(engine, "checkout", hurry)
        engine.dispose()
