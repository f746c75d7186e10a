"""One statement that is a whole write transaction: kept when it ends, guarded and queued like every other."""

import sqlite3
import threading
import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import clock, connections
from engage.core.database import begin_write, db, end_write
from engage.core.ids import new_id
from engage.core.scope import HERE, ScopeError, at_once, quick
from engage.core.transaction import transaction
from engage.people.models import HelpNumber
from tests.support.apps import within

_ONE = (HelpNumber.id == sa.bindparam("number"), HelpNumber.partnership_id == HERE)
_NAME = sa.select(HelpNumber.name).where(*_ONE)
_RENAME = sa.update(HelpNumber).where(*_ONE).values(name=sa.bindparam("given"))


@pytest.fixture
def number(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    row = HelpNumber(id=new_id(), position=9, name="Before", number="01632 960001", checked_on=clock.today())
    with within(app, partnership), transaction():
        db.session.add(row)
    return row.id


def _name(app: Flask, partnership: uuid.UUID, number: uuid.UUID) -> str:
    """As another request sees it."""
    with within(app, partnership):
        found = quick(_NAME, {"number": number}).first()
        assert found is not None
        return str(found.name)


def _is_quicker() -> bool:
    return db.engine.dialect.name == "sqlite"


def test_it_is_kept_before_the_request_ends(app: Flask, partnership: uuid.UUID, number: uuid.UUID) -> None:
    """And where the database is not quicker so, nothing is done: the caller begins a transaction."""
    with within(app, partnership):
        found = at_once(_RENAME, {"number": number, "given": "After"})
        kept = found is not None and found.rowcount == 1
        assert kept == _is_quicker()
        if kept:
            with pytest.raises(sqlite3.OperationalError, match="readonly"):  # nothing else can follow it
                connections.reader(db.engine).way.raw.execute("DELETE FROM help_number")
        end_write(commit=False)
    assert _name(app, partnership, number) == ("After" if kept else "Before")


def test_within_a_transaction_it_does_nothing(app: Flask, partnership: uuid.UUID, number: uuid.UUID) -> None:
    with within(app, partnership):
        begin_write()
        assert at_once(_RENAME, {"number": number, "given": "After"}) is None
        end_write(commit=True)
    assert _name(app, partnership, number) == "Before"


def test_another_partnerships_row_is_not_changed(app: Flask, partnership: uuid.UUID, number: uuid.UUID) -> None:
    with within(app, uuid.uuid4()):
        found = at_once(_RENAME, {"number": number, "given": "Theirs"})
        assert found is None or found.rowcount == 0
    with within(app, partnership):
        if _is_quicker():
            with pytest.raises(ScopeError):
                at_once(sa.update(HelpNumber).values(name="All"), {})
    assert _name(app, partnership, number) == "Before"


def test_it_waits_for_whoever_writes(app: Flask, partnership: uuid.UUID, number: uuid.UUID) -> None:
    done = threading.Event()

    def rename() -> None:
        with within(app, partnership):
            at_once(_RENAME, {"number": number, "given": "Second"})
        done.set()

    with within(app, partnership):
        if not _is_quicker():
            return
        begin_write()
        other = threading.Thread(target=rename)
        other.start()
        assert not done.wait(0.3)
        quick(_RENAME, {"number": number, "given": "First"})
        end_write(commit=True)
    other.join(10)
    assert done.is_set()
    assert _name(app, partnership, number) == "Second"
