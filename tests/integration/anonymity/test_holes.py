"""N2 where a page has room: rows that came to it last must not stay on it together, be it the last page or a hole."""

import random
import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import shuffle
from engage.core.database import db
from engage.core.ids import new_id
from engage.core.scope import quick
from engage.core.transaction import transaction
from engage.safeguarding.models import Receipt
from tests.integration.anonymity import attacker
from tests.support.apps import within

_ADD = sa.insert(Receipt)
OLD, PEOPLE = 600, 140


def _come(count: int) -> list[str]:
    ids = []
    for _ in range(count):
        with transaction():
            row = {"id": new_id(), "lookup": random.randbytes(32), "origin_kind": "response", "origin_id": new_id()}
            quick(_ADD, {**row, "week": "2026-W48"})
            ids.append(row["id"].hex)
    return ids


def _as_it_lies(ours: set[str]) -> list[str]:
    with db.engine.connect().execution_options(engage_maintenance=True) as connection:
        rows = connection.exec_driver_sql("SELECT id FROM receipt ORDER BY ctid").scalars()
        return [row.hex for row in rows if row.hex in ours]


def _forget_some(ids: list[str]) -> None:
    """Two of three are deleted, page by page, and their places are free."""
    gone = [uuid.UUID(each) for number, each in enumerate(ids) if number % 3]
    with transaction():
        db.session.execute(sa.delete(Receipt).where(Receipt.id.in_(gone)))
    with db.engine.connect().execution_options(
        isolation_level="AUTOCOMMIT", engage_write=True, engage_maintenance=True
    ) as connection:
        connection.exec_driver_sql("VACUUM receipt")


@pytest.mark.parametrize("old", [0, OLD], ids=["last page", "holes"])
def test_n2_rows_do_not_stay_on_the_page_they_came_to(app: Flask, partnership: uuid.UUID, old: int) -> None:
    with within(app, partnership):
        if db.engine.dialect.name == "sqlite":
            assert not Receipt.__table__.dialect_options["sqlite"]["with_rowid"]  # lies in the order of its random keys
            return
        shuffle.forget_order()
        _forget_some(_come(old))
        truth = _come(PEOPLE)
        before = attacker.judge("before", _as_it_lies(set(truth)), truth)
        assert not before.is_chance, "an attacker who finds nothing where there is something proves nothing"
        shuffle.forget_minutes()
        after = attacker.judge("after", _as_it_lies(set(truth)), truth)
        assert after.is_chance, str(after)


def test_n2_rows_on_pages_that_have_room_do_not_stay_there(app: Flask, partnership: uuid.UUID) -> None:
    """Others who came between them have gone since (sent drafts, answers taken back): each page could keep its rows."""
    with within(app, partnership):
        if db.engine.dialect.name == "sqlite":
            return  # lies in the order of its random keys, asked above
        shuffle.forget_order()
        came = _come(3 * PEOPLE)
        _forget_some(came)
        truth = came[::3]
        before = attacker.judge("before", _as_it_lies(set(truth)), truth)
        assert not before.is_chance, "an attacker who finds nothing where there is something proves nothing"
        shuffle.forget_minutes()
        after = attacker.judge("after", _as_it_lies(set(truth)), truth)
        assert after.is_chance, str(after)
