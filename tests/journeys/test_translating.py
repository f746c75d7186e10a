"""Translating in a real browser: every page of it, English and Arabic beside each other, wide and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from engage.people.kinds import Role
from tests.factories.surveys import open_survey
from tests.support.browser import Live, assert_accessible, assert_whole
from tests.support.people import PASSWORD, staff
from tests.support.visits import press

pytestmark = pytest.mark.browser
HOME = "/staff/surveys/your-voice/translations"


def test_a1_every_page_of_translating(window: Page, live: Live) -> None:
    """A1, A8: the languages, one language, a screen side by side, a refused one, XLSForm in and out."""
    page = window
    open_survey(live.app, live.partnership)
    staff(live.app, live.partnership, "sam", Role.SURVEY_MANAGER)
    page.goto(f"{live}/staff/sign-in")
    page.get_by_label("Sign-in name").fill("sam")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")
    for address in (HOME, f"{HOME}/ar", f"{HOME}/ar/screens/start", "/staff/xlsform", "/staff/xlsform/your-voice"):
        page.goto(f"{live}{address}")
        assert_whole(page)
    page.goto(f"{live}{HOME}/ar/screens/end")
    box = page.get_by_label("Plain words: Arabic")
    assert box.evaluate("one => getComputedStyle(one).direction") == "rtl"
    box.fill("")
    press(page, "Save and go on")
    expect(page).to_have_title(re.compile("^Error: "))
    assert_accessible(page)
