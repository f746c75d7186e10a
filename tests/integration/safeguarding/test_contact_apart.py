"""C6: a request to be contacted that names somebody who works here is kept from them and their line, on every way."""

import random
import uuid

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core import audit, clock, outbox, retention
from engage.core.database import db
from engage.core.errors import NotFound, Refused
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding import queries as flags
from engage.safeguarding import queries_apart, service_apart, service_duty
from engage.safeguarding.contact import keeping, queries, service, service_notices, service_whom
from engage.safeguarding.contact.kinds import Mistaken, Outcome
from engage.safeguarding.contact.service import Details
from engage.safeguarding.models_duty import Concerned
from engage.voices.kinds import Concern
from tests.integration.rights.test_held import export
from tests.integration.safeguarding.test_apart import LEADS, above, blocked, desk, manage, team
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.pages import hidden, press
from tests.support.people import staff
from tests.support.voices import say

__all__ = ["team"]
QUEUE = "/staff/safeguarding/contact"


def ask(about: str, **changed: str) -> uuid.UUID:
    """Somebody asks, inside a partnership; the id of what they asked."""
    before = {row.id for row in queries.list_open()}
    details = Details(**{"name": "Robin Fox", "reach": "07700 900123", "safe": "", "about": about, **changed})
    with transaction():
        service.ask(details, form_key=uuid.uuid4().hex, language="en")
    [made] = {row.id for row in queries.list_open()} - before
    return made


def told_of(request: uuid.UUID) -> set[uuid.UUID]:
    """Whoever a notice of it goes to, at any step."""
    out = blocked(request)
    return {one.id for step in range(4) for one in service_duty.recipients(step, out)}


def ways_to_meet(request: uuid.UUID, who: uuid.UUID) -> set[str]:
    """Every page on which a person meets a request, or is told that it is there; inside a transaction."""
    hidden = queries_apart.hidden_from(who)
    found = {
        "list": request in {row.id for row in queries.list_open(without=hidden)},
        "ended": request in {row.id for row in queries.list_closed(99, without=hidden)},
        "found": request in {found for found, _details in service.find("robin", who)},
    }
    for way, look in (("held", service.held_on), ("open", service.open_request)):
        try:
            look(request, who)
            found[way] = True
        except NotFound:
            found[way] = False
    return {way for way, is_open in found.items() if is_open}


def ask_against(
    app: Flask, partnership: uuid.UUID, chance: random.Random, team: dict[str, uuid.UUID], subject: uuid.UUID
) -> uuid.UUID:
    """A request that names the subject in one of its boxes, under some order of deputies."""
    name = next(name for name, account in team.items() if account == subject)
    with within(app, partnership):
        with transaction():
            service_duty.set_order(chance.sample([team[lead] for lead in LEADS], chance.randint(0, 3)))
        return ask(**({"about": ""} | {chance.choice(["about", "safe", "reach"]): f"not Mr {name} please"}))


def end(app: Flask, partnership: uuid.UUID, request: uuid.UUID, by: uuid.UUID) -> None:
    with within(app, partnership), transaction():
        service.close(request, Outcome.SPOKEN, "Rang", by)


def test_c6_in_twenty_organisations_nobody_named_in_a_request_and_nobody_above_them_meets_it(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """Chains, circles, two heads, the designated lead named; in any box; with and without an order of deputies."""
    everybody, leads = list(team.values()), {team[name] for name in LEADS}
    unreachable = 0
    for seed in range(20):
        chance = random.Random(seed)
        managers = {each: chance.choice([None, *(one for one in everybody if one != each)]) for each in everybody}
        manage(app, partnership, managers)
        subject = team["lena"] if seed % 2 else chance.choice(everybody)
        request = ask_against(app, partnership, chance, team, subject)
        out = above(subject, managers)
        manage(app, partnership, {subject: (new := chance.choice([one for one in everybody if one != subject]))})
        out |= above(new, managers | {subject: new})
        with within(app, partnership), transaction():
            met = {who: ways_to_meet(request, who) for who in everybody}
            assert {who for who in everybody if met[who]} & out == set(), (seed, met)
            assert all({"list", "found", "held", "open"} <= met[who] for who in leads - out), seed
            told = told_of(request)
            assert not told & out, seed
            assert told or out >= {*leads, team["ada"]}, seed
            nobody = leads <= out
            unreachable += nobody
            is_alone = service_apart.count_without_anybody(team["ada"], [request]) > 0
            assert is_alone >= (nobody and team["ada"] not in out), seed
        if not nobody:
            assert told & leads, seed
            end(app, partnership, request, next(iter(leads - out)))
            with within(app, partnership), transaction():
                assert not any(ways_to_meet(request, who) for who in out), seed
    assert unreachable, "one of the twenty has nobody left"


def test_c6_the_pages_of_somebody_named_show_no_request_and_open_none(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    manage(app, partnership, {team["dora"]: team["dan"]})
    with within(app, partnership):
        request = ask("my canary is Miss Dora")
    dora, dan, lena = desk(app, "dora"), desk(app, "dan"), desk(app, "lena")
    address = f"{QUEUE}/{request}"
    for browser in (dora, dan):
        for page in ("/staff/today", QUEUE):
            assert str(request) not in browser.get(page).get_data(as_text=True)
        assert "thing cannot wait" not in browser.get("/staff/today").get_data(as_text=True)
        gone = press(browser, f"{QUEUE}/{uuid.uuid4()}")
        for door in ("", "/outcome"):
            answer = press(browser, f"{address}{door}", outcome="spoken", note="x")
            assert ("canary" in answer, answer.count("<h1")) == (False, gone.count("<h1"))
    assert "1 thing cannot wait" in lena.get("/staff/today").get_data(as_text=True)
    assert "my canary is Miss Dora" in press(lena, address)
    assert "We spoke" in press(lena, f"{address}/outcome", outcome="spoken", note="Rang")
    assert str(request) in lena.get(QUEUE).get_data(as_text=True)
    assert str(request) not in dora.get(QUEUE).get_data(as_text=True)


def test_c6_where_nobody_is_left_the_administrators_are_told_so_and_nothing_of_it(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    with within(app, partnership):
        request = ask("Mr Lena, Mr Dora and Mr Dan took the canary")
        assert [one.name for one in service_duty.recipients(0, blocked(request))] == ["Ada"]
    page = desk(app, "ada").get("/staff/today").get_data(as_text=True)
    assert "Somebody who wants to be contacted waits, and nobody here may open it" in page
    assert "1 thing cannot wait." in page
    assert "canary" not in page
    assert "A flag waits" not in page
    assert "nobody here may open" not in desk(app, "lena").get("/staff/today").get_data(as_text=True)


def test_p4_what_is_held_on_somebody_has_their_requests_for_those_who_may_open_them(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """P4, C6: a safeguarding lead finds them by name or number; a handler of cases does not, nor whoever is named."""
    with within(app, partnership):
        request = ask("Miss Dora shouts", name="Robin Canary")
        ask("", name="Somebody Else", reach="else@larkmoor.example")
        with transaction():
            service.close(request, Outcome.SPOKEN, "Rang at five", team["lena"])
    lena, dora, rosa = desk(app, "lena"), desk(app, "dora"), desk(app, "rosa")
    [piece] = export(lena, "robin canary")
    assert {"Robin Canary", "07700 900123", "We spoke"} <= {fact["value"] for fact in piece["facts"]}
    assert [text["text"] for text in piece["texts"]] == ["Miss Dora shouts", "Rang at five"]
    page: PageClient
    for page in (dora, rosa):
        found = page.submit("/staff/cases/held", {"words": "canary"}).get_data(as_text=True)
        assert "Robin Canary" not in found
        assert press(page, "/staff/cases/held/review", key=f"contact:{request}").count("Rang at five") == 0
    assert "open to safeguarding leads only" in rosa.get("/staff/cases/held").get_data(as_text=True)
    assert "Rosa" not in lena.submit("/staff/cases/held", {"words": "rosa"}).get_data(as_text=True)


def test_c6_what_is_held_on_a_colleague_tells_nobody_that_they_opened_what_is_kept_from_them(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """Requests and flags; somebody of whom neither says anything gets every act."""
    staff(app, partnership, "ruth", Role.RESPONDER)
    dora = desk(app, "dora")
    for about in ("Miss Rosa shouts", "the bus is late"):
        with within(app, partnership):
            request = ask(about)
        press(dora, f"{QUEUE}/{request}")
    for words in ("Miss Rosa hits me", "my dad hits me"):
        say(app, partnership, words, concern=Concern.RED)
    with within(app, partnership):
        flags_open = [matter.worst.id for matter in flags.list_open(9)]
    for flag in flags_open:
        press(dora, f"/staff/safeguarding/flags/{flag}")
    met = {name: acts_on(desk(app, name), "Dora") for name in ("rosa", "ruth")}
    assert met == {"rosa": ["contact-opened", "flag-opened"], "ruth": ["contact-opened"] * 2 + ["flag-opened"] * 2}


def acts_on(client: PageClient, name: str) -> list[str]:
    """What somebody learns of what a colleague opened."""
    [piece] = export(client, name)
    return sorted(fact["value"] for fact in piece["facts"] if fact["value"].endswith("-opened"))


def test_p6_with_an_old_request_goes_whom_it_was_about_and_who_was_told(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    with within(app, partnership):
        with time_machine.travel(clock.now().replace(year=clock.today().year - 2), tick=False):
            old = ask("Miss Dora shouts")
            waits = ask("Mr Dan shouts")
            with transaction():
                service.close(old, Outcome.SPOKEN, "Rang", team["lena"])
        with transaction():
            run = retention.propose((keeping.CONTACTS,), team["ada"])
        with transaction():
            retention.approve(run, team["lena"])
        retention.perform((keeping.CONTACTS,))
        assert queries.get(old) is None
        assert queries.get(waits) is not None, "nobody has closed it: never old"
        assert set(db.session.scalars(sa.select(Concerned.origin_id))) == {waits}


def test_c6_whoever_opens_a_request_says_whom_it_is_about_and_they_see_nothing_of_it(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """Children write first names, which name nobody by themselves; who says it was them loses it and its clock runs."""
    manage(app, partnership, {team["dan"]: team["dora"]})
    with within(app, partnership):
        request = ask("Dan at the home scares me")
    lena, dora, dan = desk(app, "lena"), desk(app, "dora"), desk(app, "dan")
    assert "Is it about somebody with an account here?" in press(dan, f"{QUEUE}/{request}")
    assert "see nothing of it" in press(dan, f"{QUEUE}/{request}/about", people=[str(team["dan"])])
    with within(app, partnership), transaction():
        assert [way for name in ("dan", "dora") for way in ways_to_meet(request, team[name])] == []
        assert told_of(request) == {team["lena"], team["ada"]}
        row = queries.get(request)
        assert row is not None
        assert row.opened_by is None
        due = db.session.scalars(sa.select(outbox.OutboxRow.kind)).all()
        assert set(due) == set(service_notices.NOTICES)
    gone = press(dora, f"{QUEUE}/{uuid.uuid4()}/about", people=[])
    for browser in (dora, dan):
        assert press(browser, f"{QUEUE}/{request}/about", people=[]).count("<h1") == gone.count("<h1")
        assert str(request) not in browser.get(QUEUE).get_data(as_text=True)
    page = press(lena, f"{QUEUE}/{request}")
    assert "Dan at the home scares me" in page
    assert "Kept from whoever it is about" in page


@pytest.mark.parametrize("words", ["", "my mum is sad", "Miss"])
def test_c6_a_request_that_names_nobody_is_open_to_every_lead(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID], words: str
) -> None:
    with within(app, partnership):
        request = ask(words)
    with within(app, partnership), transaction():
        assert all("open" in ways_to_meet(request, team[name]) for name in LEADS)


def test_c6_nobody_makes_a_request_their_own_nor_takes_back_who_was_named(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """A friend of who is named cannot un-name them; naming everybody else leaves the request as it was."""
    with within(app, partnership):
        request = ask("Dan at the home scares me")
        everybody = set(team.values()) - {team["lena"]}
        with pytest.raises(Refused, match="contact-nobody_else"), transaction():
            service_whom.say_whom(request, everybody, team["lena"])
        with transaction():
            assert all("open" in ways_to_meet(request, team[name]) for name in LEADS)
            service_whom.say_whom(request, {team["dan"]}, team["lena"])
        with transaction(), pytest.raises(Refused, match="contact-why_not"):
            service_whom.say_whom(request, set(), team["lena"])
        with transaction():
            assert ways_to_meet(request, team["dan"]) == set()


def test_c6_only_whoever_opened_it_or_is_on_duty_says_whom_a_request_is_about(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """Nobody else who decides can take a request away from the others by a word; nor does the page offer it."""
    lena, dan, third = (team[name] for name in LEADS[:3])
    with within(app, partnership):
        mine, theirs = ask("a"), ask("b")
        with transaction():
            service_duty.set_order([lena])
            service.open_request(mine, third)
            service.open_request(theirs, dan)
        with transaction(), pytest.raises(Refused, match="contact-not_yours"):
            service_whom.say_whom(theirs, [dan], third)
        with transaction():
            service_whom.say_whom(mine, [team["rosa"]], third)
            service_whom.say_whom(theirs, [team["rosa"]], lena)
    browser = desk(app, LEADS[2])
    offered = "It is about somebody who works here"
    assert offered in press(browser, f"{QUEUE}/{mine}")
    assert offered not in press(browser, f"{QUEUE}/{theirs}")


def test_c6_whoever_is_on_duty_takes_back_a_false_match_with_a_reason_that_is_written_down(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """Not whoever only opened it, not without a reason; where the whole order is kept from it, whoever else decides."""
    lena, dan, dora = (team[name] for name in ("lena", "dan", "dora"))
    with within(app, partnership):
        request, about_the_lead = ask("Miss Dora is the puppet"), ask("Miss Lena is the puppet")
        with transaction():
            service_duty.set_order([lena])
            service.open_request(request, dan)
            with pytest.raises(Refused, match="contact-not_on_duty"):
                service_whom.say_whom(request, [], dan, Mistaken.NAMESAKE)
            with pytest.raises(Refused, match="contact-why_not"):
                service_whom.say_whom(request, [], lena)
            assert queries_apart.named_in(request) == {dora}
            service_whom.say_whom(about_the_lead, [], dora, Mistaken.ORDINARY_WORD)
            assert "open" in ways_to_meet(about_the_lead, lena)
    address = f"{QUEUE}/{request}"
    assert "why is it not about them" not in press(desk(app, "dan"), address)
    assert "why is it not about them" in press(desk(app, "lena"), address)
    shown = hidden(press(desk(app, "lena"), address), "shown")
    asked = press(desk(app, "lena"), f"{address}/about", people=[], shown=shown, mistaken="no_reason")
    assert ("Say why it is not about" in asked, "Said." in asked) == (True, False)
    with within(app, partnership), transaction():
        assert ways_to_meet(request, dora) == set()
    shown = hidden(asked, "shown")
    press(desk(app, "lena"), f"{address}/about", people=[], shown=shown, mistaken="namesake")
    with within(app, partnership), transaction():
        assert {"list", "held", "open"} <= ways_to_meet(request, dora)
        [event] = [event for event in audit.trail(request) if event.action == "contact-taken-off"]
        assert (event.actor_id, event.detail) == (lena, {"account": str(dora), "reason": "namesake"})
    assert "No longer kept from somebody" in press(desk(app, "dora"), address)
