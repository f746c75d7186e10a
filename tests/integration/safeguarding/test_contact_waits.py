"""C7: while nobody opens a request to be contacted the next is told: each once, on minutes on duty, nothing of it."""

import random
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.adapters.mail import MemoryMail
from engage.core import audit, outbox
from engage.core.database import db
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding import queries_duty, service_duty
from engage.safeguarding.contact import jobs, queries, service, service_notices
from engage.safeguarding.contact.models import ContactTold
from engage.safeguarding.queries_duty import USUAL, DutyRow
from engage.voices.kinds import Concern
from tests.integration.safeguarding.test_contact_apart import ask
from tests.integration.safeguarding.test_killed import alive, deadly
from tests.support.apps import within
from tests.support.notices import post, twice, who
from tests.support.people import staff
from tests.support.voices import say

__all__ = ["post"]
TUESDAY = datetime(2026, 11, 24, 9, 37, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, 12, 7, tzinfo=UTC)


@pytest.fixture
def team(app: Flask, partnership: uuid.UUID) -> dict[str, uuid.UUID]:
    """A lead and a deputy in order, one more who may decide, and an administrator."""
    roles = {"lead": Role.SAFEGUARDING_LEAD, "dora": Role.SAFEGUARDING_LEAD, "extra": Role.SAFEGUARDING_LEAD}
    roles["ada"] = Role.ADMINISTRATOR
    made = {name: staff(app, partnership, f"{name}@larkmoor.example", role) for name, role in roles.items()}
    with within(app, partnership), transaction():
        service_duty.set_order([made["lead"], made["dora"]])
    return made


def next_due(app: Flask, partnership: uuid.UUID) -> datetime | None:
    """When the worker has something to do again."""
    with within(app, partnership):
        return db.session.scalar(sa.select(sa.func.min(outbox.OutboxRow.due_at)))


def told(app: Flask, partnership: uuid.UUID, post: MemoryMail) -> dict[str, list[str]]:
    """Who is told when ("Tue 10:00"), until there is nothing left to do; a minute sooner nobody is."""
    found = {}
    for _ in range(9):
        if (due_at := next_due(app, partnership)) is None:
            break
        for moment in (due_at - timedelta(minutes=1), due_at):
            with time_machine.travel(moment, tick=False), within(app, partnership):
                outbox.deliver()
            found[f"{moment:%a %H:%M}"] = who(post)
    return {moment: names for moment, names in found.items() if names}


def test_c7_first_the_lead_then_the_deputy_then_everybody_with_the_administrators_each_once(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    with time_machine.travel(TUESDAY, tick=False), within(app, partnership):
        request = ask("my canary")
    assert told(app, partnership, post) == {
        "Tue 10:00": ["lead"],
        "Tue 10:15": ["dora"],
        "Tue 11:00": ["dora", "lead"],
        "Tue 14:00": ["ada", "dora", "extra", "lead"],
    }
    with within(app, partnership):
        events = audit.trail(request)
        assert {event.action for event in events} == {"contact-escalated"}
        assert [event.detail["step"] for event in events] == [1, 2, 2, 3, 3, 3, 3]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(outbox.OutboxRow)) == 0


def test_c7_worrying_words_are_told_within_five_minutes_and_their_clock_is_never_slower_than_a_flags(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    with time_machine.travel(TUESDAY, tick=False), within(app, partnership):
        ask("my dad hits me")
    assert told(app, partnership, post) == {
        "Tue 09:40": ["dora", "lead"],
        "Tue 10:00": ["dora", "lead"],
        "Tue 13:00": ["ada", "dora", "extra", "lead"],
    }


def test_c7_the_clock_stands_still_while_nobody_is_on_duty_and_its_steps_are_those_of_flags(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    with within(app, partnership), transaction():
        service_duty.set_duty(DutyRow(USUAL.hours, (5, 10, 20), USUAL.read, USUAL.decide, 14))
    with time_machine.travel(SATURDAY, tick=False), within(app, partnership):
        ask("the bus is late")
    assert told(app, partnership, post) == {
        "Sat 13:00": ["lead"],
        "Mon 09:05": ["dora"],
        "Mon 09:10": ["dora", "lead"],
        "Mon 09:20": ["ada", "dora", "extra", "lead"],
    }


def test_c7_once_it_is_opened_or_ended_nobody_is_told_and_no_time_of_it_is_left(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    with time_machine.travel(TUESDAY, tick=False), within(app, partnership):
        opened, ended = ask("a"), ask("b")
    with time_machine.travel(TUESDAY + timedelta(minutes=30), tick=False), within(app, partnership):
        outbox.deliver()
        assert who(post) == ["lead"], "one notice for both"
        with transaction():
            service.open_request(opened, team["lead"])
            service.close(ended, service.Outcome.SPOKEN, "Rang", team["lead"])
        assert db.session.scalars(sa.select(outbox.OutboxRow.id)).all() == []
        assert db.session.scalars(sa.select(ContactTold.id)).all() == []
        for request in (opened, ended, uuid.uuid4()):
            jobs.tell(request, 3)
    assert post.sent == []


def test_n14_a_flood_of_requests_holds_up_no_notice_of_a_flag(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    """Far more requests with worrying words are due, and were due sooner, than one run sends."""
    with time_machine.travel(TUESDAY, tick=False) as travel:
        with within(app, partnership):
            for _ in range(25):
                ask("my dad hits me")
        travel.shift(timedelta(minutes=5))
        say(app, partnership, concern=Concern.RED)
        travel.shift(timedelta(minutes=5))
        with within(app, partnership):
            outbox.deliver(limit=10)
            [flag] = queries_duty.unopened()
            assert queries_duty.told(flag.raised_at, 0) == {team["lead"]}
            assert sum("contact" in kind for kind in db.session.scalars(sa.select(outbox.OutboxRow.kind))) > 10


def test_c6_c7_whoever_is_named_is_told_at_no_step(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    boss = staff(app, partnership, "boss", Role.SAFEGUARDING_LEAD)
    with within(app, partnership), transaction():
        service_duty.set_order([boss, team["lead"], team["dora"]])
    with time_machine.travel(TUESDAY, tick=False), within(app, partnership):
        ask("Mr Boss and Extra Example")
    times = told(app, partnership, post)
    assert times["Tue 10:00"] == ["lead"]
    assert sorted({name for names in times.values() for name in names}) == ["ada", "dora", "lead"]


def test_s6_killed_anywhere_every_step_is_taken_and_no_notice_goes_out_under_two_names(
    app: Flask,
    partnership: uuid.UUID,
    team: dict[str, uuid.UUID],
    post: MemoryMail,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Killed just before or after a notice is handed over, the worker hands over the very same one, or none."""
    chance, deaths = random.Random(3), 0
    with time_machine.travel(TUESDAY, tick=False), within(app, partnership):
        requests = [ask("a") for _ in range(6)]
    with monkeypatch.context() as patch:
        for owner, name in ((post, "send"), (service_notices, "mark_told")):
            patch.setattr(owner, name, deadly(chance, 0.15, getattr(owner, name)))
        for _ in range(500):
            if (due_at := next_due(app, partnership)) is None:
                break
            with time_machine.travel(due_at, tick=False):
                deaths += not alive(app, partnership, outbox.deliver)
    with within(app, partnership):
        assert [request for request in requests for step in range(4) if not queries.told(request, step)] == []
        assert db.session.scalars(sa.select(outbox.OutboxRow.id)).all() == []
    sent = {(str(message["To"]), str(message["Message-ID"])) for message in post.sent}
    assert len(sent) == 1 + 1 + 2 + 4, "one notice a person and step for all six"
    assert len({name for _to, name in sent}) == len(sent)
    assert deaths > 5
    assert twice(post) <= deaths
