"""The database's history: head pinned, no drift (by DDL text), WITHOUT ROWID kept, up and down with data."""

import re
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import audit, database
from engage.core.database import Base, begin_write, db
from engage.core.transaction import transaction
from engage.migrations import run, tables
from engage.people import queries
from engage.people.kinds import Role
from engage.safeguarding.kinds import Decision
from engage.voices.kinds import Concern
from engage.voices.models import Voice
from tests.integration.safeguarding.test_rooms import decided
from tests.support.apps import within
from tests.support.people import staff
from tests.support.voices import say

ANONYMOUS = {"voice", "flag", "receipt", "message", "draft", "response", "case", "draft_file", "attachment"} | {
    "withdrawal",
    "outbox",
    "alert",
    "told",
    "concerned",
    "follow_up",
    "employment",
    "contact_request",
    "contact_told",
    "tombstone",
}


def test_the_head_is_pinned() -> None:
    assert run.newest() == run.HEAD
    assert tables.ALL


def _ddl(engine: sa.Engine) -> dict[str, str]:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
        else:
            query = (
                "SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'"
            )
        rows = connection.exec_driver_sql(query).fetchall()
    return {name: _plain(text) for name, text in rows}


def _plain(text: str) -> str:
    words = re.sub(r"\s*([(),])\s*", r"\1", re.sub(r"[\s\"]+", " ", text))
    inside = re.fullmatch(r"(.*?\()(.*)(\).*)", words)
    # SQLAlchemy and Alembic write the same columns and constraints in different order.
    return (
        inside.group(1) + ",".join(sorted(re.split(r"\s*,\s*", inside.group(2)))) + inside.group(3) if inside else words
    )


def test_tables_and_steps_do_not_drift(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        migrated = _ddl(db.engine)
        if db.engine.dialect.name == "sqlite":
            fresh = sa.create_engine(f"sqlite:///{tmp_path / 'fresh.sqlite3'}")
            Base.metadata.create_all(fresh)
            assert _ddl(fresh) == migrated
            fresh.dispose()
            return
        with db.engine.connect().execution_options(**{database.WRITE: True}) as connection:
            connection.exec_driver_sql("CREATE SCHEMA other")
            connection.exec_driver_sql("SET search_path TO other")
            Base.metadata.create_all(connection)
            names = connection.exec_driver_sql(
                "SELECT conname FROM pg_constraint WHERE connamespace = 'other'::regnamespace"
            )
            created = {name for (name,) in names}
            connection.rollback()
        assert created == {name.rpartition(".")[2] for name in migrated}


def test_n3_anonymous_rows_have_no_row_order(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("only SQLite keeps a row number")
        ddl = _ddl(db.engine)
        assert {name for name, text in ddl.items() if "WITHOUT ROWID" in text} == ANONYMOUS


def test_down_and_up_again(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'down.sqlite3'}")
    database.listen(engine)
    run.upgrade(engine)
    with engine.connect().execution_options(**{database.WRITE: True}) as connection, connection.begin():
        connection.exec_driver_sql(
            "INSERT INTO partnership (id, slug, name, short_name, languages, readers, reading_hours, is_invented)"
            " VALUES (?, 'a', 'A', 'A', '[]', '', '', 0)",
            (uuid.uuid4().hex,),
        )
    run.downgrade(engine, "base")
    with engine.connect() as connection:
        assert not connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'partnership'").fetchall()
    run.upgrade(engine)
    assert run.present(engine) == run.HEAD
    engine.dispose()


def test_c6_whoever_read_both_rooms_before_they_were_parted_reads_both_and_nobody_else_reads_more(
    app: Flask, partnership: uuid.UUID
) -> None:
    """Every lead keeps allegations and whistleblowing, and that stands in the trail, whose chain stays whole."""
    lead = staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    others = {staff(app, partnership, role.value, role): {role} for role in Role if "lead" not in role}
    with app.app_context():
        engine = db.engine
    run.downgrade(engine, "0027")
    run.upgrade(engine, "0028")
    with within(app, partnership):
        held = {account: found.roles for account in (lead, *others) if (found := queries.get_person(account))}
        assert held.pop(lead) == {Role.SAFEGUARDING_LEAD, Role.ALLEGATIONS_LEAD, Role.WHISTLEBLOWING_LEAD}
        assert held == others
        assert audit.verify() is None
        last = audit.trail(lead)[-1]
        said = {"roles": "allegations-lead,safeguarding-lead,whistleblowing-lead", "by": "upgrade"}
        assert (last.action, last.actor_id, last.detail) == ("roles-changed", None, said)
        assert [event.action for account in others for event in audit.trail(account)] == ["account-added"] * len(others)
    run.downgrade(engine, "0027")
    with within(app, partnership):
        found = queries.get_person(lead)
        assert found is not None
        assert found.roles == {Role.SAFEGUARDING_LEAD}
    run.upgrade(engine)


def test_c6_words_that_were_decided_on_before_the_step_stay_with_the_room_and_those_a_flag_waits_for_are_new(
    app: Flask, partnership: uuid.UUID
) -> None:
    """Of what was said before only the week tells: what came in the week of a flag that waits may be what it is for."""
    lead = staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    with app.app_context():
        engine = db.engine
    _, gone, _ = decided(app, partnership, lead, Decision.LADO, "decided on")
    _, waits, old = decided(app, partnership, lead, Decision.WHISTLEBLOWING, "decided on, and more came")
    decided(app, partnership, lead, Decision.REFER, "of no room")
    say(app, partnership, "new", concern=Concern.RED, origin_id=waits)
    with within(app, partnership), transaction():
        before = sa.update(Voice).where(Voice.id == old)
        begin_write().execute(before.values(week="2020-W01"))
        marked = set(db.session.scalars(sa.select(Voice.id).where(Voice.is_handed_on)))
    assert len(marked) == 2
    run.downgrade(engine, "0029")
    run.upgrade(engine)
    with within(app, partnership):
        assert set(db.session.scalars(sa.select(Voice.id).where(Voice.is_handed_on))) == marked
        assert {gone, waits} == set(db.session.scalars(sa.select(Voice.origin_id).where(Voice.id.in_(marked))))
