"""The pages of triage and reading: who may open them, what they show, what they cost."""

import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from engage.core.transaction import transaction
from engage.people import queries as people
from engage.people.kinds import Role
from engage.safeguarding import queries, service
from engage.safeguarding import service_triage as triage
from engage.safeguarding.kinds import Decision
from engage.voices.kinds import Concern
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.pages import press
from tests.support.people import sign_in, staff
from tests.support.queries import count_queries
from tests.support.voices import say

pytestmark = pytest.mark.one_database

READERS = {Role.RESPONDER, Role.SAFEGUARDING_LEAD}
ROOMS = {Role.ALLEGATIONS_LEAD, Role.WHISTLEBLOWING_LEAD}
OPENS = {Role.SAFEGUARDING_LEAD, *ROOMS}
# Address, whether it is posted, and who may use it (W2); "redirect" is fine, a page of somebody else's is not.
DOORS = [
    ("/staff/safeguarding", False, READERS | ROOMS),
    ("/staff/safeguarding/decided", False, {Role.SAFEGUARDING_LEAD}),
    (f"/staff/safeguarding/flags/{uuid.uuid4()}", True, OPENS),
    (f"/staff/safeguarding/flags/{uuid.uuid4()}/decision", True, OPENS),
    ("/staff/safeguarding/allegations", False, {Role.ALLEGATIONS_LEAD}),
    ("/staff/safeguarding/whistleblowing", False, {Role.WHISTLEBLOWING_LEAD}),
    ("/staff/safeguarding/reading", False, READERS),
    ("/staff/safeguarding/reading/sheet", True, READERS),
    ("/staff/safeguarding/reading/marked", True, READERS),
]
XSS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</blockquote></article><svg/onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)//",
    "<!--\u202e--><a href='data:text/html,x'>\x0b y</a>",
    "&lt;b&gt; &amp;amp; &#x3c;script&#x3e;",
]


@pytest.mark.parametrize("role", list(Role))
def test_w2_only_readers_and_the_lead_open_these_pages(app: Flask, partnership: uuid.UUID, role: Role) -> None:
    """An analyst gets 403 on each of them; so does everybody but a responder and the safeguarding lead,
    and, for what went to their room, whoever holds it.
    """
    staff(app, partnership, "somebody", role)
    browser = app.test_client()
    sign_in(browser, "somebody")
    token = token_of(browser.get("/staff/account"))
    for address, is_posted, allowed in DOORS:
        answer = browser.post(address, data={"csrf_token": token}) if is_posted else browser.get(address)
        assert (answer.status_code == 403) == (role not in allowed), (address, role)


def test_w2_nobody_signed_out_sees_them(client: PageClient, partnership: uuid.UUID) -> None:
    for address, is_posted, _ in DOORS:
        answer = client.post(address) if is_posted else client.get(address)
        assert answer.status_code in {303, 400}, address
        assert "Safeguarding" not in answer.get_data(as_text=True)


def test_w12_words_are_inert(app: Flask, partnership: uuid.UUID) -> None:
    staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    kept = say(
        app,
        partnership,
        *XSS,
        origin_id=uuid.uuid4(),
        question_key="<b>x</b>",
        source_key="<i>y</i>",
        concern=Concern.RED,
    )
    browser = app.test_client()
    sign_in(browser, "lena")
    pages = [press(browser, "/staff/safeguarding/reading/sheet"), browser.get("/staff/safeguarding/reading").text]
    listed = browser.get("/staff/safeguarding").text
    flag = listed.split('action="/staff/safeguarding/flags/')[1].split('"')[0]
    pages += [listed, press(browser, f"/staff/safeguarding/flags/{flag}")]
    for page in pages:
        for bad in ("<script>alert", "<img src=x", "<svg/onload", "<a href='data", "<b>x", "<i>y", "49{%"):
            assert bad.lower() not in page.lower()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[0]
    assert "&amp;lt;b&amp;gt;" in pages[3]
    assert len(kept) == len(XSS)


Fill = Callable[[Flask, uuid.UUID, int], None]


def _voices(app: Flask, partnership: uuid.UUID, count: int) -> None:
    for number in range(count):
        say(app, partnership, f"words {number}", question_key=f"q{number}", concern=Concern.RED)


def _low_answers(app: Flask, partnership: uuid.UUID, count: int) -> None:
    with within(app, partnership), transaction():
        for number in range(count):
            service.raise_low_answer("response", uuid.uuid4(), [f"safe{number}"], source_key="your-voice")


def _decided(app: Flask, partnership: uuid.UUID, count: int) -> None:
    _low_answers(app, partnership, count)
    with within(app, partnership):
        lead = people.list_people(partnership)[0].id
        for matter in queries.list_open(count):
            with transaction():
                triage.decide(matter.worst.id, Decision.NO_CONCERN, "fine", by=lead, seen=matter.ids)


@pytest.mark.parametrize(
    ("address", "is_posted", "fill"),
    [
        ("/staff/safeguarding", False, _voices),
        ("/staff/safeguarding", False, _low_answers),
        ("/staff/safeguarding/decided", False, _decided),
        ("/staff/safeguarding/reading", False, _voices),
        ("/staff/safeguarding/reading/sheet", True, _voices),
    ],
)
def test_query_counts_do_not_grow(
    app: Flask, partnership: uuid.UUID, address: str, is_posted: bool, fill: Fill
) -> None:
    staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    browser = app.test_client()
    sign_in(browser, "lena")
    token = token_of(browser.get("/staff/account"))
    counts = []
    for more in (1, 19):
        fill(app, partnership, more)
        with count_queries(app) as counted:
            answer = browser.post(address, data={"csrf_token": token}) if is_posted else browser.get(address)
        assert answer.status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1] > 3


def test_a_flags_page_costs_the_same_for_one_comment_and_twenty(app: Flask, partnership: uuid.UUID) -> None:
    staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    browser = app.test_client()
    sign_in(browser, "lena")
    token = token_of(browser.get("/staff/account"))
    counts = []
    for number in (1, 20):
        voice = say(app, partnership, *["words"] * number, concern=Concern.RED, origin_id=uuid.uuid4())[0]
        with within(app, partnership):
            found = {matter.worst.origin_id: matter.worst.id for matter in queries.list_open(9)}
        with count_queries(app) as counted:
            address = f"/staff/safeguarding/flags/{found[voice.origin_id]}"
            assert browser.post(address, data={"csrf_token": token}).text.count("<blockquote") == number
        counts.append(len(counted))
    assert counts[0] == counts[1]
