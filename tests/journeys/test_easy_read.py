"""A15: on a page in easy words the picture stands before the words, and the letters are large."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from engage.core.transaction import transaction
from engage.people import service as people
from tests.factories.surveys import open_survey
from tests.support.answering import SURVEY
from tests.support.apps import within
from tests.support.browser import Live
from tests.support.modes import wear
from tests.support.visits import press

pytestmark = pytest.mark.browser
LEAST_PIXELS = 19
SMALL = """
    [...document.querySelectorAll('main h1, main label, main .engage-q__hint')]
        .filter(each => each.innerText.trim()).map(each => parseFloat(getComputedStyle(each).fontSize))
"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a15_the_picture_stands_before_large_words(window: Page, live: Live, language: str) -> None:
    """A15: left of them, and right of them where one reads from there; 19 pixels are more than 14 points."""
    with within(live.app, live.partnership), transaction():
        people.show_drafts(live.partnership, wanted=True)
    assert isinstance(open_survey(live.app, live.partnership), uuid.UUID)
    window.goto(f"{live}{SURVEY}")
    press(window, "Start")
    wear(window, live.url, "words=easy", language)
    window.reload()
    expect(window.locator("html")).to_have_attribute("lang", language)
    picture = window.locator(".engage-q__pic").first.bounding_box()
    words = window.locator(".engage-q__head h1").first.bounding_box()
    assert picture is not None
    assert words is not None
    if language == "en":
        assert picture["x"] + picture["width"] <= words["x"]
    else:
        assert words["x"] + words["width"] <= picture["x"]
    assert min(window.evaluate(SMALL)) >= LEAST_PIXELS
