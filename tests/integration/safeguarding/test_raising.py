"""Flags are raised with the words, on a tick, and a repeat by a person changes nothing."""

import uuid
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core import audit, clock
from engage.core.database import db
from engage.core.outbox import OutboxRow
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.rules.screening import Screening
from engage.safeguarding import queries, service
from engage.safeguarding.kinds import FlagReason
from engage.safeguarding.models import Flag
from engage.voices import queries as heard
from engage.voices import screening
from engage.voices.kinds import Concern
from tests.support.apps import within
from tests.support.people import staff
from tests.support.voices import WORDS, say

AT = datetime(2026, 11, 24, 16, 51, 17, tzinfo=UTC)


def test_n3_a_flag_and_its_notice_stand_on_a_tick(app: Flask, partnership: uuid.UUID) -> None:
    with time_machine.travel(AT, tick=False):
        say(app, partnership, "one", "two", origin_id=uuid.uuid4(), concern=Concern.NOT_CHECKED)
    with within(app, partnership):
        flag = db.session.scalars(sa.select(Flag)).one()
        assert (flag.week, flag.raised_at) == ("2026-W48", datetime(2026, 11, 24, 16, 55, tzinfo=UTC))
        assert (flag.reason, flag.level, flag.source_key) == (FlagReason.NOT_CHECKED, Concern.NOT_CHECKED, "your-voice")
        notice = db.session.scalars(sa.select(OutboxRow)).one()
        assert (notice.kind, notice.due_at) == (service.NOTICE, flag.raised_at)


def test_n3_nothing_a_child_does_is_audited(app: Flask, partnership: uuid.UUID) -> None:
    with within(app, partnership):
        before = db.session.scalar(sa.select(sa.func.count()).select_from(audit.AuditEvent))
    say(app, partnership, concern=Concern.RED)
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


def test_s7_what_is_not_checked_is_flagged_and_queued(
    app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A detector that crashes loses nothing: the voice is kept, stands high in the reading list and raises a flag."""
    monkeypatch.setattr(screening, "detect", _crash)
    say(app, partnership, "a quiet comment", "x" * 30_000)
    with within(app, partnership):
        assert [(row.concern, row.is_read) for row in heard.list_unread(9)] == [(Concern.NOT_CHECKED, False)] * 2
        assert [matter.worst.reason for matter in queries.list_open(9)] == [FlagReason.NOT_CHECKED] * 2


def _crash(_text: str, _language: str) -> Screening:
    raise MemoryError


@pytest.mark.parametrize(
    ("text", "level"), [("my dad hits me", Concern.RED), ("i dont want to die", Concern.AMBER), (WORDS, None)]
)
def test_worrying_words_raise_a_flag_and_others_wait_to_be_read(
    app: Flask, partnership: uuid.UUID, text: str, level: Concern | None
) -> None:
    say(app, partnership, text)
    with within(app, partnership):
        assert [matter.worst.level for matter in queries.list_open(9)] == ([level] if level else [])
        assert len(heard.list_unread(9)) == 1
