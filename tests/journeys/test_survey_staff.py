"""A survey manager in a real browser, every page and state of surveys; and the link a practitioner gets."""

import re

import pytest
from playwright.sync_api import Page, expect

from engage.core.transaction import transaction
from engage.listening.surveys import service
from engage.people.kinds import Role
from tests.factories.surveys import open_survey, ready_made
from tests.support.apps import within
from tests.support.browser import Live, assert_whole
from tests.support.people import PASSWORD, staff
from tests.support.visits import press

pytestmark = pytest.mark.browser
SURVEYS = "/staff/surveys"


def come_in(page: Page, live: Live) -> None:
    staff(live.app, live.partnership, "maya", Role.SURVEY_MANAGER)
    page.goto(f"{live}/staff/sign-in")
    page.get_by_label("Sign-in name").fill("maya")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


def test_a1_every_page_of_a_survey_manager(window: Page, live: Live) -> None:
    """A1, A8, A9: empty and full list, not open, refused, open, closing, closed, preview, card."""
    page = window
    come_in(page, live)
    page.goto(f"{live}{SURVEYS}")
    assert_whole(page)
    page.goto(f"{live}/staff/ready-made/your-voice")
    assert_whole(page)
    press(page, "Use it as it is")
    assert_whole(page)
    page.get_by_label("Last day to answer").fill("2020-01-01")
    press(page, "Open this survey")
    expect(page).to_have_title(re.compile("^Error: "))
    assert_whole(page)
    page.get_by_role("link", name="Assess it").click()
    assert_whole(page)
    for box in page.locator("form.engage-form textarea, #signed_by").all():
        box.fill("As we agreed")
    page.locator("#residual-0").check()
    press(page, "Keep this assessment")
    expect(page.get_by_text("Signed and current")).to_be_visible()
    page.goto(f"{live}{SURVEYS}/your-voice")
    page.get_by_label("Last day to answer").fill("2099-01-01")
    page.get_by_label("Day by which we say what we heard").fill("2099-02-01")
    press(page, "Open this survey")
    expect(page.get_by_text("/larkmoor/surveys/your-voice")).to_be_visible()
    expect(page.get_by_role("button", name="Copy the link")).to_be_visible()
    assert_whole(page)
    for link in ("QR card to print", "See the promise people read first", "Close this survey"):
        page.get_by_role("link", name=link).click()
        assert_whole(page)
        if link != "Close this survey":
            page.go_back()
    press(page, "Close it now")
    expect(page.get_by_text("Open it again")).to_be_visible()
    assert_whole(page)


def test_a_practitioner_answers_staff_voice_from_the_link(plain_window: Page, live: Live) -> None:
    """The same pages, without script, from a link; the words fit a grown-up's work."""
    page = plain_window
    open_survey(live.app, live.partnership, "staff-voice")
    page.goto(f"{live}/larkmoor/surveys/staff-voice?via=link")
    press(page, "Start")
    while "/q/" in page.url:
        skip = page.locator("input[value=rather-not]")
        skip.first.check()
        press(page, "Continue")
    press(page, "Send my answers")
    expect(page.locator("#receipt-words li")).to_have_count(7)  # practitioners have words, not pictures


def test_w12_words_of_a_definition_are_only_words(window: Page, live: Live) -> None:
    """W12: a survey whose words are markup shows them as words, in every place they stand."""
    evil = "<img src=x onerror=alert(1)>{{7*7}}"
    page = window
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    definition = ready_made("your-voice")
    text = definition.title.english(evil)
    first = definition.questions[0].model_copy(update={"text": text, "hint": text})
    asked = definition.model_copy(update={"title": text, "questions": (first, *definition.questions[1:])})
    with within(live.app, live.partnership), transaction():
        service.create_survey("your-voice", asked)
    come_in(page, live)
    for address in (SURVEYS, f"{SURVEYS}/your-voice", f"{SURVEYS}/your-voice/preview", f"{SURVEYS}/your-voice/card"):
        page.goto(f"{live}{address}")
        assert page.get_by_text(evil).count() > 0
    assert alerts == []
