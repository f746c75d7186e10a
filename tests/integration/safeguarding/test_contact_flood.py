"""N14, C7: whoever floods the lane of contact neither drowns a real request nor the people who are told of it."""

import random
import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.adapters.mail import MemoryMail
from engage.core import audit, outbox
from engage.core.database import db
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding import service_duty
from engage.safeguarding.contact import jobs, queries, service, service_notices, service_together, service_whom
from engage.safeguarding.contact.kinds import Outcome
from engage.safeguarding.contact.models import ContactRequest, ContactTold
from engage.safeguarding.contact.queries import Narrowed
from engage.safeguarding.queries_duty import USUAL, DutyRow
from tests.integration.safeguarding.test_contact_apart import QUEUE, ask
from tests.integration.safeguarding.test_contact_waits import next_due, team
from tests.integration.safeguarding.test_killed import alive, deadly
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.notices import post, twice, who
from tests.support.pages import press
from tests.support.people import sign_in, staff

__all__ = ["post", "team"]
TUESDAY = datetime(2026, 11, 24, 9, 37, tzinfo=UTC)


def flood(count: int, about: str = "my dad hits me") -> list[uuid.UUID]:
    return [ask(about) for _ in range(count)]


def some(app: Flask, partnership: uuid.UUID) -> list[uuid.UUID]:
    with within(app, partnership):
        return flood(2)


def deliver_at(app: Flask, partnership: uuid.UUID, post: MemoryMail, minutes: int) -> list[tuple[str, str]]:
    """To whom a notice goes at a moment, and of how many it tells."""
    post.sent.clear()
    with time_machine.travel(TUESDAY + timedelta(minutes=minutes), tick=False), within(app, partnership):
        outbox.deliver()
    found = []
    for message in post.sent:
        many = re.match(r"(\d+) things", message.get_content())
        found.append((str(message["To"]).partition("@")[0], many[1] if many else "1"))
    return sorted(found)


def test_c7_sixty_requests_in_a_minute_are_one_notice_a_person_and_each_is_carried_by_one(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    with time_machine.travel(TUESDAY, tick=False), within(app, partnership):
        requests = flood(60)
    assert deliver_at(app, partnership, post, 3) == [("dora", "60"), ("lead", "60")]
    assert not any("hits" in message.as_string() or "Fox" in message.as_string() for message in post.sent)
    with within(app, partnership):
        assert all(queries.told(each, 0) == {team["lead"]} for each in requests)
        assert all(queries.told(each, 1) == {team["dora"]} for each in requests)
        assert all([event.detail["step"] for event in audit.trail(each)] == [1] for each in requests)
    assert deliver_at(app, partnership, post, 4) == []


def test_c7_worrying_words_never_rest_and_those_of_the_same_five_minutes_go_together(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    """None waits longer than for the next tick, and none is told twice."""
    with within(app, partnership), transaction():
        service_duty.set_duty(DutyRow(USUAL.hours, (500, 600, 700), USUAL.read, USUAL.decide, 14))
    times = {}
    for minute in (0, 5, 10, 12, 25):
        with time_machine.travel(TUESDAY + timedelta(minutes=minute), tick=False), within(app, partnership):
            flood(2)
    for minute in range(60):
        if told := deliver_at(app, partnership, post, minute):
            times[minute] = told
    assert times == {3: [("lead", "2")], 8: [("lead", "2")], 13: [("lead", "4")], 28: [("lead", "2")]}


@pytest.mark.parametrize(("step", "asked", "due"), [(0, 24, 28), (1, 40, 43)])
def test_c7_worrying_words_wait_behind_no_harmless_ones_at_no_step(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail, step: int, asked: int, due: int
) -> None:
    """A harmless request was told of at 10:00, and its first step taken at 10:15; worrying words come at 10:01, or at
    10:17, when their first step is due with their first notice.
    """
    with within(app, partnership), transaction():
        service_duty.set_duty(DutyRow(USUAL.hours, (15, 600, 700), USUAL.read, USUAL.decide, 14))
    with time_machine.travel(TUESDAY, tick=False), within(app, partnership):
        flood(1, "the bus is late")
    assert deliver_at(app, partnership, post, 23) == [("lead", "1")]
    if step:
        assert deliver_at(app, partnership, post, 38) == [("dora", "1")]
    with time_machine.travel(TUESDAY + timedelta(minutes=asked), tick=False), within(app, partnership):
        [urgent] = flood(1)
    told = deliver_at(app, partnership, post, due)
    assert (["lead", "dora"][step], "1") in told
    with within(app, partnership):
        assert queries.told(urgent, step)
        sent = db.session.scalars(sa.select(ContactTold.sent_at).where(ContactTold.sent_at.is_not(None))).all()
        assert {at.minute for at in sent if at is not None} == {0}, "no time finer than the hour is kept"


def test_c7_once_somebody_has_looked_the_next_one_is_told_at_once(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    with within(app, partnership), transaction():
        service_duty.set_duty(DutyRow(USUAL.hours, (500, 600, 700), USUAL.read, USUAL.decide, 14))
    with time_machine.travel(TUESDAY, tick=False), within(app, partnership):
        [first] = flood(1)
    assert deliver_at(app, partnership, post, 3) == [("lead", "1")]
    with time_machine.travel(TUESDAY + timedelta(minutes=4), tick=False), within(app, partnership), transaction():
        service.open_request(first, team["lead"])
        flood(1)
    assert deliver_at(app, partnership, post, 8) == [("lead", "1")]


def test_s6_stopped_between_writing_down_and_sending_the_very_same_notice_goes_out(
    app: Flask,
    partnership: uuid.UUID,
    team: dict[str, uuid.UUID],
    post: MemoryMail,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever comes meanwhile: nothing is lost, nothing goes out under two names."""
    chance, deaths, requests = random.Random(5), 0, []
    with monkeypatch.context() as patch:
        for owner, name in ((post, "send"), (service_notices, "mark_told"), (service_notices, "gather")):
            patch.setattr(owner, name, deadly(chance, 0.3, getattr(owner, name)))
        for minute in range(0, 500, 5):
            with time_machine.travel(TUESDAY + timedelta(minutes=minute), tick=False):
                requests += some(app, partnership) if minute < 30 else []
                deaths += not alive(app, partnership, outbox.deliver)
    while (due_at := next_due(app, partnership)) is not None:
        with time_machine.travel(due_at, tick=False):
            assert alive(app, partnership, outbox.deliver)
    with within(app, partnership):
        assert [each for each in requests for step in range(4) if not queries.told(each, step)] == []
    assert deaths > 10
    assert twice(post) <= deaths
    counts: dict[str, set[str]] = {}
    for message in post.sent:
        counts.setdefault((str(message["Message-ID"])), set()).add(message.get_content())
    assert all(len(words) == 1 for words in counts.values()), "the same name, the same words"


def test_c6_whoever_is_named_between_two_tries_is_not_told(
    app: Flask,
    partnership: uuid.UUID,
    team: dict[str, uuid.UUID],
    post: MemoryMail,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The notice was written down for them, the mail server was away, and then somebody said whom it is about."""
    with time_machine.travel(TUESDAY, tick=False), within(app, partnership):
        [request] = flood(1)
    with time_machine.travel(TUESDAY + timedelta(minutes=3), tick=False):
        with monkeypatch.context() as patch:
            patch.setattr(service_notices, "mark_told", deadly(random.Random(1), 1.0, service_notices.mark_told))
            assert not alive(app, partnership, lambda: jobs.tell(request))
        post.sent.clear()
        with within(app, partnership):
            with transaction():
                service_whom.say_whom(request, [team["lead"]], team["dora"])
            jobs.tell(request)
    assert who(post) == ["dora"]


def test_n14_in_a_flood_those_with_worrying_words_and_those_known_here_stand_before_it_and_none_is_missing(
    app: Flask, partnership: uuid.UUID
) -> None:
    lead = staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    staff(app, partnership, "nia", Role.RESPONDER)
    with time_machine.travel(TUESDAY - timedelta(days=1), tick=False), within(app, partnership):
        before = ask("the bus is late")
    with time_machine.travel(TUESDAY, tick=False), within(app, partnership):
        fakes = flood(12, "ring me please")
        known, worrying = ask("", reach="ask Mrs Nia"), ask("my dad hits me")
        hidden = ask("it is Mrs Lena")
        strange = service_together.strange_hours()
        rows = queries.list_waiting(Narrowed(), strange)
        assert [row.id for row in rows][:1] == [worrying]
        assert {row.id for row in rows if row.is_flood} == set(fakes)
        ordinary = [row.id for row in rows if not row.is_flood and not row.is_urgent]
        assert (ordinary[0], set(ordinary)) == (before, {before, known, hidden})
        pages = [queries.list_waiting(Narrowed(), strange, limit=5, offset=at) for at in range(0, 20, 5)]
        assert [row.id for page in pages for row in page] == [row.id for row in rows]
        assert set(queries.count_alike(fakes).values()) == {12}
        assert service_together.strange_hours(without=fakes[:5]) == frozenset()
        assert hidden in {row.id for row in rows}
        assert queries.count_waiting(Narrowed(without=[hidden])) == len(rows) - 1
    assert lead


def test_n14_an_hour_is_unusual_against_what_a_usual_week_brings(app: Flask, partnership: uuid.UUID) -> None:
    for week in range(1, 6):
        with time_machine.travel(TUESDAY - timedelta(weeks=week), tick=False), within(app, partnership):
            flood(13, "a busy place")
    with time_machine.travel(TUESDAY, tick=False), within(app, partnership):
        flood(12, "call me")
        hour = (TUESDAY.replace(minute=0), False)
        assert hour not in service_together.strange_hours()
        flood(2, "call me")
        assert service_together.strange_hours() == {hour}


def test_n14_requests_that_are_not_real_are_read_side_by_side_and_closed_with_one_reason_each_by_itself(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    with within(app, partnership):
        fakes, real = flood(12, "ring me please"), ask("about my bus pass", name="Kit Real")
    sign_in(client, "lena")
    page = client.get(QUEUE).get_data(as_text=True)
    assert "An unusual hour" in page
    assert "13 wait, 13 of them on this page" in page
    listed = [str(each) for each in (*fakes, real)]
    assert "Kit Real" in (looked := press(client, f"{QUEUE}/together", request=listed))
    assert looked.count("Not a real request") == 13
    ticked = [str(each) for each in fakes]
    away = f"{QUEUE}/together/not-real"
    assert "Write why they are not" in press(client, away, request=listed, unreal=ticked, reason=" ")
    assert "Tick at least one" in press(client, away, request=listed, reason="Same words, no number")
    done = press(client, away, request=listed, unreal=ticked, reason="Same words, no number")
    assert "12 requests were closed as not real" in done
    assert "It is not a real request. Lena" in done
    with within(app, partnership):
        assert [row.id for row in queries.list_open()] == [real]
        for each in fakes:
            assert [event.action for event in audit.trail(each)][-1] == "contact-closed"
            assert audit.trail(each)[-1].detail["outcome"] == "not_real"
        assert audit.verify() is None
        kept = db.session.execute(sa.select(ContactRequest.came_at, ContactRequest.words_key, ContactRequest.outcome))
        assert all((row.came_at is None) == (row.words_key is None) == (row.outcome is not None) for row in kept)
    assert "Same words, no number" in press(client, f"{QUEUE}/{fakes[0]}")
    press(client, f"{QUEUE}/{fakes[0]}/reopen")
    with within(app, partnership):
        assert {row.id for row in queries.list_open()} == {real, fakes[0]}
        assert [row.opened_by for row in queries.list_open() if row.id == fakes[0]] == [None]
        assert db.session.scalar(sa.select(sa.func.count()).where(outbox.OutboxRow.subject_id == fakes[0])) == 4


def test_n14_nobody_says_not_real_of_what_nobody_read_or_of_what_is_kept_from_them(
    app: Flask, partnership: uuid.UUID
) -> None:
    lena = staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    with within(app, partnership):
        unread, apart, ended = ask("a"), ask("it is Mrs Lena"), ask("b")
        with transaction():
            service.close(ended, Outcome.SPOKEN, "Rang", lena)
        for requests, refusal in (([unread], Refused), ([unread, apart], NotFound), ([uuid.uuid4()], NotFound)):
            with pytest.raises(refusal), transaction():
                service_together.close_unreal(requests, "fake", lena)
        with transaction():
            assert service_together.open_all([apart, ended, uuid.uuid4()], lena) == []
            assert service_together.close_unreal([ended], "fake", lena) == 0
        for request, refusal in ((ended, Conflict), (apart, NotFound)):
            with pytest.raises(refusal), transaction():
                service_together.reopen(request, lena)
        assert {row.id for row in queries.list_open()} == {unread, apart}
        spoken = queries.get(ended)
        assert spoken is not None
        assert spoken.outcome is Outcome.SPOKEN
        assert db.session.scalars(sa.select(ContactTold.id)).all() == []


def test_n14_a_page_of_the_queue_keeps_what_it_was_narrowed_to(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    lead = staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    with time_machine.travel(TUESDAY, tick=False):
        with within(app, partnership):
            flood(52, "ring me please")
            ask("my dad hits me")
        sign_in(client, "lena")
        hour = f"{TUESDAY:%Y%m%dT%H}"
        page = client.get(f"{QUEUE}?hour={hour}&state=new").get_data(as_text=True)
        assert f"page=2&amp;state=new&amp;hour={hour}" in page
        assert "Page 1 of 2" in page
        assert client.get(f"{QUEUE}?hour={hour}&page=2").get_data(as_text=True).count("Open and call") == 2
        assert "1 of 53 who wait are listed" in client.get(f"{QUEUE}?words=1").get_data(as_text=True)
        with within(app, partnership), transaction():
            for row in queries.list_waiting(Narrowed(is_urgent=True)):
                service.open_request(row.id, lead)
        assert "Nobody who waits is like that" in client.get(f"{QUEUE}?words=1&state=new").get_data(as_text=True)
        assert client.get(f"{QUEUE}?hour=never&page=0&state=x").status_code == 200


def test_c7_what_was_only_looked_at_beside_others_is_told_to_the_next_until_it_is_opened_or_ended(
    app: Flask, client: PageClient, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    with time_machine.travel(TUESDAY, tick=False) as travel:
        with within(app, partnership):
            left, opened, unreal = flood(3, "the bus is late")
        travel.shift(timedelta(minutes=25))
        sign_in(client, "lead@larkmoor.example")
        press(client, f"{QUEUE}/together", request=[str(each) for each in (left, opened, unreal)])
        press(client, f"{QUEUE}/{opened}")
        done = press(client, f"{QUEUE}/together/not-real", request=[], unreal=[str(unreal)], reason="Same words")
        assert "1 request was closed as not real" in done
        with within(app, partnership):
            assert queries.unopened([left, opened, unreal]) == [left]
            assert [event.action for event in audit.trail(left)] == ["contact-looked-at"]
    assert deliver_at(app, partnership, post, 38) == [("dora", "1"), ("lead", "1")]
    with within(app, partnership):
        assert queries.told(left, 1) == {team["dora"]}
        with transaction():
            service.close(left, Outcome.NOT_REAL, "Same words", team["lead"])
            service_together.reopen(left, team["lead"])
        with pytest.raises(Refused, match="contact-not_opened"), transaction():
            service_together.close_unreal([left], "not looked at again", team["lead"])
