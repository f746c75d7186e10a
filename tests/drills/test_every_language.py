"""Every page of staff in each of its languages and widths, and the public pages in every language and look (A1, A8)."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from engage.core import languages
from engage.core.database import begin_write
from engage.core.transaction import transaction
from engage.desk import help as help_now
from engage.people.models import Partnership
from tests.factories.surveys import open_survey
from tests.journeys.test_languages import PUBLIC, come_in
from tests.support import modes
from tests.support.answering import SURVEY
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_fits
from tests.support.whole import pages_of, whole_place

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", languages.complete_codes())
def test_a1_every_page_of_staff_at_every_width(window: Page, live: Live, tmp_path: Path, language: str) -> None:
    whole_place(live.app, live.partnership, tmp_path)
    modes.wear(window, live.url, "", language)
    come_in(window, live)
    found = pages_of(live.app, "eve", language)
    for address in found:
        window.goto(f"{live}{address}")
        for width in (320, 768, 1280):
            window.set_viewport_size({"width": width, "height": 800})
            assert_fits(window)
            assert_accessible(window)
    sys.stdout.write(f"staff in {language}: {len(found)} pages at three widths\n")


@pytest.mark.parametrize("language", languages.codes())
def test_a1_every_public_page_in_every_look(window: Page, live: Live, language: str) -> None:
    with within(live.app, live.partnership), transaction():
        begin_write().get_one(Partnership, live.partnership).languages = ["en", language]
    open_survey(live.app, live.partnership)
    help_now.render_all(live.app)
    addresses = (*(f"/larkmoor/{name}" for name in PUBLIC), "/comfort?back=/larkmoor/", SURVEY)
    for address in addresses:
        for look in modes.LOOKS:
            modes.wear(window, live.url, look, language)
            window.goto(f"{live}{address}")
            assert_fits(window)
            assert_accessible(window)
    sys.stdout.write(f"public pages in {language}: {len(addresses)} in {len(modes.LOOKS)} looks\n")
