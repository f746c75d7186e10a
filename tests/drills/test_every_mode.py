"""Every kind of question in every look and language: axe on each, and how many pages that was (A1)."""

import sys

import pytest
from playwright.sync_api import Page

from tests.journeys.test_kinds import EXAMPLES, pages
from tests.journeys.test_kinds_in_modes import begin, look_at
from tests.support import modes
from tests.support.browser import Live

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", EXAMPLES)
def test_a1_every_kind_in_every_mode(window: Page, live: Live, name: str) -> None:
    page, seen = window, 0
    begin(page, live, name)
    for _question in pages(page):
        for look, language in modes.EVERY:
            look_at(page, live, look, language)
            seen += 1
        modes.wear(page, live.url, "", "en")
        page.reload()
    sys.stdout.write(f"{name}: {seen} pages ({len(modes.LOOKS)} looks, {len(modes.LANGUAGES)} languages)\n")
    assert seen
