"""Statements that go straight to the driver say and bring what SQLAlchemy's own way does, and are guarded like it."""

import sqlite3
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.dialects import postgresql, sqlite

from engage.core import clock, connections, prepared, reading, scope
from engage.core.database import begin_write, db
from engage.core.ids import new_id
from engage.core.scope import HERE, ScopeError, quick
from engage.core.transaction import transaction
from engage.listening.surveys import queries
from engage.listening.surveys.models import Draft, Response, Survey, SurveyVersion
from engage.people.models import HelpNumber
from engage.safeguarding.kinds import FlagReason
from engage.safeguarding.models import Flag
from engage.voices.kinds import Concern
from tests.factories.surveys import open_survey
from tests.support.apps import within
from tests.support.queries import count_queries

_FLAGS = sa.select(*Flag.__table__.c).where(Flag.id == sa.bindparam("flag"), Flag.partnership_id == HERE)
_ADD_FLAG = sa.insert(Flag)
_RISEN = (
    sa
    .update(Flag)
    .where(Flag.id == sa.bindparam("flag"), Flag.partnership_id == HERE)
    .values(level=Concern.RED, note_sealed=sa.bindparam("note"))
)


def _flag(**other: object) -> dict[str, object]:
    return {
        "id": new_id(),
        "origin_kind": "response",
        "origin_id": new_id(),
        "level": Concern.AMBER,
        "reason": FlagReason.WORDS,
        "categories": ["hurt", "ünïcödé 🦊", 'it\'s "quoted"; --'],
        "week": "2026-W48",
        "raised_at": clock.tick(),
        "decision": None,
        **other,
    }


def test_every_type_comes_back_as_it_went(app: Flask, partnership: uuid.UUID) -> None:
    """Ids, enums, JSON, times, bytes, nothing, and what a column puts in itself."""
    row = _flag()
    with within(app, partnership), transaction():
        begin_write()
        assert quick(_ADD_FLAG, row).rowcount == 1
        assert quick(_RISEN, {"flag": row["id"], "note": b"\x00\xff"}).rowcount == 1
        found = quick(_FLAGS, {"flag": row["id"]}).first()
        expected = db.session.execute(_FLAGS, {"flag": row["id"], "here": partnership}).one()
    assert found is not None
    assert tuple(found) == tuple(expected)
    assert (found.partnership_id, found.source_key, found.level) == (partnership, "", Concern.RED)
    assert (found.note_sealed, found.raised_at, found.decision) == (b"\x00\xff", row["raised_at"], None)


def test_what_another_partnership_has_is_neither_read_nor_changed(app: Flask, partnership: uuid.UUID) -> None:
    row = _flag()
    with within(app, partnership), transaction():
        begin_write()
        quick(_ADD_FLAG, row)
        with pytest.raises(ScopeError):
            reading.run(_FLAGS, {"flag": row["id"], "here": uuid.uuid4()})
    with app.app_context(), pytest.raises(ScopeError):
        quick(_FLAGS, {"flag": row["id"]})


@pytest.mark.parametrize(
    "statement",
    [sa.select(Flag.id), sa.update(Flag).values(week="2026-W01"), sa.delete(Flag)],
    ids=["read", "change", "delete"],
)
def test_a_statement_that_names_no_partnership_is_refused(
    app: Flask, partnership: uuid.UUID, statement: sa.Executable
) -> None:
    with within(app, partnership):
        begin_write()
        with pytest.raises(ScopeError):
            quick(statement)
        db.session.rollback()


def test_listeners_hear_of_it_and_a_mistake_says_nothing_of_what_was_written(
    app: Flask, partnership: uuid.UUID
) -> None:
    secret = "my-own-words"
    row = _flag(source_key=secret)
    with within(app, partnership), count_queries(app) as counted:
        begin_write()
        quick(_ADD_FLAG, row)
        with pytest.raises(sa.exc.IntegrityError) as twice:
            quick(_ADD_FLAG, row)
        db.session.rollback()
    assert [each[:16] for each in counted.statements] == ["INSERT INTO flag"] * 2
    shown = f"{twice.value!r} {twice.value} {twice.value.__cause__!r}"
    assert secret not in shown


def test_a_read_cannot_write(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership):
        with pytest.raises(sa.exc.DBAPIError):
            quick(_ADD_FLAG, _flag())
        db.session.rollback()


def test_a_value_that_is_missing_or_a_list_is_a_mistake_of_ours(app: Flask, partnership: uuid.UUID) -> None:
    listed = sa.select(Flag.id).where(Flag.id.in_(sa.bindparam("ids", expanding=True)), Flag.partnership_id == HERE)
    with within(app, partnership):
        with pytest.raises(KeyError):
            quick(_FLAGS)
        with pytest.raises(ValueError, match="list"):
            quick(listed, {"ids": [new_id()]})


@pytest.mark.parametrize("table", [Draft, Response, Survey, HelpNumber])
@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])
def test_an_insert_is_the_one_sqlalchemy_would_send(table: type, dialect: sa.Dialect) -> None:
    statement = sa.insert(table)
    keys = [column.key for column in table.__table__.c if not column.nullable]
    ready = prepared._prepare(statement, dialect, tuple(keys))
    assert ready.sql == str(statement.compile(dialect=dialect, column_keys=keys))


def test_whether_somebody_sent_is_found_by_their_key(app: Flask, partnership: uuid.UUID) -> None:
    """A page costs the same however many have answered: no statement of it walks through the responses."""
    open_survey(app, partnership)
    with within(app, partnership):
        survey = queries.get_survey("your-voice")
        assert survey is not None
        assert not queries.is_sent(survey.id, b"k" * 32)
        if db.engine.dialect.name != "sqlite":
            return
        sql = str(queries._SENT.compile(dialect=db.engine.dialect))
        given = (b"k" * 32, partnership.hex, survey.id.hex, partnership.hex)
        raw = db.session.connection().connection.driver_connection
        assert raw is not None
        plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", given)]
    assert any("response" in step and "submission_key=?" in step for step in plan), plan
    assert not any(step.startswith("SCAN response") for step in plan)
    assert SurveyVersion.__tablename__ in sql
    assert scope.scoped_tables() >= {"response", "survey_version"}


def test_a_write_reads_its_own_and_a_read_beside_it_what_is_committed(app: Flask, partnership: uuid.UUID) -> None:
    row = _flag()
    with within(app, partnership):
        assert quick(_FLAGS, {"flag": row["id"]}).first() is None
        with transaction():
            quick(_ADD_FLAG, row)
            assert quick(_FLAGS, {"flag": row["id"]}).first() is not None
            with ThreadPoolExecutor(1) as others:
                assert others.submit(_as_another, app, partnership, row["id"]).result() is False
        assert quick(_FLAGS, {"flag": row["id"]}).first() is not None
        with ThreadPoolExecutor(1) as others:
            assert others.submit(_as_another, app, partnership, row["id"]).result() is True


def _as_another(app: Flask, partnership: uuid.UUID, flag: uuid.UUID) -> bool:
    with within(app, partnership):
        return quick(_FLAGS, {"flag": flag}).first() is not None


def test_what_somebody_else_kept_is_seen_at_once(app: Flask, partnership: uuid.UUID) -> None:
    """A read holds no old state of the database for the next one, in the same request or job."""
    row = _flag()
    with within(app, partnership):
        assert quick(_FLAGS, {"flag": row["id"]}).first() is None
        db.session.rollback()  # PostgreSQL's read is the session's
        with ThreadPoolExecutor(1) as others:
            others.submit(_keep_as_another, app, partnership, row).result()
        assert quick(_FLAGS, {"flag": row["id"]}).first() is not None


def _keep_as_another(app: Flask, partnership: uuid.UUID, row: dict[str, object]) -> None:
    with within(app, partnership), transaction():
        quick(_ADD_FLAG, row)


def test_the_reading_connection_cannot_write_and_goes_with_its_pool(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership):
        if db.engine.dialect.name != "sqlite":
            assert not connections.are_kept(db.engine)
            return
        quick(_FLAGS, {"flag": new_id()})
        first = connections.reader(db.engine)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            first.way.raw.execute("DELETE FROM flag")
        assert connections.reader(db.engine) is first
        db.engine.dispose()
        assert connections.reader(db.engine) is not first


def test_a_database_that_went_away_is_asked_anew_by_the_next_request(app: Flask, partnership: uuid.UUID) -> None:
    """A connection that the server ended is not given to anybody else."""
    with within(app, partnership):
        if db.engine.dialect.name != "postgresql":
            return  # a file does not go away
        with pytest.raises(sa.exc.OperationalError):
            _ended_by_the_server()
        db.session.rollback()
        assert quick(_FLAGS, {"flag": new_id()}).first() is None


def _ended_by_the_server() -> None:
    mine = db.session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar()
    options = {"engage_maintenance": True, "isolation_level": "AUTOCOMMIT"}
    with db.engine.connect().execution_options(**options) as other:
        other.exec_driver_sql("SELECT pg_terminate_backend(%s)", (mine,))
    for _ in range(50):
        quick(_FLAGS, {"flag": new_id()})
        time.sleep(0.1)
