"""N16: on a device that others use, nothing is left after sending, leaving quickly, or the end of the cookie."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.factories.surveys import open_survey
from tests.support.answering import SURVEY, WITH_WORKER, question_in
from tests.support.browser import Live
from tests.support.visits import fill, press

pytestmark = pytest.mark.browser

MARK = "kestrel of the shared device"
LEFT = """async () => ({
    local: Object.keys(localStorage), session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(one => one.name), caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length, name: window.name,
    state: JSON.stringify(history.state),
})"""
NOTHING = {"local": [], "session": [], "databases": [], "caches": [], "workers": 0, "name": "", "state": "null"}
FILLABLE = """() => [...document.querySelectorAll('input:not([type=hidden]), textarea')]
    .filter(one => ['text', 'textarea', 'email', 'tel', 'search', 'number'].includes(one.type))
    .filter(one => (one.closest('form')?.autocomplete !== 'off') && one.autocomplete !== 'off')
    .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def survey(live: Live) -> uuid.UUID:
    return open_survey(live.app, live.partnership)


def to_the_words(page: Page, live: Live) -> None:
    """Begin, and type words of one's own on the page for them; nothing may be filled in by the browser later."""
    page.goto(f"{live}{SURVEY}")
    press(page, "Start")
    while question_in(page.url) != "going_well":
        assert page.evaluate(FILLABLE) == []
        fill(page, WITH_WORKER[question_in(page.url)])
        press(page, "Continue")
    assert page.evaluate(FILLABLE) == []
    page.locator("textarea").first.fill(MARK)
    press(page, "Continue")


def assert_nothing_is_left(page: Page, live: Live) -> None:
    """No storage, no cache, no cookie that answers; going back shows nobody's words."""
    assert page.evaluate(LEFT) == NOTHING
    assert [each.get("name") for each in page.context.cookies(live.url) if "answer" in each.get("name", "")] == []
    for _ in range(4):
        page.go_back()
        if not page.url.startswith(live.url):
            break
        expect(page.locator("h1")).to_be_visible()
        assert MARK not in page.content()


def test_n16_after_sending_and_finishing(window: Page, live: Live, survey: uuid.UUID) -> None:
    page = window
    to_the_words(page, live)
    while "/q/" in page.url:
        fill(page, WITH_WORKER[question_in(page.url)])
        press(page, "Continue")
    while not page.url.endswith("/check"):
        press(page, "Continue")
    press(page, "Send my answers")
    assert page.evaluate(LEFT) == NOTHING
    page.get_by_role("link", name="Finish").click()
    page.wait_for_url("**/larkmoor/")
    assert_nothing_is_left(page, live)


def test_n16_after_leaving_quickly(
    window: Page, live: Live, survey: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit leads elsewhere (here to the help page: there is no other site); what it leaves behind is nothing."""
    page = window
    monkeypatch.setitem(live.app.config, "ENGAGE_EXIT", f"{live}/help")
    to_the_words(page, live)
    page.get_by_role("link", name="Leave this page quickly").click()
    page.wait_for_url("**/help")
    assert_nothing_is_left(page, live)


def test_n16_after_the_cookie_has_ended(window: Page, live: Live, survey: uuid.UUID) -> None:
    """A browser that was closed, or fifteen minutes after sending: the address alone opens nobody's answers."""
    page = window
    to_the_words(page, live)
    words = page.url.replace(question_in(page.url), "going_well")
    page.context.clear_cookies()
    page.goto(words)
    page.wait_for_url("**/surveys/your-voice?lost=1")
    assert MARK not in page.content()
    assert page.evaluate(LEFT) == NOTHING
