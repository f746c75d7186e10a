"""N9: a notice says that something waits, on a tick, and nothing of what; if it fails, the flag still stands."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.adapters.mail import MailFailed, MemoryMail, Notice
from engage.core import outbox
from engage.core.database import db
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding import jobs, queries
from engage.safeguarding import service_triage as triage
from engage.voices.kinds import Concern
from tests.support.apps import within
from tests.support.notices import post
from tests.support.people import staff
from tests.support.voices import say

__all__ = ["post"]
AT = datetime(2026, 11, 24, 16, 51, tzinfo=UTC)


def _deliver(app: Flask, partnership: uuid.UUID) -> int:
    with within(app, partnership):
        return outbox.deliver()


def _left(app: Flask, partnership: uuid.UUID) -> int:
    with within(app, partnership):
        return db.session.scalar(sa.select(sa.func.count()).select_from(outbox.OutboxRow)) or 0


def test_n9_one_notice_a_tick_without_content_or_id(app: Flask, partnership: uuid.UUID, post: MemoryMail) -> None:
    staff(app, partnership, "lena@larkmoor.example", Role.SAFEGUARDING_LEAD)
    staff(app, partnership, "rosa@larkmoor.example", Role.RESPONDER)
    staff(app, partnership, "marcus", Role.SAFEGUARDING_LEAD)
    with time_machine.travel(AT, tick=False) as travel:
        kept = [say(app, partnership, "my canary words", concern=Concern.RED)[0] for _ in range(3)]
        assert _deliver(app, partnership) == 0, "not before the tick"
        travel.shift(timedelta(minutes=5))
        assert _deliver(app, partnership) == 3
    assert [str(message["To"]) for message in post.sent] == ["lena@larkmoor.example"]
    whole = post.sent[0].as_string()
    assert "https://voice.larkmoor.example/staff/today" in whole
    with within(app, partnership):
        flags = [flag.id for matter in queries.list_open(9) for flag in matter.flags]
    secrets = ["canary", "red", *(str(voice.id) for voice in kept), *(str(flag) for flag in flags)]
    assert [secret for secret in secrets if secret in whole] == []


def test_what_was_opened_already_needs_no_notice(app: Flask, partnership: uuid.UUID, post: MemoryMail) -> None:
    lead = staff(app, partnership, "lena@larkmoor.example", Role.SAFEGUARDING_LEAD)
    with time_machine.travel(AT, tick=False) as travel:
        say(app, partnership, concern=Concern.RED)
        with within(app, partnership), transaction():
            triage.open_flag(queries.list_open(1)[0].worst.id, lead)
        travel.shift(timedelta(minutes=5))
        assert _deliver(app, partnership) == 1
    assert post.sent == []


def test_mail_that_fails_is_tried_again_and_the_flag_stands(
    app: Flask, partnership: uuid.UUID, post: MemoryMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(app, partnership, "lena@larkmoor.example", Role.SAFEGUARDING_LEAD)

    def refuse(_to: str, _notice: Notice, _link: str, *, name: str) -> None:
        raise MailFailed("away")

    with time_machine.travel(AT, tick=False) as travel:
        say(app, partnership, concern=Concern.RED)
        travel.shift(timedelta(minutes=5))
        with monkeypatch.context() as broken:
            broken.setattr(post, "send", refuse)
            assert _deliver(app, partnership) == 0
        assert _left(app, partnership) == 1
        assert _deliver(app, partnership) == 1
    assert len(post.sent) == 1
    with within(app, partnership):
        assert queries.count_open().matters == 1


def test_without_mail_the_notice_waits_and_the_flag_stands(app: Flask, partnership: uuid.UUID) -> None:
    with time_machine.travel(AT, tick=False) as travel:
        say(app, partnership, concern=Concern.RED)
        travel.shift(timedelta(minutes=5))
        assert _deliver(app, partnership) == 0
    assert _left(app, partnership) == 1
    with within(app, partnership):
        jobs.tell_the_leads(uuid.uuid4())
        assert queries.count_open().matters == 1
