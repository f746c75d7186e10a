"""What goes wrong on purpose with reminders: nobody is written to again, and nothing that matters waits behind them."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from engage.core import clock, outbox
from engage.core.transaction import transaction
from engage.listening.invited import queries, service
from engage.listening.reach import jobs
from engage.listening.surveys import service as surveys
from engage.safeguarding import service as safeguarding
from tests.factories.surveys import open_survey
from tests.support.apps import within
from tests.support.client import PageClient

LIST = [("Youth Centre", "hello@youth.example"), ("", "sam@home.example")]
MORNING = datetime(2027, 3, 1, 10, 3, tzinfo=UTC)


def invite(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    survey_id = open_survey(app, partnership)
    with within(app, partnership), transaction():
        service.invite(survey_id, LIST)
    return survey_id


def test_c7_a_worry_never_waits_behind_reminders(
    app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run sends so many at most: what is queued later but matters more goes first, and what fails goes behind."""
    told: list[uuid.UUID] = []
    worry, failing = uuid.uuid4(), uuid.uuid4()

    def tell(subject: uuid.UUID) -> None:
        if subject == failing:
            raise ConnectionError
        told.append(subject)

    monkeypatch.setitem(outbox._handlers, safeguarding.NOTICE, tell)
    monkeypatch.setitem(outbox._only_while, safeguarding.NOTICE, lambda: True)
    with time_machine.travel(MORNING, tick=False) as moment:
        survey_id = invite(app, partnership)
        with within(app, partnership), transaction():
            service.queue(survey_id, "open")
            outbox.enqueue(safeguarding.NOTICE, failing)
        moment.shift(timedelta(hours=2))
        with within(app, partnership), transaction():
            outbox.enqueue(safeguarding.NOTICE, worry)
        moment.shift(timedelta(hours=1))
        with within(app, partnership):
            assert outbox.deliver(limit=1) == 0
        with within(app, partnership):
            assert outbox.deliver(limit=1) == 1
    assert told == [worry]


def test_who_said_stop_is_not_written_to_after_the_list_was_emptied(app: Flask, partnership: uuid.UUID) -> None:
    survey_id = invite(app, partnership)
    with within(app, partnership), transaction():
        stopped = queries.list_invited(survey_id)[0]
        assert service.stop(stopped.id, service.token_of(stopped.id))
    with within(app, partnership), transaction():
        service.remove_all(survey_id)
        assert service.invite(survey_id, LIST) == 1
        assert stopped.address not in [row.address for row in queries.list_invited(survey_id)]


@pytest.mark.parametrize("token", ["é" * 40, "0" * 40, "%F0%9F%90%95", "'"])
def test_w19_a_forged_link_stops_nothing_and_breaks_nothing(
    app: Flask, partnership: uuid.UUID, client: PageClient, token: str
) -> None:
    survey_id = invite(app, partnership)
    with within(app, partnership):
        row = queries.list_invited(survey_id)[0]
    assert client.post(f"/larkmoor/reminders/{row.id}/{token}").status_code == 404
    with within(app, partnership):
        assert len(queries.list_invited(survey_id)) == len(LIST)


@pytest.mark.parametrize("line", ["a..b@c.example", ".a@c.example", "a(b@c.example", "a@[c.example", "a\x01@c.example"])
def test_an_address_no_message_can_have_is_pointed_at(line: str) -> None:
    assert service.read_list(f"first@x.example\n{line}") == ([("", "first@x.example")], [2])


def test_w19_a_survey_without_an_end_in_sight_stops_no_job(app: Flask, partnership: uuid.UUID) -> None:
    """9999 is what people write for "no end"."""
    invite(app, partnership)
    with within(app, partnership), transaction():
        never = date.max
        surveys.set_dates("your-voice", opens_on=clock.today(), closes_on=never, tell_by=never)
    with within(app, partnership):
        jobs.queue_reminders()
        jobs.forget_invited()
