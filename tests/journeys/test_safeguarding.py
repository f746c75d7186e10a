"""A safeguarding lead and a reader in a real browser: every page and state of triage and reading."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding import receipts, service
from tests.support.apps import within
from tests.support.browser import Live, assert_whole
from tests.support.people import PASSWORD, staff
from tests.support.visits import press
from tests.support.voices import say

pytestmark = pytest.mark.browser
HURT = "My stepdad hits me when mum is at work.\nPlease do not tell him"


def come_in(page: Page, live: Live, name: str, role: Role) -> None:
    staff(live.app, live.partnership, name, role)
    page.goto(f"{live}/staff/sign-in")
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


def hear(live: Live) -> None:
    """A child who is hurt and can be written to, one who only answered, one in Arabic, one about the bus."""
    hurt = say(live.app, live.partnership, HURT)[0]
    with within(live.app, live.partnership):
        receipt = receipts.prepare_receipt(b"s" * 32)
        with transaction():
            receipts.store_receipt(receipt, origin_kind=hurt.origin_kind, origin_id=hurt.origin_id)
            service.raise_low_answer("response", uuid.uuid4(), ["safe_home"], source_key="your-voice", language="en")
    say(live.app, live.partnership, "الحافلة لا تأتي أبدا في الوقت", language="ar")
    say(live.app, live.partnership, "The bus is late")


def test_a1_every_page_of_a_safeguarding_lead(window: Page, live: Live) -> None:
    """A1, A8, A9: nothing waits, flags, one opened, a mistake, decided, and the decision read again."""
    page = window
    come_in(page, live, "lena", Role.SAFEGUARDING_LEAD)
    for address in ("/staff/safeguarding", "/staff/safeguarding/decided"):
        page.goto(f"{live}{address}")
        assert_whole(page)
    hear(live)
    page.goto(f"{live}/staff/safeguarding")
    assert_whole(page)
    page.get_by_role("button", name="Read now").first.click()
    expect(page.get_by_text("Please do not tell him")).to_be_visible()
    assert_whole(page)
    press(page, "Decide")
    expect(page).to_have_title(re.compile("^Error: "))
    assert_whole(page)
    page.get_by_label("Reply: write to this person").check()
    page.get_by_label("Why, and what was done").fill("Rang the front door")
    page.get_by_label("Message to this person").fill("You did right to say this")
    press(page, "Decide")
    expect(page.get_by_text("Decided: Reply")).to_be_visible()
    assert_whole(page)
    page.get_by_role("link", name="Decided", exact=True).click()
    assert_whole(page)
    page.get_by_role("button", name="Open").first.click()
    expect(page.get_by_text("Rang the front door")).to_be_visible()
    assert_whole(page)


def test_a1_every_page_of_a_reader(window: Page, live: Live) -> None:
    """A1, A8, A9: nothing to read, a list, a sheet, one passed on, all read."""
    page = window
    come_in(page, live, "rosa", Role.RESPONDER)
    page.goto(f"{live}/staff/safeguarding")
    assert_whole(page)
    hear(live)
    page.goto(f"{live}/staff/safeguarding/reading")
    assert_whole(page)
    press(page, "Open these 3")
    assert_whole(page)
    page.get_by_role("button", name="Someone may not be safe").first.click()
    expect(page.get_by_role("status").get_by_text("Passed on")).to_be_visible()
    expect(page.get_by_text("Please do not tell him")).not_to_be_visible()
    assert_whole(page)
    page.get_by_role("button", name="Mark all 2 as read", exact=True).click()
    expect(page.get_by_text("2 comments marked as read")).to_be_visible()
    assert_whole(page)


def test_a_reader_needs_no_script(plain_window: Page, live: Live) -> None:
    """A4: a sheet is opened and marked with scripts off."""
    page = plain_window
    hear(live)
    come_in(page, live, "rosa", Role.RESPONDER)
    page.get_by_role("link", name="Safeguarding").click()
    press(page, "Open these 3")
    press(page, "Mark all 3 as read, and open the next")
    expect(page.get_by_text("Every comment has been read")).to_be_visible()
