"""Every kind of question on a phone and at a desk, and in the looks and languages that somebody may choose, in turn."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from engage.core.database import begin_write
from engage.core.transaction import transaction
from engage.people.models import Partnership
from tests.factories.surveys import open_as_it_is, ready_made, spoken
from tests.journeys.test_kinds import EXAMPLES, pages
from tests.support import modes
from tests.support.answering import question_in
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_fits, assert_fits_twice_as_large, assert_whole
from tests.support.visits import press

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def turns() -> Iterator[tuple[str, str]]:
    return modes.turns()


def begin(page: Page, live: Live, name: str) -> None:
    """The first page of an example that is there in three languages."""
    with within(live.app, live.partnership), transaction():
        begin_write().get_one(Partnership, live.partnership).languages = list(modes.LANGUAGES)
    open_as_it_is(live.app, live.partnership, spoken(ready_made(f"examples/{name}")), name)
    page.goto(f"{live}/larkmoor/surveys/{name}")
    press(page, "Start")


def look_at(page: Page, live: Live, look: str, language: str) -> None:
    """This page again, in that look and language."""
    modes.wear(page, live.url, look, language)
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert_fits(page)
    page.set_viewport_size({"width": 320, "height": 2400})
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})


@pytest.mark.parametrize("name", EXAMPLES)
def test_a1_a8_a9_a17_every_kind(window: Page, live: Live, turns: Iterator[tuple[str, str]], name: str) -> None:
    """A1, A8, A9, A17: axe finds nothing, nothing spills over, nothing is too small to touch, as it is and in one mode
    a page; make drill walks every kind in every mode.
    """
    page = window
    begin(page, live, name)
    for _question in pages(page):
        assert_whole(page, 44)
        assert_fits_twice_as_large(page)
        look_at(page, live, *next(turns))
        modes.wear(page, live.url, "", "en")
        page.reload()
    assert question_in(page.url) in {"check", "how"}
