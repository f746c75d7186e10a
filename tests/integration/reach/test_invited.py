"""Reminders: to all who were invited, never because of whether they answered, each once, stopped by one press."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.adapters import mail
from engage.adapters.mail import MailFailed, MemoryMail
from engage.core import clock, outbox
from engage.core.database import db
from engage.core.outbox import OutboxRow
from engage.core.transaction import transaction
from engage.listening.ballots.kinds import Entry
from engage.listening.invited import queries, service
from engage.listening.invited.models import Invited, Reminder
from engage.listening.invited.queries import Plan
from engage.listening.reach import jobs
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import service as service_of_surveys
from engage.people.kinds import Role
from tests.factories.surveys import open_survey, ready_made
from tests.support.answering import send, start, walk
from tests.support.apps import within
from tests.support.client import PageClient, browser_of, token_of
from tests.support.people import sign_in, staff
from tests.support.queries import count_queries

PAGE = "/staff/surveys/your-voice/invited"
LIST = [("Youth Centre", "hello@youth.example"), ("", "sam@home.example"), ("Clinic", "desk@clinic.example")]
MORNING = datetime(2027, 3, 1, 10, 3, tzinfo=UTC)


@pytest.fixture
def sink(app: Flask, monkeypatch: pytest.MonkeyPatch) -> MemoryMail:
    """Mail that is kept, and a site with an address."""
    kept = MemoryMail()
    monkeypatch.setattr(mail, "from_settings", lambda _settings: kept)
    changed = app.extensions["engage_settings"].model_copy(update={"site_url": "https://say.example"})
    monkeypatch.setitem(app.extensions, "engage_settings", changed)
    return kept


def invite(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    survey_id = open_survey(app, partnership)
    with within(app, partnership), transaction():
        service.invite(survey_id, LIST)
    return survey_id


def tick(app: Flask, partnership: uuid.UUID, moment: time_machine.Traveller) -> None:
    """An hour of the worker: queue what is due, then send what was queued."""
    with within(app, partnership):
        jobs.queue_reminders()
    moment.shift(timedelta(hours=1))
    with within(app, partnership):
        outbox.deliver(limit=1000)


def test_f11_each_message_once_at_the_opening_and_before_the_end(
    app: Flask, partnership: uuid.UUID, sink: MemoryMail
) -> None:
    """The survey is open for 21 days: the opening, seven days before the end, one day before; day and night."""
    with time_machine.travel(MORNING, tick=False) as moment:
        invite(app, partnership)
        for _hour in range(22 * 24):
            if moment is not None and clock.now().hour in {3, 9, 10, 20}:
                tick(app, partnership, moment)
            else:
                moment.shift(timedelta(hours=1))
    told = [(str(message["To"]), str(message["Subject"])) for message in sink.sent]
    assert len(told) == len(set(told)) + len(LIST) == 3 * len(LIST)
    assert {to for to, _ in told} == {address for _, address in LIST}
    assert len({str(message["Message-ID"]) for message in sink.sent}) == len(sink.sent)
    hours = {datetime.strptime(str(m["Date"]), "%a, %d %b %Y %H:%M:%S %z").hour for m in sink.sent}
    assert hours <= set(range(8, 21))


def test_f11_many_schedulers_and_a_failing_server_send_once(
    app: Flask, partnership: uuid.UUID, sink: MemoryMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(MORNING, tick=False) as moment:
        invite(app, partnership)
        for _scheduler in range(5):
            with within(app, partnership):
                jobs.queue_reminders()
        moment.shift(timedelta(hours=1))
        whole, failures = sink.invite, iter([True, False, True, False, False, False])

        def sometimes(to: str, invitation: mail.Invitation) -> None:
            if next(failures, False):
                raise MailFailed("down")
            whole(to, invitation)

        monkeypatch.setattr(sink, "invite", sometimes)
        for _try in range(4):
            with within(app, partnership):
                outbox.deliver()
    assert sorted(str(message["To"]) for message in sink.sent) == sorted(address for _, address in LIST)


def test_reminders_do_not_know_who_answered(
    app: Flask, partnership: uuid.UUID, client: PageClient, sink: MemoryMail
) -> None:
    """N2: the code that writes to the invited asks the database nothing about answers, drafts, codes or voices."""
    with time_machine.travel(MORNING, tick=False) as moment:
        invite(app, partnership)
        walk(client, start(client))
        send(client)
        with count_queries(app) as asked:
            tick(app, partnership, moment)
    assert len(sink.sent) == len(LIST)
    touched = " ".join(asked.statements).lower()
    for table in ("response", "draft", "code_batch", "voice", "receipt", "flag"):
        assert f"from {table}" not in touched
        assert f"join {table}" not in touched


def test_nobody_is_told_that_they_can_still_answer_what_has_heard_from_enough(
    app: Flask, partnership: uuid.UUID, client: PageClient, sink: MemoryMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_of_surveys, "SMALLEST_QUOTA", 1)
    monkeypatch.setattr(service_of_surveys, "QUOTA_STEP", 1)
    with time_machine.travel(MORNING, tick=False) as moment:
        invite(app, partnership)
        with within(app, partnership):
            jobs.queue_reminders()
        walk(client, start(client))
        send(client)
        with within(app, partnership), transaction():
            service_of_surveys.set_entry("your-voice", Entry.OPEN, 1)
        tick(app, partnership, moment)
        assert sink.sent == [], "one that was queued before"
        moment.shift(timedelta(days=14))
        tick(app, partnership, moment)
        assert sink.sent == []
        with within(app, partnership), transaction():
            service_of_surveys.set_entry("your-voice", Entry.OPEN, None)
        tick(app, partnership, moment)
        assert len(sink.sent) == len(LIST)


def test_one_press_stops_them_without_signing_in(
    app: Flask, partnership: uuid.UUID, client: PageClient, sink: MemoryMail
) -> None:
    with time_machine.travel(MORNING, tick=False) as moment:
        survey_id = invite(app, partnership)
        tick(app, partnership, moment)
        link = str(sink.sent[0]["List-Unsubscribe"]).strip("<>").removeprefix("https://say.example")
        stopped = str(sink.sent[0]["To"])
        assert "Stop reminding me" in client.get(link).get_data(as_text=True)
        with within(app, partnership):
            assert len(queries.list_invited(survey_id)) == 3
        assert client.post(link).status_code == 303
        assert client.post(link[:-1] + ("0" if link[-1] != "0" else "1")).status_code == 404
        assert not client.get_cookie("engage-answer")
        with within(app, partnership), transaction():
            assert service.invite(survey_id, LIST) == 0
            assert stopped not in [row.address for row in queries.list_invited(survey_id)]
            service.set_plan(survey_id, Plan(at_open=False, days_before=(14,)))
        moment.shift(timedelta(days=8))
        sink.sent.clear()
        tick(app, partnership, moment)
    assert len(sink.sent) == 2
    assert stopped not in [str(message["To"]) for message in sink.sent]


def test_whoever_asks_staff_is_taken_off_the_list_and_stays_off(
    app: Flask, partnership: uuid.UUID, client: PageClient, sink: MemoryMail
) -> None:
    survey_id = invite(app, partnership)
    staff(app, partnership, "mo", Role.SURVEY_MANAGER)
    sign_in(client, "mo")
    with within(app, partnership):
        gone = next(row for row in queries.list_invited(survey_id) if row.name == "Clinic")
    page = client.get(PAGE)
    assert f"{PAGE}/{gone.id}/remove" in page.text
    for _twice in range(2):
        answer = client.post(f"{PAGE}/{gone.id}/remove", data={"csrf_token": token_of(page)})
    assert answer.status_code == 404, "whoever is off the list is not there to be removed again"
    assert "desk@clinic.example" not in client.get(PAGE).text
    with within(app, partnership), transaction():
        assert service.invite(survey_id, LIST) == 0


def test_mail_programs_find_what_ends_the_reminders(app: Flask, partnership: uuid.UUID, sink: MemoryMail) -> None:
    """As it travels (RFC 2369): an address in an encoded word is no address: nobody would be offered to stop."""
    with time_machine.travel(MORNING, tick=False) as moment:
        invite(app, partnership)
        tick(app, partnership, moment)
    travels = sink.sent[0].as_bytes().decode("ascii")
    stop = str(sink.sent[0]["List-Unsubscribe"])
    assert f"\nList-Unsubscribe: {stop}\n" in travels
    assert stop.startswith("<https://say.example/larkmoor/reminders/")


def test_addresses_are_sealed_and_forgotten(app: Flask, partnership: uuid.UUID) -> None:
    survey_id = invite(app, partnership)
    with within(app, partnership):
        stored = [bytes(value or b"") for value in db.session.scalars(sa.select(Invited.sealed))]
        assert len(stored) == 3
        assert not any(b"example" in value for value in stored)
        row = surveys.get_survey("your-voice")
        assert row is not None
        assert row.closes_on is not None
        over = row.closes_on + timedelta(days=service.KEPT_DAYS + 1)
    with time_machine.travel(datetime.combine(over, datetime.min.time(), UTC), tick=False):
        with within(app, partnership):
            jobs.forget_invited()
        with within(app, partnership):
            assert queries.list_invited(survey_id) == []
            assert db.session.scalars(sa.select(Reminder.id)).all() == []


@pytest.mark.parametrize(
    ("line", "good"),
    [("a@b.example", True), ("Name, a@b.example", True), ("a b@c.example", False), ("nobody", False),
     ("<a@b.example>", False), ("a@b", False), ("a@b.example, c@d.example", True), ("ü@b.example", False)],
)  # fmt: skip
def test_a_list_is_read_line_by_line(line: str, good: bool) -> None:
    found, wrong = service.read_list(f"first@x.example\n\n{line}\n")
    assert (len(found) == 2, wrong) == (good, [] if good else [3])


def test_staff_keep_the_list_and_see_what_is_sent(app: Flask, partnership: uuid.UUID) -> None:
    open_survey(app, partnership)
    staff(app, partnership, "mary", Role.SURVEY_MANAGER)
    client = browser_of(app)
    sign_in(client, "mary")
    assert "Nobody is on it" in client.get(PAGE).get_data(as_text=True)
    page = client.submit(PAGE, {"people": "a@b.example\nnobody"}, to=f"{PAGE}/add")
    assert page.status_code == 422
    assert "line 2" in page.get_data(as_text=True)
    assert client.submit(PAGE, {"people": "Centre, a@b.example"}, to=f"{PAGE}/add").status_code == 303
    shown = client.get(PAGE).get_data(as_text=True)
    assert "Centre" in shown
    assert "No e-mail can be sent yet" in shown
    assert "we cannot see who has" in shown
    assert client.submit(PAGE, {"days_before": ["14", "3"]}, to=f"{PAGE}/plan").status_code == 303
    assert client.submit(PAGE, {"days_before": ["99"]}, to=f"{PAGE}/plan").status_code == 422
    assert client.submit(PAGE, {}, to=f"{PAGE}/remove").status_code == 303
    with within(app, partnership):
        row = surveys.get_survey("your-voice")
        assert row is not None
        assert queries.plan_of(row.id) == Plan(at_open=False, days_before=(14, 3))
        assert queries.list_invited(row.id) == []
        assert db.session.scalars(sa.select(OutboxRow.id)).all() == []


def test_the_words_are_whole_before_the_survey_has_its_days(app: Flask, partnership: uuid.UUID) -> None:
    """A list is written before the survey is opened: what will be sent is shown without a gap where the day goes."""
    with within(app, partnership), transaction():
        service_of_surveys.create_survey("your-voice", ready_made("your-voice"))
    staff(app, partnership, "mary", Role.SURVEY_MANAGER)
    client = browser_of(app)
    sign_in(client, "mary")
    shown = client.get(PAGE).get_data(as_text=True)
    assert "still open until the last day</h3>" in shown
    assert "until the end of the last day." in shown
