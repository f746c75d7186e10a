"""A real browser on a live server: the address of an app, windows that are used again, and what to ask of a page.

`live` is the app on a SQLite file behind a threaded server, with the partnership larkmoor in it, emptied after each
test. `window` has scripts on, `plain_window` has them off; both are 320 px wide and begin without cookies. axe needs
scripts: ask it through `window` only (in a window without scripts it waits for ever).
"""

import logging
import threading
import uuid
from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from werkzeug.serving import make_server

from engage.core import clock, database
from engage.core.database import db
from engage.people import service as people
from engage.people.kinds import Role
from tests.support.apps import build, empty

PHONE = {"width": 320, "height": 800}
WIDTHS = (320, 1280)
SLOWEST_MS = 20_000  # of a machine that does much else; nothing that goes well waits for it
RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
IMPLIED = {"color-contrast"}  # whoever has the enhanced contrast (7:1, large 4.5:1), asked of every page, has this one

# What is not at fault is not described: that takes axe longer than looking.
# Nor are style sheets copied first, which none of the rules reads: what they ask of is a film that plays by itself.
MEDIA = {"assets": ["media"]}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8") + ";0"
FAULTS = """options => axe.run(document, {...options, resultTypes: ['violations']})
    .then(found => found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`))"""
SMALL = """least => [...document.querySelectorAll('a, button, input, textarea, select')]
    .filter(one => one.checkVisibility() && !one.closest('.govuk-skip-link') && !one.closest('p'))
    .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
    .filter(([, box]) => box.width < least || box.height < least)
    .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
COVERED = """() => { const one = document.activeElement; const box = one.getBoundingClientRect();
    const x = box.x + Math.min(box.width, innerWidth - box.x) / 2;
    const top = document.elementFromPoint(x, Math.max(box.y, 0) + Math.min(box.height, 40) / 2);
    return one === document.body || one.contains(top) || top?.contains(one) ? '' : one.outerHTML.slice(0, 90); }"""
# What is looked at is looked at with the next real frame, after the scrolls of that frame; no clock of a test moves it.
FRAME = "() => new Promise(done => new IntersectionObserver(() => done()).observe(document.documentElement))"
SPACING = """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-block-end: 2em !important; }`); document.adoptedStyleSheets = [sheet]; }"""


@dataclass(frozen=True)
class Live:
    """A running product: its address, the app behind it, the partnership in it."""

    url: str
    app: Flask
    partnership: uuid.UUID

    def __str__(self) -> str:
        return self.url


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[str, Flask]]:
    """One server a worker: its address and its app, as people meet it (faults are pages, not tracebacks)."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = build(tmp_path_factory.mktemp("live"))
    app.config["TESTING"] = False
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", app
    server.shutdown()
    server.server_close()
    thread.join()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def live(live_server: tuple[str, Flask]) -> Generator[Live]:
    """The running product with one partnership, in English and Arabic; emptied afterwards."""
    address, app = live_server
    with app.app_context():
        made = people.add_partnership(
            "larkmoor", "Larkmoor Safeguarding Children Partnership", "Larkmoor", ["en", "ar"]
        )
        people.add_account("Rosa Reader", "reader", [Role.RESPONDER])  # nothing opens while nobody can read
        people.show_drafts(made, wanted=True)
        people.add_help_number(3, "Larkmoor children’s help", "01632 960123", "Day and night.", clock.today())
        database.end_write(commit=True)
    yield Live(address, app, made)
    with app.app_context():
        empty(app)


@pytest.fixture(scope="session")
def patient() -> Generator[None]:
    """A click ends when the page it leads to is whole, not when that page begins to come: the machine may be slow."""
    click = Locator.click

    def click_and_wait(one: Locator, **how: Any) -> None:
        click(one, **how)
        if not one.page.is_closed():
            one.page.wait_for_load_state()

    expect.set_options(timeout=SLOWEST_MS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", click_and_wait)
        yield


def _context(browser: Browser, *, scripts: bool) -> BrowserContext:
    context = browser.new_context(viewport=PHONE, java_script_enabled=scripts)
    context.set_default_timeout(SLOWEST_MS)
    return context


@pytest.fixture(scope="session")
def scripted(browser: Browser, patient: None) -> Generator[BrowserContext]:
    """The one context with scripts."""
    context = _context(browser, scripts=True)
    yield context
    context.close()


@pytest.fixture(scope="session")
def unscripted(browser: Browser, patient: None) -> Generator[BrowserContext]:
    """The one context without."""
    context = _context(browser, scripts=False)
    yield context
    context.close()


def _window(context: BrowserContext) -> Generator[Page]:
    context.clear_cookies()
    page = context.new_page()
    page.set_viewport_size(PHONE)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    policy = [text for text in complaints if "Content Security Policy" in text or "Error:" in text]
    assert policy == []


@pytest.fixture
def window(scripted: BrowserContext) -> Generator[Page]:
    """A phone-sized window with scripts. A script that fails or a policy that is broken fails the test (W4)."""
    yield from _window(scripted)


@pytest.fixture
def plain_window(unscripted: BrowserContext) -> Generator[Page]:
    """A phone-sized window without scripts."""
    yield from _window(unscripted)


def pass_time(page: Page, seconds: float) -> None:
    """Let time go by for the page's clock (`page.clock.install()` came before), once the page has come to rest.

    Scripts that count time begin when the page is whole, and begin again when somebody moves: a scroll that a click
    caused is told with the next frame, which a slow machine draws after the test has gone on.
    """
    page.wait_for_load_state()
    for _frame in range(2):
        page.evaluate(FRAME)
    page.clock.fast_forward(round(seconds * 1000))


def axe_faults(page: Page, options: Mapping[str, object]) -> list[str]:
    """What axe finds, one line each: rule and the first element it fails on."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(FAULTS, {"preload": MEDIA, **options})
    return found


def assert_accessible(page: Page, *, but: Collection[str] = ()) -> None:
    """A1: axe finds nothing on the page as it stands. `but`: rules that another walk asked the same page about."""
    page.wait_for_selector("main", state="attached")
    rules = {"target-size": {"enabled": True}, **{rule: {"enabled": False} for rule in {*but, *IMPLIED}}}
    wrong = axe_faults(page, {"runOnly": RULES, "rules": rules})
    assert wrong == [], f"{page.url}: {wrong}"


def assert_fits(page: Page) -> None:
    """A8: no sideways scroll in this window, nor with the text spacing of WCAG 1.4.12."""
    page.wait_for_selector("main")
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    page.evaluate(SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url}, spaced"
    page.evaluate("() => { document.adoptedStyleSheets = []; }")


def assert_fits_twice_as_large(page: Page) -> None:
    """A8: no sideways scroll where the browser itself, and not a choice on the page, makes letters twice as large."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    session = page.context.new_cdp_session(page)
    for size in (32, 16):
        session.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} {size}"
    session.detach()


def assert_whole(page: Page, least: int = 24) -> None:
    """A1, A8, A9 of the page as it stands, on a phone and at a desk; afterwards the window is as it was.

    One walk asks both widths: a page that axe has read once it reads again in a tenth of the time. Meanwhile the window
    is as high as the page, so that what stays in sight covers no part of it.
    """
    was = page.viewport_size or PHONE
    for width in WIDTHS:
        page.set_viewport_size({**was, "width": width})
        assert_fits(page)
        page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight") + 200})
        assert_accessible(page)
        assert_easy_to_hit(page, least)
    page.set_viewport_size(was)


def assert_easy_to_hit(page: Page, least: int = 44) -> None:
    """A9: every control that stands alone is at least `least` px wide and high."""
    assert page.evaluate(SMALL, least) == [], page.url


def assert_focus_seen(page: Page) -> None:
    """A5: what has the focus is on top where it stands."""
    assert page.evaluate(COVERED) == "", page.url
