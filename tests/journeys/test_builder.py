"""A worker makes a survey in a real browser, from nothing to a child's answers; every page is looked at."""

import re

import pytest
from playwright.sync_api import Page, expect

from engage.core.transaction import transaction
from engage.listening.making import service
from engage.people.kinds import Role
from tests.factories.surveys import open_survey
from tests.support.apps import within
from tests.support.browser import (
    Live,
    assert_focus_seen,
    assert_whole,
)
from tests.support.people import PASSWORD, staff
from tests.support.visits import press, tab_to

pytestmark = pytest.mark.browser
MAKE = "/staff/surveys/your-voice/make"


def come_in(page: Page, live: Live) -> None:
    staff(live.app, live.partnership, "maya", Role.SURVEY_MANAGER)
    page.goto(f"{live}/staff/sign-in")
    page.get_by_label("Sign-in name").fill("maya")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


def write(page: Page, name: str, plain: str, easy: str) -> None:
    page.locator(f'[name="{name}.plain"]').fill(plain)
    page.locator(f'[name="{name}.easy"]').fill(easy)


def test_a4_a_survey_from_nothing_is_published_and_answered_by_a_child(plain_window: Page, live: Live) -> None:
    """No script, 320 px: title, two questions, one only for some, a reason, publish, open; then a child answers."""
    page = plain_window
    come_in(page, live)
    page.goto(f"{live}/staff/surveys")
    page.get_by_role("button", name="Make a new survey").or_(page.get_by_role("link", name="Make a new survey")).click()
    page.get_by_label("Title").fill("Play time")
    page.get_by_label("Who is asked").select_option("children")
    page.get_by_label("Youngest age").fill("8")
    page.get_by_label("Oldest age").fill("11")
    press(page, "Make the survey")
    expect(page.get_by_text("Your survey is begun.")).to_be_visible()
    ask(page)
    publish(page)
    page.get_by_label("Last day to answer").fill("2099-01-01")
    page.get_by_label("Day by which we say what we heard").fill("2099-02-01")
    press(page, "Open this survey")
    page.goto(f"{live}/larkmoor/surveys/play-time")
    press(page, "Start")
    page.get_by_label("Yes").check()
    press(page, "Continue")
    assert "What do you like to play?" in page.get_by_role("heading", level=1).inner_text()
    page.locator("textarea").fill("Hide and seek")
    press(page, "Continue")
    press(page, "Continue")
    press(page, "Continue")  # how they answered is asked, and may be left out
    press(page, "Send my answers")
    assert page.url.endswith("/sent")


def ask(page: Page) -> None:
    """Two questions, the second only for some; one removed and brought back; the order changed."""
    page.get_by_role("link", name="Add a question", exact=True).click()
    page.get_by_role("link", name="One answer", exact=True).click()
    write(page, "text", "Do you like to play outside?", "Do you like to play outside?")
    write(page, "options.0.text", "Yes, I do", "Yes")
    write(page, "options.1.text", "No, I do not", "No")
    page.locator("details", has=page.get_by_text("Symbol: none")).first.locator("summary").first.click()
    page.locator('[name="symbol.find"]').fill("tree")
    page.locator('button[value="find:symbol"]').click()
    page.locator('input[name="symbol"]').nth(1).check()
    page.locator("main").get_by_role("button", name="Save", exact=True).last.click()
    page.locator("#q-do_you_like_to_play_outside .engage-make__add").click()
    page.get_by_role("link", name="Own words", exact=True).click()
    write(page, "text", "What do you like to play?", "What do you like to play?")
    page.get_by_text("Who is asked this, and what happens with the answers").click()
    page.get_by_label("Earlier question and answer, line 1").first.select_option(label="Yes, I do")
    page.locator("main").get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Asked only if “Do you like to play outside?” is “Yes, I do”")).to_be_visible()
    page.locator('#q-anything_else form[action$="/remove"] button').click()
    press(page, "Undo the last change")
    for _ in range(2):
        page.locator('#q-anything_else form[action$="/down"] button').click()
    assert page.locator('#q-anything_else form[action$="/down"]').count() == 0


def publish(page: Page) -> None:
    """Through the gate; what it still finds is answered for by name."""
    press(page, "Check and publish")
    for box in page.locator('textarea[name^="reason-"]').all():
        box.fill("We have looked at this together")
    press(page, "Publish")
    expect(page.get_by_text("Not opened yet")).to_be_visible()


def test_a1_every_page_of_the_builder(window: Page, live: Live) -> None:
    """A1, A8, A9: list, forms of every shape, with mistakes, what changes, the gate, the file; dark too."""
    page = window
    open_survey(live.app, live.partnership)
    with within(live.app, live.partnership), transaction():
        service.begin("your-voice", None)
    come_in(page, live)
    pages = ("", "/header", "/scales/safe", "/sections", "/add", "/add/single", "/add/contact", "/questions/tell",
             "/questions/help_good", "/changes", "/publish", "/file", "/discard")  # fmt: skip
    for address in ("/staff/surveys", "/staff/surveys?show=archived", "/staff/surveys/new", *(MAKE + p for p in pages)):
        page.goto(f"{live}{address}")
        page.evaluate(
            "() => [...document.querySelectorAll('main details')].slice(0, 4).forEach(one => one.open = true)"
        )
        assert_whole(page)
    page.emulate_media(color_scheme="dark")
    page.goto(f"{live}{MAKE}/questions/tell")
    page.locator('[name="text.plain"]').fill("")
    page.locator("main").get_by_role("button", name="Save", exact=True).last.click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert_whole(page)
    page.goto(f"{live}{MAKE}/header")
    page.locator('[name="intro.expectation.plain"]').fill("")
    page.locator('[name="intro.expectation.easy"]').fill("")
    page.locator("main").get_by_role("button", name="Save", exact=True).last.click()
    page.goto(f"{live}{MAKE}/publish")
    assert_whole(page)


def test_a1_the_preview_in_every_mode(window: Page, live: Live) -> None:
    """The phone holds the real pages: Arabic from right to left, easy words, large letters; and the way is walked."""
    page = window
    page.set_viewport_size({"width": 1280, "height": 900})
    open_survey(live.app, live.partnership)
    with within(live.app, live.partnership), transaction():
        service.begin("your-voice", None)
    come_in(page, live)
    for mode in ("", "?language=ar", "?words=easy&size=larger", "?pictures=off&theme=contrast"):
        page.goto(f"{live}{MAKE}/preview{mode}")
        page.frame_locator("iframe").locator("h1").wait_for()
        assert_whole(page)
    page.goto(f"{live}{MAKE}/preview?words=easy")
    phone = page.frame_locator("iframe")
    phone.get_by_role("link", name="Start").or_(phone.get_by_role("button", name="Start")).click()
    phone.get_by_role("heading", name="Is home a safe place for you?").wait_for()
    phone.get_by_label("No, never").check()
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_role("heading", name="Is home a safe place for you?")).to_have_count(0)
    phone.get_by_role("link", name="Back").click()
    expect(phone.get_by_label("No, never")).to_be_checked()
    page.get_by_role("link", name="How old are you?").click()
    phone.get_by_role("heading", name="How old are you?").wait_for()


def test_a4_a_question_is_changed_by_keyboard_alone(window: Page, live: Live) -> None:
    page = window
    open_survey(live.app, live.partnership)
    with within(live.app, live.partnership), transaction():
        service.begin("your-voice", None)
    come_in(page, live)
    page.goto(f"{live}{MAKE}")
    tab_to(page, '#q-safe_school form[action$="/up"] button', 60)
    assert_focus_seen(page)
    page.keyboard.press("Enter")
    page.get_by_text("Moved up.").wait_for()
    page.goto(f"{live}{MAKE}/questions/safe_home")
    tab_to(page, '[name="hint.plain"]')
    page.keyboard.type("Think of this week.")
    page.keyboard.press("Tab")
    page.keyboard.type("Think of this week.")
    tab_to(page, ".engage-make__end button", 60)
    assert_focus_seen(page)
    page.keyboard.press("Enter")
    page.get_by_text("Saved.").wait_for()
