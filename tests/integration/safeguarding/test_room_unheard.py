"""C6, C7: a child in danger is heard where nobody reads in the room a matter went to, and nothing else is shown."""

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.adapters.mail import MemoryMail
from engage.adapters.media.kinds import File
from engage.core import clock, crypto
from engage.core.database import begin_write
from engage.core.errors import NotFound
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding import jobs, queries, queries_rooms, receipts, service_apart, service_duty, service_files
from engage.safeguarding import service as safeguarding
from engage.safeguarding import service_triage as triage
from engage.safeguarding.kinds import APART, Decision
from engage.safeguarding.models_duty import Alert
from engage.voices import files
from engage.voices import queries as heard
from engage.voices.kinds import Concern
from tests.integration.safeguarding.test_rooms import decided, desk, opens
from tests.support.apps import within
from tests.support.notices import post, who
from tests.support.pages import hidden, press
from tests.support.people import staff
from tests.support.voices import say

__all__ = ["post"]
BEFORE, NEW = "canary of the first day", "he will kill me tonight"
ROLES = {
    "lena": (Role.SAFEGUARDING_LEAD,),
    "ada": (Role.ADMINISTRATOR,),
    "rosa": (Role.RESPONDER,),
    "abel": (Role.ANALYST,),
}


@pytest.fixture
def team(app: Flask, partnership: uuid.UUID) -> dict[str, uuid.UUID]:
    """Nobody holds a room."""
    return {name: staff(app, partnership, f"{name}@larkmoor.example", *roles) for name, roles in ROLES.items()}


def keeper(app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]) -> uuid.UUID:
    team["olga"] = staff(app, partnership, "olga@larkmoor.example", Role.ALLEGATIONS_LEAD)
    return team["olga"]


def new_on(app: Flask, partnership: uuid.UUID, origin: uuid.UUID, concern: Concern = Concern.RED) -> uuid.UUID:
    """More words come to a matter: the flag that waits."""
    say(app, partnership, NEW, concern=concern, origin_id=origin)
    with within(app, partnership):
        [matter] = [each for each in queries.list_open(9) if each.worst.origin_id == origin]
        return matter.worst.id


def told(app: Flask, partnership: uuid.UUID, post: MemoryMail, flag: uuid.UUID, step: int) -> set[str]:
    """Who is written to at a step."""
    post.sent.clear()
    with within(app, partnership):
        with transaction():
            alert = uuid.uuid4()
            begin_write().execute(sa.insert(Alert).values(id=alert, flag_id=flag, step=step))
        jobs.tell_the_next(alert)
    return set(who(post))


@pytest.mark.parametrize("made", sorted(APART))
def test_c6_c7_where_nobody_holds_the_room_whoever_decides_is_told_and_opens_what_is_new_only(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail, made: Decision
) -> None:
    first, origin, _ = decided(app, partnership, team["lena"], made, BEFORE)
    with within(app, partnership), transaction():
        receipt = receipts.store_receipt(
            receipts.prepare_receipt(crypto.derive(crypto.new_secret(), "receipt:x")),
            origin_kind="response",
            origin_id=origin,
        )
        receipts.say(receipt, "canary of a message", author_id=team["lena"])
        service_apart.concern("response", origin, [team["rosa"]])
    flag = new_on(app, partnership, origin)
    assert told(app, partnership, post, flag, 1) == {"lena", "ada"}
    assert opens(app, partnership, flag, team) == {"lena"}
    assert opens(app, partnership, first, team) == set()
    lena = desk(app, "lena@larkmoor.example")
    for address in ("/staff/today", "/staff/safeguarding"):
        assert str(flag) in lena.get(address).get_data(as_text=True), address
    page = press(lena, f"/staff/safeguarding/flags/{flag}")
    assert (NEW in page, BEFORE in page, "canary of a message" in page) == (True, False, False)
    assert "It is about somebody who works here" not in page, "the form says who was named before"
    with within(app, partnership), transaction(), pytest.raises(NotFound):
        service_apart.say_whom(flag, [], team["lena"])
    sent = {"decision": "emergency", "note": "x", "seen": hidden(page, "seen"), "follow_up": ""}
    press(lena, f"/staff/safeguarding/flags/{flag}/decision", **sent)
    with within(app, partnership):
        assert queries.count_open().matters == 0
        assert heard.texts([row.id for row in heard.list_of_origin("response", origin)]) == {}
    assert opens(app, partnership, flag, team) == set(), "decided, it stays with the room"
    listed = lena.get("/staff/safeguarding/decided").get_data(as_text=True)
    assert [str(each) in listed for each in (first, flag)] == [False, False]


def test_c6_c7_whoever_the_matter_names_does_not_open_what_is_new_of_it(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    team["dan"] = staff(app, partnership, "dan@larkmoor.example", Role.SAFEGUARDING_LEAD)
    keeper(app, partnership, team)
    _, origin, _ = decided(app, partnership, team["lena"], Decision.LADO, BEFORE)
    with within(app, partnership), transaction():
        service_apart.concern("response", origin, [team["olga"], team["dan"]])
    flag = new_on(app, partnership, origin)
    assert opens(app, partnership, flag, team) == {"lena"}, "the only keeper is named, and so is a lead"
    with within(app, partnership):
        assert service_apart.count_without_anybody(team["ada"]) == 0
        seen = queries_rooms.seen_by(team["dan"])
        assert queries.list_open(9, without=seen.without_new) == []


@pytest.mark.parametrize(
    ("concern", "is_heard"), [(Concern.RED, True), (Concern.NOT_CHECKED, True), (Concern.AMBER, False)]
)
def test_c6_c7_a_grave_flag_that_no_keeper_opened_goes_to_whoever_decides_at_the_last_step(
    app: Flask,
    partnership: uuid.UUID,
    team: dict[str, uuid.UUID],
    post: MemoryMail,
    concern: Concern,
    is_heard: bool,
) -> None:
    """The only keeper is on leave."""
    keeper(app, partnership, team)
    first, origin, _ = decided(app, partnership, team["lena"], Decision.LADO, BEFORE)
    flag = new_on(app, partnership, origin, concern)
    assert told(app, partnership, post, flag, 2) == {"olga"}
    with within(app, partnership):
        assert queries_rooms.unheard() == frozenset()
        assert not queries_rooms.may_open_new(origin, None, team["lena"])
    assert told(app, partnership, post, flag, 3) == {"olga", "ada"} | ({"lena"} if is_heard else set())
    with within(app, partnership), transaction():
        seen = queries_rooms.seen_by(team["lena"])
        assert bool(queries.list_open(9, without=seen.without_new)) is is_heard
        opened = triage.open_flag(flag, team["olga"])
        assert [text for _, text in opened.said if text == BEFORE], "the keeper sees all of it"
    assert opens(app, partnership, flag, team) == {"olga"} | ({"lena"} if is_heard else set())
    assert opens(app, partnership, first, team) == {"olga"}


def test_c6_of_files_whoever_decides_opens_those_that_came_with_new_words(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """What somebody recorded is their words."""
    _, origin, old = decided(app, partnership, team["lena"], Decision.LADO, BEFORE)
    flag = new_on(app, partnership, origin)
    with within(app, partnership), transaction():
        [new] = [row.id for row in heard.list_of_origin("response", origin) if row.id != old]
        for voice in (old, new):
            files.store(voice, [files.prepare(File("audio/webm", voice.bytes))])
        said = [row.id for row, _ in triage.open_flag(flag, team["lena"]).said]
        assert said == [new]
        tickets = service_files.hand_out([old, new], team["lena"])
        assert service_files.open_file(tickets[new][0].token, team["lena"]).data == new.bytes
        with pytest.raises(NotFound):
            service_files.open_file(tickets[old][0].token, team["lena"])


def test_c6_a_day_to_look_again_is_told_to_the_administrators_where_nobody_can_be_told(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], post: MemoryMail
) -> None:
    """Nobody holds the room; or whoever holds it has no address."""
    flag, *_ = decided(app, partnership, team["lena"], Decision.LADO, BEFORE)
    with within(app, partnership):
        with transaction():
            service_duty.set_follow_up(flag, clock.today())
        jobs.tell_the_decider(flag)
        assert who(post) == ["ada"]
        team["olga"] = staff(app, partnership, "olga", Role.ALLEGATIONS_LEAD)
        jobs.tell_the_decider(flag)
        assert who(post) == ["ada"]


def test_c6_words_that_a_keeper_decided_on_are_not_new_to_whoever_hears_the_next(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    olga = keeper(app, partnership, team)
    _, origin, _ = decided(app, partnership, team["lena"], Decision.LADO, BEFORE)
    say(app, partnership, "canary of the second day", concern=Concern.RED, origin_id=origin)
    with within(app, partnership), transaction():
        [matter] = queries.list_open(9)
        unread = [row.id for row in heard.list_of_origin("response", origin)]
        triage.decide(matter.worst.id, Decision.REFER, "x", by=olga, seen=[*matter.ids, *unread])
        service_apart.concern("response", origin, [olga])
        safeguarding.raise_low_answer("response", origin, ["safe"])
        [without_words] = queries.list_open(9)
    page = press(desk(app, "lena@larkmoor.example"), f"/staff/safeguarding/flags/{without_words.worst.id}")
    assert ("You see what is new" in page, "wrote nothing" in page) == (True, False)
    flag = new_on(app, partnership, origin)
    with within(app, partnership), transaction():
        assert [text for _, text in triage.open_flag(flag, team["lena"]).said] == [NEW]
