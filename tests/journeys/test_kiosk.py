"""A shared tablet in a real browser: it asks whether somebody is still there, and clears itself."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from engage.core import clock, database
from engage.listening.kiosk import service
from tests.factories.surveys import open_survey
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_easy_to_hit, assert_fits, pass_time
from tests.support.visits import press

pytestmark = pytest.mark.browser


@pytest.fixture
def tablet(live: Live) -> str:
    open_survey(live.app, live.partnership)
    with within(live.app, live.partnership):
        found: uuid.UUID = service.set_up("your-voice", "Hall", clock.in_days(3), works_offline=False)
        database.end_write(commit=True)
    return f"{live}/larkmoor/tablet/{found}"


def test_a_tablet_left_alone_asks_then_clears_itself(window: Page, tablet: str) -> None:
    """A19 for a shared device: a warning, one press to stay, and only then is it cleared."""
    page = window
    page.clock.install()
    page.goto(tablet)
    assert_accessible(page)
    assert_easy_to_hit(page)
    page.get_by_role("link", name="Start").click()
    press(page, "Start")
    assert page.get_by_role("button", name="Stop and come back later").count() == 0
    page.get_by_label("Mostly safe").check()
    pass_time(page, 140)
    asks = page.get_by_role("alertdialog")
    expect(asks).not_to_be_visible()
    pass_time(page, 12)
    expect(asks).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    assert page.evaluate("document.activeElement.textContent") == "I am still here"
    page.keyboard.press("Enter")
    expect(asks).not_to_be_visible()
    expect(page.get_by_label("Mostly safe")).to_be_checked()
    pass_time(page, 151)
    pass_time(page, 31)
    page.wait_for_url(tablet)
    page.go_back()
    expect(page.get_by_label("Mostly safe")).to_have_count(0)
