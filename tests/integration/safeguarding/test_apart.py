"""C6: a matter about somebody who works here is kept from them and from everybody who manages them, on every way."""

import random
import uuid

import pytest
from flask import Flask

from engage.core.errors import NotFound
from engage.core.transaction import transaction
from engage.people import service as people
from engage.people.kinds import Role
from engage.safeguarding import queries, queries_apart, queries_duty, service, service_apart, service_duty
from engage.safeguarding import service_triage as triage
from engage.safeguarding.kinds import Decision
from engage.voices import queries as heard
from engage.voices.kinds import Channel, Concern
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.pages import hidden, press
from tests.support.people import sign_in, staff
from tests.support.voices import say

LEADS = ("lena", "dora", "dan")
OTHERS = {"rosa": Role.RESPONDER, "ada": Role.ADMINISTRATOR, "abel": Role.ANALYST}
NOTE = "Rang the LADO"


@pytest.fixture
def team(app: Flask, partnership: uuid.UUID) -> dict[str, uuid.UUID]:
    every_room = (Role.SAFEGUARDING_LEAD, Role.ALLEGATIONS_LEAD, Role.WHISTLEBLOWING_LEAD)
    made = {name: staff(app, partnership, name, *every_room) for name in LEADS}
    return made | {name: staff(app, partnership, name, role) for name, role in OTHERS.items()}


def desk(app: Flask, name: str) -> PageClient:
    made = browser_of(app)
    sign_in(made, name)
    return made


def manage(app: Flask, partnership: uuid.UUID, managers: dict[uuid.UUID, uuid.UUID | None]) -> None:
    with within(app, partnership), transaction():
        for account, manager in managers.items():
            people.set_manager(account, manager)


def above(account: uuid.UUID, managers: dict[uuid.UUID, uuid.UUID | None]) -> set[uuid.UUID]:
    """Whoever must not see it, walked step by step: the test's own reckoning."""
    found: set[uuid.UUID] = set()
    at: uuid.UUID | None = account
    while at is not None and at not in found:
        found.add(at)
        at = managers[at]
    return found


def ways_to_see(origin: uuid.UUID, flag: uuid.UUID, voice: uuid.UUID, who: uuid.UUID) -> list[str]:
    """Every way on which a person meets a matter, or is told that it is there."""
    without = queries_apart.hidden_from(who)
    found = [
        ("list", any(matter.worst.origin_id == origin for matter in queries.list_open(99, without=without))),
        ("count", queries.count_open(without=without).matters > 0),
        ("waits", bool(queries.waits(without=without))),
        ("notice", any(who == one.id for step in range(4) for one in service_duty.recipients(step, blocked(origin)))),
        ("reading", voice in {row.id for row in service._still_unread([voice])}),
        ("analysis", bool(heard.texts([voice]))),
    ]
    try:
        triage.open_flag(flag, who)
        found.append(("flag", True))
    except NotFound:
        pass
    return [way for way, is_open in found if is_open]


def blocked(origin: uuid.UUID) -> frozenset[uuid.UUID]:
    return queries_apart.blocked([origin]).get(origin, frozenset())


def test_c6_in_twenty_organisations_nobody_named_and_nobody_above_them_meets_the_matter(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """Chains, circles, two heads, and the designated lead as the subject; with and without an order of deputies."""
    everybody = list(team.values())
    leads = [team[name] for name in LEADS]
    unreachable = 0
    for seed in range(20):
        chance = random.Random(seed)
        managers = {each: chance.choice([None, *(one for one in everybody if one != each)]) for each in everybody}
        manage(app, partnership, managers)
        subject = team["lena"] if seed % 2 else chance.choice(everybody)
        [voice] = say(app, partnership, concern=Concern.RED)
        with within(app, partnership), transaction():
            service_duty.set_order(chance.sample(leads, chance.randint(0, 3)))
            flag = queries.list_open(99)[0].worst.id
            triage.open_flag(flag, team["lena"])
            service_apart.say_whom(flag, [subject], team["lena"])
        out = above(subject, managers)
        # A manager changed afterwards opens nothing, and a new one sees nothing either.
        manage(app, partnership, {subject: (new := chance.choice([one for one in everybody if one != subject]))})
        out |= above(new, managers | {subject: new})
        with within(app, partnership):
            seen = {who: ways_to_see(voice.origin_id, flag, voice.id, who) for who in everybody}
            assert {who for who in everybody if seen[who]} & out == set(), (seed, seen)
            for who in set(leads) - out:
                assert {"list", "count", "waits", "notice", "flag"} <= set(seen[who]) | {"notice"}, seed
            nobody = not set(leads) - out
            unreachable += nobody
            assert any("notice" in seen[who] for who in everybody) or out >= {*leads, team["ada"]}, seed
            assert (service_apart.count_without_anybody(team["ada"]) > 0) >= (nobody and team["ada"] not in out)
            with transaction():
                service_apart.concern("response", voice.origin_id, [])
                matter = queries.matter_of(flag)
                assert matter is not None
                triage.decide(flag, Decision.REFER, NOTE, by=leads[0], seen=[*matter.ids, voice.id])
    assert unreachable, "one of the twenty has nobody left"


def test_c6_whoever_the_words_name_never_meets_them_at_all(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """The designated lead is named in the words: from the first moment it is the deputy's, and no notice goes out."""
    manage(app, partnership, {team["dora"]: team["lena"]})
    with within(app, partnership), transaction():
        service_duty.set_order([team["lena"], team["dora"]])
    [voice] = say(app, partnership, "Mrs Lena hits me", concern=Concern.RED)
    with within(app, partnership):
        flag = queries.list_open(1)[0].worst.id
        assert ways_to_see(voice.origin_id, flag, voice.id, team["lena"]) == []
        assert [one.name for one in service_duty.recipients(0, blocked(voice.origin_id))] == ["Dora"]
    lena, dora = desk(app, "lena"), desk(app, "dora")
    for address in ("/staff/today", "/staff/safeguarding", "/staff/safeguarding/reading"):
        page = lena.get(address).get_data(as_text=True)
        assert str(flag) not in page, address
        assert "thing cannot wait" not in page, address
    assert "1 comment" not in lena.get("/staff/safeguarding/reading").get_data(as_text=True)
    gone = press(lena, f"/staff/safeguarding/flags/{uuid.uuid4()}")
    for door in ("", "/decision", "/about", "/followed-up"):
        answer = press(lena, f"/staff/safeguarding/flags/{flag}{door}", decision="no_concern", note="x", seen=str(flag))
        assert ("Mrs Lena" in answer, answer.count("<h1")) == (False, gone.count("<h1"))
    assert "Mrs Lena hits me" in press(dora, f"/staff/safeguarding/flags/{flag}")


def test_c6_a_flag_that_its_subject_opened_first_counts_as_not_opened(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """Its clock runs on and the next is told: being the first to look keeps a child's words from nobody else."""
    say(app, partnership, concern=Concern.RED)
    with within(app, partnership):
        flag = queries.list_open(9)[0].worst.id
        with transaction():
            triage.open_flag(flag, team["lena"])
            service_apart.say_whom(flag, [team["rosa"]], team["lena"])
        assert queries_duty.waiting(flag) is None, "opened by somebody it is not about"
        with transaction():
            service_apart.say_whom(flag, [team["lena"]], team["lena"])
        assert queries_duty.waiting(flag) is not None
        assert [one.id for one in queries_duty.unopened()] == [flag]


def test_c6_a_lado_decision_keeps_the_words_from_readers_and_analysts_and_has_a_list_of_its_own(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    [voice] = say(app, partnership, "my canary words", concern=Concern.RED)
    rosa, dora, lena = desk(app, "rosa"), desk(app, "dora"), desk(app, "lena")
    with within(app, partnership):
        with transaction():
            service.mark_read([voice.id], team["rosa"])
        assert heard.texts([voice.id])
        flag = queries.list_open(1)[0].worst.id
    address = f"/staff/safeguarding/flags/{flag}"
    page = press(dora, address)
    assert "Is it about somebody with an account here?" in page
    said = press(dora, f"{address}/about", people=[str(team["lena"])])
    assert "see nothing of it. If you have not decided yet, open it again and decide." in said
    page = press(dora, address)
    sent = {"decision": "lado", "note": NOTE, "seen": hidden(page, "seen"), "follow_up": "2099-01-01"}
    assert "Decided: LADO" in press(dora, f"{address}/decision", **sent)
    with within(app, partnership):
        assert heard.texts([voice.id]) == {}, "taken back from analysts"
    assert "canary" not in press(rosa, "/staff/safeguarding/reading/sheet")
    lists = ("decided", "allegations", "whistleblowing")
    shown = {name: str(flag) in dora.get(f"/staff/safeguarding/{name}").get_data(as_text=True) for name in lists}
    assert shown == {"decided": False, "allegations": True, "whistleblowing": False}
    assert [str(flag) in lena.get(f"/staff/safeguarding/{name}").get_data(as_text=True) for name in lists] == [
        False
    ] * 3
    assert "I have looked again" in press(dora, address)
    press(dora, f"{address}/followed-up")
    assert "Somebody has looked again" in press(dora, address)


def test_c6_a_case_about_somebody_is_not_at_its_address_for_them(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    from_case = {"channel": Channel.CASE, "origin_kind": "case", "origin_id": uuid.uuid4(), "source_key": "worry"}
    say(app, partnership, "Miss Rosa shouts", concern=Concern.RED, **from_case)
    with within(app, partnership):
        assert queries_apart.hidden_from(team["rosa"]) == {from_case["origin_id"]}
    assert desk(app, "rosa").get(f"/staff/cases/{from_case['origin_id']}").status_code == 404


def test_c6_where_nobody_is_left_the_administrator_is_told_so_and_nothing_of_it(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    say(app, partnership, "Mr Lena, Mr Dora and Mr Dan took the canary", concern=Concern.RED)
    page = desk(app, "ada").get("/staff/today").get_data(as_text=True)
    assert "A flag waits that nobody here may open" in page
    assert "canary" not in page
    assert "nobody here may open" not in desk(app, "lena").get("/staff/today").get_data(as_text=True)
    with within(app, partnership):
        told = {one.name for one in service_duty.recipients(0, frozenset(team[name] for name in LEADS))}
    assert told == {"Ada"}


def test_k_analysts_do_not_see_what_nobody_has_read(
    app: Flask, partnership: uuid.UUID, team: dict[str, uuid.UUID]
) -> None:
    """Practice rule k: raw text reaches no analyst before a trained person has read it, on any page of theirs."""
    kept = say(app, partnership, "canary one", "canary two", concern=Concern.NONE)
    abel = desk(app, "abel")
    pages = ["/staff/today", "/staff/themes", "/staff/themes/coding", "/staff/results", "/staff/safeguarding/reading"]
    assert [page for page in pages if "canary" in abel.get(page, follow_redirects=True).get_data(as_text=True)] == []
    assert "canary" not in press(abel, "/staff/themes/coding/open")
    with within(app, partnership):
        assert heard.texts([voice.id for voice in kept]) == {}
        assert heard.list_read(9) == []
