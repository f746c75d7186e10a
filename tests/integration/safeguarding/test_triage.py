"""A flag from its raising to its decision: in order of harm, opened by POST, decided once, its time forgotten."""

import re
import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core import audit, clock
from engage.core.database import db
from engage.core.errors import Conflict, NotFound
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding import queries, receipts, service
from engage.safeguarding import service_triage as triage
from engage.safeguarding.kinds import Decision, FlagReason
from engage.safeguarding.models import Flag
from engage.voices import queries as heard
from engage.voices.kinds import Channel, Concern
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.pages import hidden, press
from tests.support.people import sign_in, staff
from tests.support.voices import say

AT = datetime(2026, 11, 24, 16, 28, 17, tzinfo=UTC)
NOTE = "Rang the school; nobody could be found"


@pytest.fixture
def lead(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)


@pytest.fixture
def desk(app: Flask, lead: uuid.UUID) -> PageClient:
    made = browser_of(app)
    sign_in(made, "lena")
    return made


def _flag(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    with within(app, partnership):
        return queries.list_open(1)[0].worst.id


def test_flags_stand_in_order_of_harm_then_of_waiting(app: Flask, partnership: uuid.UUID, desk: PageClient) -> None:
    with time_machine.travel(AT, tick=False) as travel:
        for text, concern in (("a", Concern.AMBER), ("b", Concern.RED), ("c", Concern.NOT_CHECKED), ("d", Concern.RED)):
            say(app, partnership, source_key=text, concern=concern)
            travel.shift(timedelta(minutes=10))
        with within(app, partnership):
            found = [(matter.worst.source_key, matter.worst.level) for matter in queries.list_open(9)]
        assert [source for source, _ in found] == ["b", "d", "c", "a"]
        sign_in(desk, "lena")
        page = desk.get("/staff/safeguarding").get_data(as_text=True)
    assert re.findall(r"<b>(\d+ minutes)</b>", page) == ["28 minutes", "8 minutes", "18 minutes", "38 minutes"]
    assert "Since 16:40" in page
    assert page.count('govuk-button"') == 1, "one thing first"


def test_nobody_waits_since_a_moment_that_is_still_to_come(
    app: Flask, partnership: uuid.UUID, desk: PageClient
) -> None:
    """N9: a flag is told of on the next tick, so its clock begins a few minutes after it was raised."""
    with time_machine.travel(AT, tick=False):
        say(app, partnership, concern=Concern.RED)
        sign_in(desk, "lena")
        page = desk.get("/staff/safeguarding").text
    assert "Just now" in page
    assert "Since" not in page


def test_opening_is_a_post_and_is_written_down(app: Flask, partnership: uuid.UUID, desk: PageClient) -> None:
    say(app, partnership, "my canary words", concern=Concern.RED)
    flag = _flag(app, partnership)
    address = f"/staff/safeguarding/flags/{flag}"
    assert desk.get(address).status_code == 405
    assert "my canary words" not in desk.get("/staff/safeguarding").text
    page = press(desk, address)
    assert "my canary words" in page
    assert "You cannot write to them" in page
    with within(app, partnership):
        events = audit.trail(flag)
        assert [event.action for event in events] == ["flag-opened"]
        assert "canary" not in str([event.detail for event in events])
        assert queries.count_open() == queries.Waiting(1, 0, queries.list_open(1)[0].raised_at)
    assert "Opened by Lena" in desk.get("/staff/safeguarding").text


def test_n3_a_decision_forgets_the_time_and_keeps_the_week(
    app: Flask, partnership: uuid.UUID, desk: PageClient, lead: uuid.UUID
) -> None:
    kept = say(app, partnership, "one", "two", origin_id=uuid.uuid4(), concern=Concern.RED)
    flag = _flag(app, partnership)
    page = press(desk, f"/staff/safeguarding/flags/{flag}")
    answer = press(
        desk, f"/staff/safeguarding/flags/{flag}/decision", decision="refer", note=NOTE, seen=hidden(page, "seen")
    )
    assert "Decided: Refer" in answer
    assert "No flag waits" in answer
    with within(app, partnership):
        row = db.session.scalars(sa.select(Flag)).one()
        assert (row.raised_at, row.decision, row.decided_by) == (None, Decision.REFER, lead)
        assert row.week == clock.iso_week()
        assert NOTE.encode() not in (row.note_sealed or b"")
        assert set(heard.texts([voice.id for voice in kept]).values()) == {"one", "two"}, "read by deciding"
        assert [event.action for event in audit.trail(flag)] == ["flag-opened", "flag-decided"]
    assert "Lena" in desk.get("/staff/safeguarding/decided").text
    assert NOTE in press(desk, f"/staff/safeguarding/flags/{flag}")


def test_a_decision_needs_its_reason(app: Flask, partnership: uuid.UUID, desk: PageClient) -> None:
    say(app, partnership, concern=Concern.NOT_CHECKED)
    flag = _flag(app, partnership)
    answer = press(desk, f"/staff/safeguarding/flags/{flag}/decision", decision="", note=" ", seen=str(flag))
    assert "Choose what you decide" in answer
    assert "Write why, and what was done" in answer
    with within(app, partnership):
        assert queries.count_open().matters == 1


def test_reply_is_not_offered_where_nobody_can_be_reached(app: Flask, partnership: uuid.UUID, desk: PageClient) -> None:
    say(app, partnership, concern=Concern.NOT_CHECKED)
    flag = _flag(app, partnership)
    page = press(desk, f"/staff/safeguarding/flags/{flag}")
    assert 'value="reply"' not in page
    press(desk, f"/staff/safeguarding/flags/{flag}/decision", decision="reply", note=NOTE, seen=str(flag))
    with within(app, partnership):
        assert queries.count_open().matters == 1


def test_the_second_of_two_gets_a_conflict_and_the_first_decision_stands(
    app: Flask, partnership: uuid.UUID, lead: uuid.UUID, desk: PageClient
) -> None:
    voice = say(app, partnership, concern=Concern.NOT_CHECKED)[0]
    flag = _flag(app, partnership)
    with within(app, partnership), transaction():
        triage.decide(flag, Decision.EMERGENCY, "999", by=lead, seen=[flag, voice.id])
    with within(app, partnership), pytest.raises(Conflict), transaction():
        triage.decide(flag, Decision.NO_CONCERN, "fine", by=lead, seen=[flag, voice.id])
    answer = press(desk, f"/staff/safeguarding/flags/{flag}/decision", decision="no_concern", note=NOTE, seen=str(flag))
    assert "Somebody changed this first" in answer
    assert NOTE in answer, "what was typed is not lost"
    assert "Decided: Emergency" in answer
    with within(app, partnership):
        assert db.session.scalars(sa.select(Flag.decision)).one() is Decision.EMERGENCY


def test_a_flag_raised_meanwhile_is_not_decided_unseen(app: Flask, partnership: uuid.UUID, lead: uuid.UUID) -> None:
    voice = say(app, partnership, concern=Concern.NOT_CHECKED)[0]
    flag = _flag(app, partnership)
    with within(app, partnership), transaction():
        service.raise_by_person(voice.origin_kind, voice.origin_id, FlagReason.READER, lead)
    with within(app, partnership), pytest.raises(Conflict), transaction():
        triage.decide(flag, Decision.NO_CONCERN, "fine", by=lead, seen=[flag, voice.id])
    with within(app, partnership):
        matter = queries.list_open(9)[0]
        assert [row.reason for row in matter.flags] == [FlagReason.READER, FlagReason.NOT_CHECKED]
        with transaction():
            triage.decide(flag, Decision.REFER, "seen both", by=lead, seen=[*matter.ids, voice.id])
        assert queries.count_open().matters == 0


def test_words_that_came_meanwhile_do_not_count_as_read(
    app: Flask, partnership: uuid.UUID, lead: uuid.UUID, desk: PageClient
) -> None:
    """Deciding reads what was shown: a further message that screening found harmless still waits for a reader."""
    voice = say(app, partnership, concern=Concern.RED)[0]
    address = f"/staff/safeguarding/flags/{_flag(app, partnership)}"
    sent = {"decision": "no_concern", "note": NOTE, "seen": hidden(press(desk, address), "seen")}
    later = say(app, partnership, "one more thing", concern=Concern.NONE, origin_id=voice.origin_id)[0]
    page = press(desk, f"{address}/decision", **sent)
    assert "Something was added while you were reading" in page
    assert "one more thing" in page
    with within(app, partnership):
        assert heard.texts([voice.id, later.id]) == {}, "no analyst may see what nobody read"
        assert queries.count_open().matters == 1
    press(desk, f"{address}/decision", **{**sent, "seen": hidden(page, "seen")})
    with within(app, partnership):
        assert heard.texts([later.id]) == {later.id: "one more thing"}


def test_a_reply_goes_through_the_receipt(app: Flask, partnership: uuid.UUID, desk: PageClient) -> None:
    voice = say(app, partnership, concern=Concern.NOT_CHECKED)[0]
    with within(app, partnership):
        receipt = receipts.prepare_receipt(b"s" * 32)
        with transaction():
            receipt_id = receipts.store_receipt(receipt, origin_kind=voice.origin_kind, origin_id=voice.origin_id)
            receipts.say(receipt_id, "are you there?", author_id=None)
        seen = [str(each) for each in queries.list_open(1)[0].ids]
    address = f"/staff/safeguarding/flags/{seen[0]}"
    page = press(desk, address)
    assert "You can write to them" in page
    assert "are you there?" in page
    sent = {"decision": "reply", "note": NOTE, "seen": hidden(page, "seen")}
    assert "Write the message" in press(desk, f"{address}/decision", **sent, message=" ")
    assert "Decided: Reply" in press(desk, f"{address}/decision", **sent, message="You matter. Please ring Childline.")
    with within(app, partnership):
        lines = [(line.is_from_person, line.text, line.author) for line in receipts.conversation(receipt_id)]
        assert lines[1] == (False, "You matter. Please ring Childline.", "Lena")


def test_a_flag_of_another_partnership_is_not_there(app: Flask, partnership: uuid.UUID, lead: uuid.UUID) -> None:
    with within(app, partnership), pytest.raises(NotFound), transaction():
        triage.open_flag(uuid.uuid4(), lead)


def test_of_two_at_the_same_moment_one_decides(app: Flask, partnership: uuid.UUID, lead: uuid.UUID) -> None:
    voice = say(app, partnership, concern=Concern.RED)[0]
    flag = _flag(app, partnership)
    start, ended = threading.Barrier(2), []

    def decide(decision: Decision) -> None:
        with within(app, partnership):
            start.wait(10)
            try:
                with transaction():
                    triage.decide(flag, decision, "why", by=lead, seen=[flag, voice.id])
                ended.append(decision)
            except Conflict:
                ended.append(None)

    threads = [threading.Thread(target=decide, args=(each,)) for each in (Decision.REFER, Decision.NO_CONCERN)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ended.count(None) == 1, "a conflict for the other"
    with within(app, partnership):
        assert db.session.scalars(sa.select(Flag.decision)).one() in ended
        assert [event.action for event in audit.trail(flag)] == ["flag-decided"]


def test_a_case_is_not_called_unfindable(app: Flask, partnership: uuid.UUID, desk: PageClient) -> None:
    """Somebody who told us something may have given a name: the page must not say that nobody can be found."""
    say(app, partnership, concern=Concern.RED, channel=Channel.CASE, origin_kind="case", source_key="worry")
    page = press(desk, f"/staff/safeguarding/flags/{_flag(app, partnership)}")
    assert "cannot find out who" not in page
    assert "Open the case" in page
