"""C6: what went to the LADO and what went to whistleblowing are read by different people, and by nobody else."""

import uuid

import pytest
from flask import Flask

from engage.core import clock, crypto
from engage.core.errors import NotFound
from engage.core.transaction import transaction
from engage.people import service as people
from engage.people.kinds import Role
from engage.safeguarding import jobs, queries, queries_rooms, receipts, service_apart, service_duty
from engage.safeguarding import service_triage as triage
from engage.safeguarding.kinds import APART, Decision
from engage.voices import queries as heard
from engage.voices.kinds import Concern
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.pages import hidden, press
from tests.support.people import sign_in, staff
from tests.support.voices import say

ROLES = {
    "lena": (Role.SAFEGUARDING_LEAD,),
    "olga": (Role.ALLEGATIONS_LEAD,),
    "wim": (Role.WHISTLEBLOWING_LEAD,),
    "both": (Role.ALLEGATIONS_LEAD, Role.WHISTLEBLOWING_LEAD, Role.SAFEGUARDING_LEAD),
    "rosa": (Role.RESPONDER,),
    "abel": (Role.ANALYST,),
    "ada": (Role.ADMINISTRATOR,),
}
READERS = {Decision.LADO: {"olga", "both"}, Decision.WHISTLEBLOWING: {"wim", "both"}}
ROOMS = {Decision.LADO: "allegations", Decision.WHISTLEBLOWING: "whistleblowing"}


@pytest.fixture
def team(app: Flask, partnership: uuid.UUID) -> dict[str, uuid.UUID]:
    return {name: staff(app, partnership, name, *roles) for name, roles in ROLES.items()}


def desk(app: Flask, name: str) -> PageClient:
    made = browser_of(app)
    sign_in(made, name)
    return made


def decided(app: Flask, partnership: uuid.UUID, by: uuid.UUID, made: Decision, words: str) -> tuple[uuid.UUID, ...]:
    """A flag with this decision, and what it is on."""
    [voice] = say(app, partnership, words, concern=Concern.RED)
    with within(app, partnership), transaction():
        flag = queries.list_open(9)[0].worst.id
        triage.decide(flag, made, "Rang", by=by, seen=[flag, voice.id])
    return flag, voice.origin_id, voice.id


def opens(app: Flask, partnership: uuid.UUID, flag: uuid.UUID, team: dict[str, uuid.UUID]) -> set[str]:
    """Who opens a flag at the service."""
    found = set()
    for name, account in team.items():
        with within(app, partnership), transaction():
            try:
                triage.open_flag(flag, account)
            except NotFound:
                continue
            found.add(name)
    return found


@pytest.mark.parametrize("made", sorted(APART))
def test_c6_who_reads_allegations_and_who_reads_whistleblowing_are_different_people(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], made: Decision
) -> None:
    """Not even the lead who sent it there: on the page of the flag, on the lists, on Today."""
    flag, *_ = decided(app, partnership, team["lena"], made, "canary of a room")
    assert opens(app, partnership, flag, team) == READERS[made]
    for name in ("lena", "olga", "wim"):
        client = desk(app, name)
        shown = {room for room in ROOMS.values() if str(flag) in _page(client, f"/staff/safeguarding/{room}")}
        assert shown == ({ROOMS[made]} if name in READERS[made] else set()), name
        assert str(flag) not in _page(client, "/staff/safeguarding/decided"), name
        assert ("canary of a room" in press(client, f"/staff/safeguarding/flags/{flag}")) == (name in READERS[made])
        for door in ("decision", "about", "followed-up"):
            answer = press(client, f"/staff/safeguarding/flags/{flag}/{door}", decision="no_concern", note="x")
            assert name in READERS[made] or "canary of a room" not in answer, (name, door)


def test_c6_a_new_flag_on_what_went_to_a_room_shows_its_words_to_no_lead(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """It stands in the room, is told to whoever reads there, and deciding on it gives nothing to readers."""
    _, origin, first = decided(app, partnership, team["lena"], Decision.LADO, "canary of the first day")
    [later] = say(app, partnership, "canary of the second day", concern=Concern.RED, origin_id=origin)
    with within(app, partnership):
        seen = {name: queries_rooms.seen_by(account) for name, account in team.items()}
        lists = {name: queries.list_open(9, without=each.without, only=each.only) for name, each in seen.items()}
        flag = lists["both"][0].worst.id
        assert {name for name, matters in lists.items() if matters} == {"olga", "both"}
        readers = queries_rooms.keepers(origin)
        told = {who.name for step in (0, 1) for who in service_duty.recipients(step, frozenset(), readers)}
        assert told == {"Olga", "Both"}
    assert opens(app, partnership, flag, team) == {"olga", "both"}
    olga, lena, wim = desk(app, "olga"), desk(app, "lena"), desk(app, "wim")
    for address in ("/staff/today", "/staff/safeguarding", "/staff/safeguarding/reading"):
        assert str(flag) not in _page(lena, address) + _page(wim, address), address
    assert str(flag) in _page(olga, "/staff/today")
    assert str(flag) in _page(olga, "/staff/safeguarding")
    page = press(olga, f"/staff/safeguarding/flags/{flag}")
    assert "canary of the second day" in page
    sent = {"decision": "no_concern", "note": "x", "seen": hidden(page, "seen"), "follow_up": ""}
    press(olga, f"/staff/safeguarding/flags/{flag}/decision", **sent)
    with within(app, partnership):
        assert heard.texts([first, later.id]) == {}, "analysts see none of it"
        assert queries.count_open().matters == 0
    assert opens(app, partnership, flag, team) == {"olga", "both"}
    assert str(flag) not in _page(lena, "/staff/safeguarding/decided")


def test_c6_what_somebody_adds_to_what_is_kept_apart_is_read_though_nothing_was_seen_in_it(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """No reader meets it there: it becomes a flag for whoever reads in the room."""
    _, origin, _ = decided(app, partnership, team["lena"], Decision.WHISTLEBLOWING, "the books are wrong")
    with within(app, partnership):
        made = receipts.prepare_receipt(crypto.derive(crypto.new_secret(), "receipt:x"))
        with transaction():
            receipt = receipts.store_receipt(made, origin_kind="response", origin_id=origin)
            receipts.say(receipt, "I have the second page here", author_id=None)
        only = queries_rooms.seen_by(team["wim"])
        [matter] = queries.list_open(9, without=only.without, only=only.only)
    assert "I have the second page here" in press(desk(app, "wim"), f"/staff/safeguarding/flags/{matter.worst.id}")
    assert "nobody else reads it" in _page(desk(app, "wim"), "/staff/today")


def test_c6_a_room_that_nobody_reads_is_said_to_the_administrators_and_to_whoever_decides(
    app: Flask, partnership: uuid.UUID
) -> None:
    lena = staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    ada = staff(app, partnership, "ada", Role.ADMINISTRATOR)
    say(app, partnership, "canary", concern=Concern.RED)
    with within(app, partnership):
        flag = queries.list_open(1)[0].worst.id
    page = press(desk(app, "lena"), f"/staff/safeguarding/flags/{flag}")
    assert "Whistleblowing: nobody here reads there yet" in page
    sent = {"decision": "lado", "note": "x", "seen": hidden(page, "seen"), "follow_up": ""}
    assert "they are told" in press(desk(app, "lena"), f"/staff/safeguarding/flags/{flag}/decision", **sent)
    today = _page(desk(app, "ada"), "/staff/today")
    assert ("Nobody here reads what went to LADO" in today, "Whistleblowing" in today) == (True, False)
    with within(app, partnership), transaction():
        assert service_apart.rooms_without_anybody(ada) == [Decision.LADO]
        people.set_roles(lena, [Role.ALLEGATIONS_LEAD])
        assert service_apart.rooms_without_anybody(ada) == []
    assert "Nobody here reads" not in _page(desk(app, "ada"), "/staff/today")


def test_c6_whoever_reads_in_a_room_is_told_and_whoever_it_names_is_not(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("engage.safeguarding.notices.reaches", lambda _who: True)
    monkeypatch.setattr("engage.safeguarding.notices.send", lambda who, *_: told.append(who.name) or True)
    flag, *_ = decided(app, partnership, team["lena"], Decision.LADO, "Mr Olga hit me")
    with within(app, partnership):
        jobs.tell_the_room(flag)
    assert told == ["Both"]
    told.clear()
    with within(app, partnership), transaction():
        people.set_roles(team["both"], [Role.VIEWER])
    with within(app, partnership):
        jobs.tell_the_room(flag)
    assert told == ["Ada"], "nobody is left who may read it"


def test_c6_a_day_to_look_again_goes_to_whoever_reads_in_the_room(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("engage.safeguarding.notices.reaches", lambda _who: True)
    monkeypatch.setattr("engage.safeguarding.notices.send", lambda who, *_: told.append(who.name) or True)
    flag, *_ = decided(app, partnership, team["lena"], Decision.LADO, "canary")
    with within(app, partnership), transaction():
        service_duty.set_follow_up(flag, clock.today())
    with within(app, partnership):
        jobs.tell_the_decider(flag)
    assert sorted(told) == ["Both", "Olga"]
    pages = {name: str(flag) in _page(desk(app, name), "/staff/today") for name in ("lena", "olga", "wim", "both")}
    assert pages == {"lena": False, "olga": True, "wim": False, "both": True}


def _page(client: PageClient, address: str) -> str:
    return client.get(address, follow_redirects=True).get_data(as_text=True)
