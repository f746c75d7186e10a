"""A child's page in the modes of the comfort bar: twice as large, large pictures, both; in English and in Arabic."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from engage.core.transaction import transaction
from engage.people import service as people
from tests.factories.surveys import open_as_it_is, open_survey, ready_made
from tests.support.answering import SURVEY
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_easy_to_hit, assert_fits
from tests.support.modes import wear
from tests.support.visits import press

pytestmark = pytest.mark.browser
MODES = (
    "size=double",
    "pictures=large",
    "size=double&pictures=large",
    "size=double&theme=contrast",
    "letters=dyslexic",
)


@pytest.fixture
def survey(live: Live) -> uuid.UUID:
    with within(live.app, live.partnership), transaction():
        people.show_drafts(live.partnership, wanted=True)
    return open_survey(live.app, live.partnership)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320])
def test_a1_a8_a9_the_first_pages_in_every_mode(
    window: Page, live: Live, survey: uuid.UUID, width: int, language: str
) -> None:
    """A1, A8, A9: with letters at 200 % nothing spills over a phone, nothing is small, axe finds nothing."""
    page = window
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live}{SURVEY}")
    press(page, "Start")
    question = page.url
    for mode in MODES:
        wear(page, live.url, mode, language)
        for address in (question, f"{live}{SURVEY}"):
            page.goto(address)
            expect(page.locator("html")).to_have_attribute("lang", language)
            assert_fits(page)
            assert_easy_to_hit(page)
        page.goto(question)
        assert_accessible(page)
        if "double" in mode:
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"


UNBROKEN = """() => [...document.querySelectorAll(
    '.engage-choice__card > span:last-of-type, .engage-slider__ends span, .engage-receipt__words span,'
    + '.engage-record button:not([hidden]) span')].filter(one => {
    const lines = one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight);
    return Math.round(lines) > one.innerText.trim().split(/[ \\u00a0]+/).length; }).map(one => one.innerText)"""
KINDS_THAT_ARE_WIDE = ("pair", "agreement", "ranking", "matrix", "number", "stars", "drawing", "slider", "audio")


@pytest.mark.parametrize("look", ["size=larger", "size=double&letters=dyslexic"])
def test_a8_wide_kinds_fit_a_phone_with_large_letters(window: Page, live: Live, look: str) -> None:
    """A8: letters at 200 % that are wide themselves: nothing spills over, no answer is cut in the middle of a word."""
    page = window
    page.context.add_cookies([{"name": "engage-look", "value": look, "url": live.url}])
    for kind in KINDS_THAT_ARE_WIDE:
        open_as_it_is(live.app, live.partnership, ready_made(f"examples/{kind}"), kind)
        page.goto(f"{live}/larkmoor/surveys/{kind}")
        press(page, "Start")
        assert_fits(page)
        assert page.evaluate(UNBROKEN) == [], kind


def test_a14_large_pictures_stand_beside_the_words(window: Page, live: Live, survey: uuid.UUID) -> None:
    """A14: the drawing grows, and the words of every answer are still there to read."""
    page = window
    page.goto(f"{live}{SURVEY}")
    press(page, "Start")
    size = "document.querySelector('.engage-choice .engage-face').getBoundingClientRect().width"
    before, words = page.evaluate(size), page.locator(".engage-choice label").all_inner_texts()
    page.context.add_cookies([{"name": "engage-look", "value": "pictures=large", "url": live.url}])
    page.reload()
    assert page.evaluate(size) > before
    assert page.locator(".engage-choice label").all_inner_texts() == words


@pytest.mark.parametrize("look", ["", "size=larger"])
def test_n4_picture_words_are_never_cut(window: Page, live: Live, survey: uuid.UUID, look: str) -> None:
    """N4: what is copied down letter by letter stands whole, on a narrow phone and with large letters."""
    page = window
    page.set_viewport_size({"width": 320, "height": 640})
    page.context.add_cookies([{"name": "engage-look", "value": look, "url": live.url}])
    page.goto(f"{live}{SURVEY}")
    press(page, "Start")
    page.get_by_text("Stop and come back later").click()
    page.get_by_role("button", name="Show me my words").click()
    words = page.locator(".engage-receipt__words span")
    expect(words).to_have_count(6)
    for number in range(6):  # one of the longest there are, wherever chance put others
        words.nth(number).evaluate("one => { one.textContent = 'thermometer'; }")
    assert page.evaluate(UNBROKEN) == []
    assert_fits(page)
