"""How people come, in a real browser: every staff page and state, and a child with a card, a slip and no script."""

import re

import pytest
from playwright.sync_api import Page, expect

from engage.core.transaction import transaction
from engage.listening.invited import queries
from engage.listening.invited import service as invited
from engage.listening.surveys import queries as surveys
from engage.people.kinds import Role
from engage.rules import codes
from tests.factories.codes import survey_with_codes
from tests.support.answering import SURVEY
from tests.support.apps import within
from tests.support.browser import Live, assert_whole
from tests.support.people import PASSWORD, staff
from tests.support.visits import press

pytestmark = pytest.mark.browser
STAFF = "/staff/surveys/your-voice"


def come_in(page: Page, live: Live) -> None:
    staff(live.app, live.partnership, "maya", *Role)
    page.goto(f"{live}/staff/sign-in")
    page.get_by_label("Sign-in name").fill("maya")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


def test_a1_every_staff_page_of_reach(window: Page, live: Live) -> None:
    """A1, A8, A9: cards made, stopped and refused, days, ways in, the list of the invited, a paper with a mistake."""
    page = window
    survey_with_codes(live.app, live.partnership)
    come_in(page, live)
    page.goto(f"{live}{STAFF}")
    expect(page.get_by_text("Only people with a code from a card, once each.")).to_be_visible()
    expect(page.get_by_text("Anybody who has this link can answer")).to_have_count(0)
    page.goto(f"{live}{STAFF}/reach")
    assert_whole(page)
    press(page, "Make the cards")
    expect(page).to_have_title(re.compile("^Error: "))
    assert_whole(page)
    page.goto(f"{live}{STAFF}/invited")
    assert_whole(page)
    page.get_by_label("Add addresses, one a line").fill("nobody")
    press(page, "Add them")
    assert_whole(page)
    page.get_by_label("Add addresses, one a line").fill("Youth Centre, hello@youth.example")
    press(page, "Add them")
    assert_whole(page)
    page.goto(f"{live}/staff/paper")
    assert_whole(page)
    page.get_by_role("link", name="Your voice").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Type in a paper")
    assert_whole(page)
    press(page, "Take it in and go to the next")
    expect(page).to_have_title(re.compile("^Error: "))
    assert_whole(page)


def test_a4_a_child_with_a_card(plain_window: Page, live: Live) -> None:
    """Without scripts: no code, a slip, then the code as a child types it."""
    page = plain_window
    code = survey_with_codes(live.app, live.partnership)[0]
    page.goto(f"{live}{SURVEY}")
    press(page, "Start")
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_label("The code from your card").fill(codes.draw())
    press(page, "Start")
    expect(page.get_by_text("Look at each letter and number again")).to_be_visible()
    page.get_by_label("The code from your card").fill(codes.shown(code).lower())
    press(page, "Start")
    assert "/q/" in page.url


def test_a1_the_page_that_asks_for_a_code(window: Page, live: Live) -> None:
    page = window
    survey_with_codes(live.app, live.partnership)
    page.goto(f"{live}{SURVEY}?code=CDF347HJKM")
    assert_whole(page, 44)
    press(page, "Start")
    assert_whole(page, 44)


def test_a1_the_page_that_ends_reminders(window: Page, live: Live) -> None:
    page = window
    survey_with_codes(live.app, live.partnership)
    with within(live.app, live.partnership), transaction():
        row = surveys.get_survey("your-voice")
        assert row is not None
        invited.invite(row.id, [("", "a@b.example")])
        to = queries.list_invited(row.id)[0].id
        link = f"{live}/larkmoor/reminders/{to}/{invited.token_of(to)}"
    page.goto(link)
    assert_whole(page, 44)
    press(page, "Stop reminding me")
    assert_whole(page, 44)
