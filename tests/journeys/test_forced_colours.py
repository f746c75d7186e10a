"""A7: colours forced, more contrast, less motion, dark: what is chosen can still be told from what is not."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.test_kinds import opened
from tests.support.browser import Live
from tests.support.visits import press

pytestmark = pytest.mark.browser

RUNNING = "() => document.getAnimations().filter(one => one.playState === 'running').length"
CHOICES = ("agreement", "faces", "multiple", "pair", "single", "stars")


def picture(page: Page, what: Locator) -> bytes:
    """What somebody sees of it once all is drawn, while neither pointer nor focus is there."""
    page.mouse.move(0, 0)
    page.evaluate("() => { document.activeElement.blur(); return document.fonts.ready.then(() => 1); }")
    last = b""
    for _ in range(20):
        now = what.screenshot(animations="disabled", caret="hide")
        if now == last:
            return now
        last = now
    raise AssertionError("it never stops changing")


@pytest.mark.parametrize("name", CHOICES)
def test_a7_what_is_chosen_is_seen_with_colours_forced(window: Page, live: Live, name: str) -> None:
    page = window
    try:
        page.emulate_media(forced_colors="active", contrast="more", reduced_motion="reduce", color_scheme="dark")
        opened(page, live, name)
        assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
        page.set_viewport_size({"width": 320, "height": 2400})
        first = page.locator("main input[type=radio], main input[type=checkbox]").first
        card = first.locator("xpath=..")
        before = picture(page, card)
        first.check()
        expect(first).to_be_checked()
        assert picture(page, card) != before
        assert page.evaluate(RUNNING) == 0
        press(page, "Continue")
        assert page.evaluate(RUNNING) == 0
    finally:
        page.emulate_media(forced_colors="null", contrast="null", reduced_motion="null", color_scheme="null")
