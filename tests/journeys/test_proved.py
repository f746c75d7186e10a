"""The child's way seen by two more judges, in three languages and every look."""

import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.factories.surveys import open_survey
from tests.support import proof
from tests.support.answering import SURVEY, WITH_WORKER
from tests.support.browser import Live
from tests.support.visits import fill

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not proof.available(), reason="needs node_modules"),
]


@pytest.fixture
def survey(live: Live) -> uuid.UUID:
    return open_survey(live.app, live.partnership)


def choose_language(page: Page, live: Live, language: str) -> None:
    page.goto(f"{live}/comfort?back={SURVEY}")
    page.locator(f"input[name=language][value={language}]").check()
    page.locator("main form button").click()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a2_a3_every_page_of_the_young_journey(
    window: Page, live: Live, survey: uuid.UUID, tmp_path: Path, language: str
) -> None:
    """A2: no error under HTML_CodeSniffer's AAA rules; A3: valid after scripts ran: from the promise to the receipt."""
    page, kept = window, proof.Pages(tmp_path)
    wrong: list[str] = []

    def judge(_page: Page = page, name: str = "") -> None:
        wrong.extend(f"{name}: {one}" for one in proof.aaa_errors(page))
        kept.keep(page, name)

    choose_language(page, live, language)
    judge(name="intro")
    page.locator("main form button").first.click()
    page.locator("main form button[type=submit]").first.click()
    judge(name="mistake")
    met = []
    while "/q/" in page.url:
        name = page.url.rsplit("/", 1)[1].split("?")[0]
        judge(name=name)
        fill(page, WITH_WORKER[name])
        page.locator("main form button[type=submit]").first.click()
        met.append(name)
    judge(name="how")
    page.locator("main form button[type=submit]").first.click()
    judge(name="check")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/sent")
    judge(name="sent")
    for name in ("larkmoor/help", "larkmoor/codes", "larkmoor/you-said", "larkmoor/tell-us", "comfort", "larkmoor"):
        page.goto(f"{live}/{name}")
        judge(name=name.replace("/", "-"))
    assert len(met) >= 12
    found = [*wrong, *kept.faults()]
    assert found == [], "\n".join(found)
