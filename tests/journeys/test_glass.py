"""C5 in a real browser, at a phone's width and without script: ask who a case is from, decide, look; for axe."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from engage.core import clock, crypto
from engage.core.transaction import transaction
from engage.listening.casework.kinds import CaseKind, Way
from engage.listening.casework.service_record import Told, record_case
from engage.people import queries
from engage.people.kinds import Role
from engage.safeguarding import receipts, service_apart
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_fits
from tests.support.people import PASSWORD, staff

pytestmark = pytest.mark.browser


@pytest.fixture
def case(live: Live) -> uuid.UUID:
    """A worry of somebody who gave their name and has a code; two safeguarding leads."""
    for name in ("lea", "lou"):
        staff(live.app, live.partnership, name, Role.SAFEGUARDING_LEAD)
    ray = staff(live.app, live.partnership, "ray", Role.RESPONDER)
    told = Told(CaseKind.WORRY, Way.LETTER, clock.today(), "Nobody rang me", name="Robin", reach="07700 900123")
    with within(live.app, live.partnership):
        receipt = receipts.prepare_receipt(crypto.derive(crypto.new_secret(), "receipt:x"))
        with transaction():
            return record_case(told, ray, receipt)


def signed_in(page: Page, live: Live, name: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{live}/staff/sign-in")
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{live}/staff/today")


def test_c5_two_people_open_who_a_case_is_from(live: Live, plain_window: Page, case: uuid.UUID) -> None:
    page = plain_window
    signed_in(page, live, "lea")
    page.goto(f"{live}/staff/cases/{case}")
    page.get_by_role("link", name="Ask to see who it is").click()
    page.get_by_label("Why do you need to know who it is?").fill("She has to be found tonight")
    assert_fits(page)
    page.get_by_role("button", name="Ask to see who it is").click()
    expect(page.get_by_text("Waits for a second person")).to_be_visible()

    signed_in(page, live, "lou")
    page.get_by_role("link", name="Decide").click()
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("link", name="Choose what you decide")).to_be_visible()
    assert_fits(page)
    page.get_by_label("Agree, and tell them through their own code").check()
    page.get_by_label("What they are told, or why they are not told").fill("We looked at your name, to find you.")
    page.get_by_role("button", name="Decide").click()
    expect(page).to_have_url(f"{live}/staff/cases/{case}")
    expect(page.get_by_text("contact details agreed to")).to_be_visible()

    signed_in(page, live, "lea")
    page.goto(f"{live}/staff/cases/{case}/who")
    page.get_by_role("button", name="Open name and contact details").click()
    expect(page.get_by_text("07700 900123")).to_be_visible()
    assert_fits(page)


def test_a1_the_pages_of_a_request_are_accessible(live: Live, window: Page, case: uuid.UUID) -> None:
    signed_in(window, live, "lea")
    window.goto(f"{live}/staff/cases/{case}/who")
    assert_accessible(window)
    window.get_by_role("button", name="Ask to see who it is").click()
    expect(window.get_by_role("link", name="Write why you need to know who it is")).to_be_visible()
    assert_accessible(window)
    window.get_by_label("Why do you need to know who it is?").fill("She has to be found tonight")
    window.get_by_role("button", name="Ask to see who it is").click()
    expect(window.get_by_text("Waits for a second person")).to_be_visible()
    signed_in(window, live, "lou")
    window.goto(f"{live}/staff/cases/{case}/who")
    assert_accessible(window)


def test_c5_where_nobody_can_decide_the_pages_say_who_is_told(live: Live, window: Page, case: uuid.UUID) -> None:
    """A lead is told on the page, and an administrator on Today, of nothing but that it waits."""
    staff(live.app, live.partnership, "ada", Role.ADMINISTRATOR)
    with within(live.app, live.partnership), transaction():
        kept = [one.id for one in queries.list_people(live.partnership) if one.name not in {"Lea", "Ada"}]
        service_apart.concern("case", case, kept)
    signed_in(window, live, "lea")
    window.goto(f"{live}/staff/cases/{case}/who")
    expect(window.get_by_role("heading", name="Nobody else here may decide on it now")).to_be_visible()
    window.get_by_label("Why do you need to know who it is?").fill("She has to be found tonight")
    window.get_by_role("button", name="Ask to see who it is").click()
    expect(window.get_by_text("Waits for a second person")).to_be_visible()
    expect(window.get_by_role("heading", name="Nobody else here may decide on it now")).to_be_visible()
    assert_accessible(window)
    signed_in(window, live, "ada")
    expect(window.get_by_text("A request to see who a case is from waits")).to_be_visible()
    assert_accessible(window)
