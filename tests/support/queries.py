"""Counting what a page asks of the database: the same at one row and at twenty."""

import contextlib
from collections.abc import Generator
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from engage.core.database import db


class Counted:
    """Statements that ran inside the block, in order."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __len__(self) -> int:
        return len(self.statements)


@contextlib.contextmanager
def count_queries(app: Flask) -> Generator[Counted]:
    """Count the statements that `app` sends to its database inside the block; how a transaction begins is left out."""
    counted = Counted()

    def note(
        _connection: sa.Connection, _cursor: Any, statement: str, _parameters: Any, _context: Any, _many: bool
    ) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN", "SET TRANSACTION", "SET LOCAL engage.")):
            counted.statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", note)
