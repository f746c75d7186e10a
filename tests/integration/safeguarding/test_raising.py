"""Flags are raised with the words, on a tick, and a repeat by a person changes nothing."""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core import audit, clock
from engage.core.database import db
from engage.core.outbox import OutboxRow
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding import service
from engage.safeguarding.kinds import FlagReason
from engage.safeguarding.models import Flag
from engage.voices.kinds import Concern
from tests.support.apps import within
from tests.support.people import staff
from tests.support.voices import say

AT = datetime(2026, 11, 24, 16, 51, 17, tzinfo=UTC)


def test_n3_a_flag_and_its_notice_stand_on_a_tick(app: Flask, partnership: uuid.UUID) -> None:
    with time_machine.travel(AT, tick=False):
        say(app, partnership, "one", "two", origin_id=uuid.uuid4())
    with within(app, partnership):
        flag = db.session.scalars(sa.select(Flag)).one()
        assert (flag.week, flag.raised_at) == ("2026-W48", datetime(2026, 11, 24, 16, 55, tzinfo=UTC))
        assert (flag.reason, flag.level, flag.source_key) == (FlagReason.NOT_CHECKED, Concern.NOT_CHECKED, "your-voice")
        notice = db.session.scalars(sa.select(OutboxRow)).one()
        assert (notice.kind, notice.due_at) == (service.NOTICE, flag.raised_at)


def test_n3_nothing_a_child_does_is_audited(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership):
        before = db.session.scalar(sa.select(sa.func.count()).select_from(audit.AuditEvent))
    say(app, partnership)
    with within(app, partnership), transaction():
        service.raise_low_answer("response", uuid.uuid4(), ["feel_safe"])
    with within(app, partnership):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(audit.AuditEvent)) == before


def test_a_low_answer_names_its_questions(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership):
        with transaction():
            service.raise_low_answer("response", uuid.uuid4(), ["feel_safe"], source_key="your-voice", language="ar")
            service.raise_low_answer("response", uuid.uuid4(), [])
        flag = db.session.scalars(sa.select(Flag)).one()
        assert (flag.reason, flag.categories, flag.language) == (FlagReason.LOW_ANSWER, ["feel_safe"], "ar")


def test_a_person_raises_a_flag_once(app: Flask, partnership: uuid.UUID) -> None:
    reader = staff(app, partnership, "rosa", Role.RESPONDER)
    origin = uuid.uuid4()
    with within(app, partnership):
        with transaction():
            first = service.raise_by_person("response", origin, FlagReason.READER, reader)
        with transaction():
            assert service.raise_by_person("response", origin, FlagReason.READER, reader) == first
        assert [event.action for event in audit.trail(first)] == ["flag-raised"]
        assert db.session.scalars(sa.select(Flag)).one().level == Concern.RED
        assert clock.iso_week() == db.session.scalars(sa.select(Flag.week)).one()
