"""The sample pages in a real browser: nothing axe objects to, nothing outside its window, all within reach."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.patterns import PAGES, ROOT, render
from tests.support.browser import axe_faults

pytestmark = pytest.mark.browser

STAFF = {"today", "results", "working", "evidence", "poster"}
YOUNG = [name for name in PAGES if name not in STAFF]
LOOKS: dict[str, dict[str, object]] = {
    "plain": {},
    "dark": {"appearance": SimpleNamespace(theme="dark", size="", letters="", easy=False, symbols=True)},
    "contrast": {"appearance": SimpleNamespace(theme="contrast", size="", letters="", easy=False, symbols=True)},
    "larger": {"appearance": SimpleNamespace(theme="", size="larger", letters="", easy=False, symbols=True)},
    "arabic": {"lang": "ar", "text_dir": "rtl"},
}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: the test's own report is enough."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample pages and the built assets over http; gives the address."""
    folder = tmp_path_factory.mktemp("patterns")
    for page in PAGES:
        for look, changes in LOOKS.items():
            Path(folder, f"{page}-{look}.html").write_text(render(page, **changes))
    for part in ("dist", "fonts"):
        shutil.copytree(ROOT / "static" / part, folder / "static" / part)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    yield context.new_page()
    context.close()


RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]}


def violations(page: Page, *, colours_only: bool) -> list[str]:
    """What axe finds on a sample page."""
    return axe_faults(page, {"runOnly": COLOURS if colours_only else RULES})


@pytest.mark.parametrize(
    ("look", "width"), [("plain", 320), ("plain", 1280), ("dark", 320), ("contrast", 1280), ("arabic", 1280)]
)
def test_axe_finds_nothing(site: str, window: Page, look: str, width: int) -> None:
    """A1: axe-core on every component, in light, dark, high contrast and right to left, narrow and wide."""
    window.set_viewport_size({"width": width, "height": 800})
    for name in PAGES:
        window.goto(f"{site}/{name}-{look}.html")
        assert violations(window, colours_only=look in {"dark", "contrast"}) == [], name


@pytest.mark.parametrize("look", ["plain", "larger", "arabic"])
def test_a8_nothing_spills_over_the_side(site: str, window: Page, look: str) -> None:
    """A8: no sideways scroll at 320 px, with large letters, and under the text-spacing rules of WCAG 1.4.12."""
    spacing = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
    for name in PAGES:
        window.goto(f"{site}/{name}-{look}.html")
        assert window.evaluate("document.documentElement.scrollWidth") <= 320, name
        if look == "plain":
            window.add_style_tag(content=spacing)
            assert window.evaluate("document.documentElement.scrollWidth") <= 320, f"{name}, spaced"


def test_a9_targets_are_large(site: str, window: Page) -> None:
    """A9: at least 44 by 44 px on young pages (a link within a sentence apart)."""
    script = """() => [...document.querySelectorAll('a, button, input, textarea, select')]
        .filter(one => one.checkVisibility() && !one.closest('.govuk-skip-link'))
        .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
        .filter(([, box]) => box.width < 44 || box.height < 44)
        .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
    for name in YOUNG:
        for look in ("plain", "arabic"):
            window.goto(f"{site}/{name}-{look}.html")
            assert window.evaluate(script) == [], name


def test_a5_focus_is_never_hidden_under_the_strip(site: str, window: Page) -> None:
    """A5: walking a page by Tab, what has the focus is on top where it stands."""
    script = """() => { const one = document.activeElement; const box = one.getBoundingClientRect();
        const x = box.x + Math.min(box.width, innerWidth - box.x) / 2;
        const top = document.elementFromPoint(x, Math.max(box.y, 0) + Math.min(box.height, 40) / 2);
        return one === document.body || one.contains(top) || top?.contains(one) ? '' : one.outerHTML.slice(0, 90); }"""
    for name in YOUNG:
        window.goto(f"{site}/{name}-plain.html")
        for _ in range(30):
            window.keyboard.press("Tab")
            assert window.evaluate(script) == "", name


def test_a4_without_script_the_strip_still_helps(site: str, browser: Browser) -> None:
    """A4: with scripts off help, comfort and leaving are links; reading aloud is not offered."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/question_faces-plain.html")
    assert [link.inner_text() for link in page.locator(".engage-dock a").all()] == [
        "Help now",
        "Make it easier to use",
        "Leave this page quickly",
    ]
    assert page.locator("[data-module=engage-read]:visible").count() == 0
    page.get_by_label("Mostly safe").check()
    expect(page.locator("#school-4")).to_be_checked()
    context.close()


def test_leaving_replaces_the_page(site: str, window: Page) -> None:
    """Shift three times, or the link: the page is covered and cannot be reached by going back."""
    window.goto(f"{site}/home-plain.html")
    window.goto(f"{site}/question_faces-plain.html")
    window.evaluate("document.querySelector('[data-module=engage-leave]').href = 'promise-plain.html'")
    for _ in range(3):
        window.keyboard.press("Shift")
    window.wait_for_url("**/promise-plain.html")
    window.go_back()
    assert window.url.endswith("/home-plain.html")


def test_error_summary_takes_the_focus_and_leads_to_the_control(site: str, window: Page) -> None:
    window.goto(f"{site}/question_wrong-plain.html")
    assert window.evaluate("document.activeElement.className") == "govuk-error-summary"
    window.locator(".govuk-error-summary a").click()
    assert window.evaluate("document.activeElement.id") == "tell-1"


def test_a_form_sent_twice_goes_once(site: str, window: Page) -> None:
    window.goto(f"{site}/question_faces-plain.html")
    window.evaluate("""window.sent = 0; document.querySelector('form').addEventListener('submit', event => {
        if (!event.defaultPrevented) window.sent += 1; event.preventDefault(); })""")
    button = window.get_by_role("button", name="Continue")
    button.click()
    button.click()
    assert window.evaluate("window.sent") == 1


def test_reading_aloud_uses_a_voice_of_the_device_only(site: str, window: Page) -> None:
    """A remote voice would send a child's page to somebody else: with only such voices the button stays away."""
    fake = """voices => { window.said = []; const fake = { getVoices: () => voices, cancel() {}, addEventListener() {},
        speak(piece) { window.said.push(piece.text); setTimeout(() => piece.onend()); } };
        Object.defineProperty(window, 'speechSynthesis', { value: fake, configurable: true });
        window.SpeechSynthesisUtterance = function (text) { this.text = text; }; }"""
    for local in (False, True):
        voices = f"[{{ lang: 'en-GB', localService: {str(local).lower()} }}]"
        page = window.context.new_page()
        page.add_init_script(f"({fake})({voices})")
        page.goto(f"{site}/question_faces-plain.html")
        expect(page.get_by_role("button", name="Read this to me")).to_be_visible(visible=local)
    page.get_by_role("button", name="Read this to me").click()
    page.wait_for_function("window.said.length >= 8")
    said = page.evaluate("window.said")
    assert said[:3] == ["How safe do you feel at school?", "Think about a normal week.", "Not safe at all"]
    assert said[-1] == "I would rather not say"


def test_page_asks_only_its_own_house(site: str, window: Page) -> None:
    """No third-party request, ever; style, script and one font beside the page: at most six requests."""
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    window.route("**/*", note)
    window.goto(f"{site}/question_faces-plain.html")
    window.wait_for_load_state("networkidle")
    assert all(url.startswith(site) for url in asked)
    assert len(asked) <= 6
