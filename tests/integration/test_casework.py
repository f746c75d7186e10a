"""Tell us something, and what becomes of it: named or not, clocks, answer by receipt, outcome and learning point."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask

from engage.core import audit
from engage.core.transaction import transaction
from engage.listening.casework import queries, service
from engage.listening.casework.kinds import CaseKind, Outcome
from engage.people import service as people
from engage.people.kinds import AgencyKind, Role
from engage.safeguarding import receipts
from tests.support.answering import send, start, walk, words_on
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.people import sign_in, staff

TELL_US = "/larkmoor/tell-us"
COMPLAINT: dict[str, dict[str, Any]] = {
    "what": {"what": "complaint"},
    "service": {"service": "not-sure"},
    "words": {"words": "Nobody rang me back about the purple form"},
    "hope": {"hope": "Ring me"},
    "who_you_are": {"who_you_are": "child"},
    "named": {"named": "no"},
    "contact": {"contact-name": "Robin", "contact-reach": "07700 900123"},
    "advocate": {"advocate": "yes"},
}
NAMED = {**COMPLAINT, "named": {"named": "yes"}}
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def hub(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    with within(app, partnership), transaction():
        return people.add_service(people.add_agency("Larkmoor Council", AgencyKind.STATUTORY), "Youth hub")


def _tell(client: PageClient, answers: Mapping[str, Mapping[str, Any]] = COMPLAINT) -> list[str]:
    walk(client, start(client, TELL_US), answers)
    assert send(client, TELL_US).status_code == 303
    return words_on(client.get(f"{TELL_US}/sent"))


def _only(app: Flask, partnership: uuid.UUID) -> queries.CaseRow:
    with within(app, partnership):
        [case] = queries.list_cases()
        return case


@pytest.fixture
def handler(app: Flask, partnership: uuid.UUID, hub: uuid.UUID) -> PageClient:
    staff(app, partnership, "rae", Role.RESPONDER)
    browser = app.test_client()
    sign_in(browser, "rae")
    return browser


def test_n3_without_a_name_only_the_week_is_kept(
    app: Flask, client: PageClient, partnership: uuid.UUID, hub: uuid.UUID
) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        _tell(client)
    case = _only(app, partnership)
    assert case.is_anonymous
    assert case.received_on == date(2026, 11, 23)  # the Monday: the clock is never late for the person
    assert case.contact_sealed is None
    with within(app, partnership):
        assert audit.trail(case.id) == []


def test_a_named_case_seals_the_way_to_reach_them(
    app: Flask, client: PageClient, partnership: uuid.UUID, hub: uuid.UUID, handler: PageClient
) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        _tell(client, {**NAMED, "service": {"service": str(hub)}})
    case = _only(app, partnership)
    assert (case.is_anonymous, case.received_on, case.service) == (False, TUESDAY, "Youth hub")
    assert case.wants_advocate == "yes"
    assert case.contact_sealed is not None
    assert b"07700" not in case.contact_sealed
    assert b"Robin" not in case.contact_sealed


def test_somebody_comes_back_and_reads_the_answer(
    app: Flask, client: PageClient, partnership: uuid.UUID, handler: PageClient
) -> None:
    words = _tell(client)
    case = _only(app, partnership)
    page = f"/staff/cases/{case.id}"
    closed = handler.get(page).get_data(as_text=True)
    assert "purple form" not in closed
    opened = handler.submit(page, to=f"{page}/open").get_data(as_text=True)
    assert "purple form" in opened
    handler.submit(page, {"ack-words": "It arrived, thank you."}, to=f"{page}/acknowledge")
    too_soon = handler.submit(page, {"close-outcome": "upheld", "close-learning": "x"}, to=f"{page}/close")
    assert too_soon.status_code == 409
    handler.submit(page, {"answer-words": "We rang nobody back. We are sorry."}, to=f"{page}/answer")
    no_lesson = handler.submit(page, {"close-outcome": "upheld"}, to=f"{page}/close").get_data(as_text=True)
    assert "a complaint always teaches something" in no_lesson
    done = {"close-outcome": "upheld", "close-learning": "Ring back within two days."}
    assert handler.submit(page, done, to=f"{page}/close").status_code == 303
    with within(app, partnership):
        receipt = receipts.find(" ".join(words))
        assert receipt is not None
        lines = [line.text for line in receipts.conversation(receipt.id)]
        assert lines == ["It arrived, thank you.", "We rang nobody back. We are sorry."]
        [row] = queries.list_with_learning()
        assert row.outcome is Outcome.UPHELD
        assert service.learning_of([row]) == {row.id: "Ring back within two days."}
        assert "case-opened" in [event.action for event in audit.trail(case.id)]
    assert "Closed" in handler.get(page).get_data(as_text=True)


def test_sent_twice_is_one_case(app: Flask, client: PageClient, partnership: uuid.UUID, hub: uuid.UUID) -> None:
    walk(client, start(client, TELL_US), COMPLAINT)
    token = token_of(client.get(f"{TELL_US}/check"))
    first = client.post(f"{TELL_US}/send", data={"csrf_token": token})
    again = client.post(f"{TELL_US}/send", data={"csrf_token": token})
    assert (first.status_code, again.status_code) == (303, 303)
    assert _only(app, partnership)


def test_a_worry_is_flagged_at_once(app: Flask, client: PageClient, partnership: uuid.UUID, hub: uuid.UUID) -> None:
    worry = {**COMPLAINT, "what": {"what": "worry"}, "words": {"words": "my friend has a secret"}}
    _tell(client, worry)
    staff(app, partnership, "lea", Role.SAFEGUARDING_LEAD)
    lead = app.test_client()
    sign_in(lead, "lea")
    assert _only(app, partnership).kind is CaseKind.WORRY
    assert "Someone may not be safe" in lead.get("/staff/safeguarding").get_data(as_text=True)


@pytest.mark.parametrize(
    ("received", "acknowledged", "due"),
    [
        (date(2026, 11, 24), None, date(2026, 12, 8)),
        (date(2026, 12, 18), None, date(2027, 1, 6)),  # Christmas, Boxing Day observed, New Year
    ],
)
def test_clocks_count_working_days(
    app: Flask,
    client: PageClient,
    partnership: uuid.UUID,
    hub: uuid.UUID,
    received: date,
    acknowledged: date,
    due: date,
) -> None:
    with time_machine.travel(received, tick=False):
        _tell(client, NAMED)
        clock = service.most_urgent(_only(app, partnership))
    assert clock is not None
    assert clock.due == due


def test_w2_only_those_who_may_see_and_open_cases(
    app: Flask, client: PageClient, partnership: uuid.UUID, hub: uuid.UUID
) -> None:
    _tell(client)
    case = _only(app, partnership)
    for role, seen, opened in (
        (Role.ANALYST, 403, 403),
        (Role.ADMINISTRATOR, 403, 403),
        (Role.SAFEGUARDING_LEAD, 200, 403),
        (Role.RESPONDER, 200, 200),
    ):
        staff(app, partnership, role.value, role)
        browser = app.test_client()
        sign_in(browser, role.value)
        page = f"/staff/cases/{case.id}"
        assert browser.get(page).status_code == seen
        assert browser.get("/staff/cases").status_code == seen
        token = token_of(browser.get("/staff/account"))
        assert browser.post(f"{page}/open", data={"csrf_token": token}).status_code == opened
    assert browser.get(f"/staff/cases/{uuid.uuid4()}").status_code == 404


def test_w12_what_is_said_stays_text(
    app: Flask, client: PageClient, partnership: uuid.UUID, handler: PageClient
) -> None:
    evil = "<script>alert(1)</script>{{7777*7777}}"
    _tell(client, {**COMPLAINT, "words": {"words": evil}})
    case = _only(app, partnership)
    page = handler.submit(f"/staff/cases/{case.id}", to=f"/staff/cases/{case.id}/open").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "{{7777*7777}}" in page
    assert "60481729" not in page
