"""Read to me in a real browser (A13): by the device's own voices or by sound we keep, and nothing else is asked for."""

import uuid

import pytest
from playwright.sync_api import Page, Request, expect

from engage.core.transaction import transaction
from engage.listening.library import service as library
from engage.listening.surveys import speaking
from engage.rules.speech import speech_key
from tests.factories.surveys import open_survey
from tests.support.answering import SURVEY, WITH_WORKER
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_easy_to_hit, assert_fits
from tests.support.visits import go_through, press
from tests.unit.adapters.test_speech import pcm, speech

pytestmark = pytest.mark.browser

VOICES = """voices => { window.said = []; window.slow = false;
    const fake = { getVoices: () => voices, addEventListener() {},
    cancel() { window.cancelled = true; },
    speak(piece) { window.said.push(piece.text); if (!window.slow) setTimeout(() => piece.onend()); } };
    Object.defineProperty(window, 'speechSynthesis', { value: fake, configurable: true });
    window.SpeechSynthesisUtterance = function (text) { this.text = text; }; }"""
LOCAL = "[{ lang: 'en-GB', localService: true }]"
REMOTE = "[{ lang: 'en-GB', localService: false }]"


class Hum:
    """Reads everything as a tenth of a second of nothing."""

    languages = frozenset({"en"})

    def say(self, text: str, language: str) -> bytes | None:
        return speech._kept(pcm([0] * (speech.RATE // 10)))


@pytest.fixture
def survey(live: Live) -> uuid.UUID:
    return open_survey(live.app, live.partnership)


def render(live: Live) -> None:
    live.app.extensions.pop("engage_sounds", None)
    with within(live.app, live.partnership):
        speaking.render(Hum(), 5000)


def until(page: Page, true: str) -> None:
    """Wait until an expression is true on the page (Playwright's own way of waiting would break the page's policy)."""
    for _ in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    raise AssertionError(true)


def begin(page: Page, live: Live, voices: str) -> list[str]:
    """The first question, with these voices; the addresses asked for from then on."""
    page.add_init_script(f"({VOICES})({voices})")
    page.goto(f"{live}{SURVEY}")
    press(page, "Start")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url.removeprefix(live.url))

    page.on("request", note)
    return asked


def test_a13_the_devices_own_voice_reads_the_question_and_nothing_leaves(
    window: Page, live: Live, survey: uuid.UUID
) -> None:
    """A13: question, hint, options in order; not a request but for our own script; then each answer has its button."""
    page = window
    asked = begin(page, live, LOCAL)
    page.get_by_role("button", name="Read this to me").click()
    until(page, "window.said.includes('I would rather not say')")
    said = page.evaluate("window.said")
    assert said[0] == "How safe do you feel at home?"
    assert said.index("Not safe at all") < said.index("Very safe") < said.index("I would rather not say")
    assert [url.split("?")[0] for url in asked] == ["/static/dist/reader.js"]
    page.get_by_role("button", name="Read aloud: Mostly safe").click()
    until(page, "window.said.at(-1) === 'Mostly safe'")
    expect(page.locator("input:checked")).to_have_count(0)
    assert_accessible(page)
    assert_easy_to_hit(page)
    assert_fits(page)


def test_a13_reading_is_seen_and_can_be_stopped(window: Page, live: Live, survey: uuid.UUID) -> None:
    """A13: what is read is marked, every button says how to stop; the button and Escape both do."""
    page = window
    begin(page, live, LOCAL)
    page.evaluate("window.slow = true")
    for stop in ("button", "Escape"):
        page.get_by_role("button", name="Read to me").click()
        page.wait_for_selector(".engage-reading")
        stopping = page.get_by_role("button", name="Stop reading")
        expect(stopping).to_have_count(2)
        if stop == "button":
            stopping.first.click()
        else:
            page.keyboard.press("Escape")
        page.wait_for_selector(".engage-reading", state="detached")
        assert page.get_by_role("button", name="Stop reading").count() == 0
        assert page.evaluate("window.cancelled")


def test_a13_a_remote_voice_is_never_used_and_kept_sound_is(window: Page, live: Live, survey: uuid.UUID) -> None:
    """A13: with remote voices only there is no button, until sound was rendered; then only that is asked for."""
    page = window
    begin(page, live, REMOTE)
    assert page.get_by_role("button", name="Read this to me").count() == 0
    render(live)
    page.reload()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(live.url)))
    page.get_by_role("button", name="Read this to me").click()
    last = speech_key("en", "I would rather not say")
    page.wait_for_timeout(200)
    until(page, "!document.querySelector('.is-reading')")
    assert page.evaluate("window.said") == []
    assert any(last in url for url in asked)
    assert asked[1] == "/larkmoor/sounds/en/all.json"
    first = speech_key("en", "How safe do you feel at home?")
    assert asked[2] == f"/larkmoor/sounds/en/{first}.wav"
    assert all(url.startswith("/larkmoor/sounds/en/") for url in asked[1:])


def test_a13_own_words_and_the_receipt_are_read_by_the_device_or_not_at_all(
    window: Page, live: Live, survey: uuid.UUID
) -> None:
    """A13: on the check page and the Sent page nothing a person wrote or was given is asked of us, by any name."""
    page = window
    begin(page, live, REMOTE)
    with within(live.app, live.partnership), transaction():
        words = ["My dog and the purple swing", "How safe do you feel online?"]
        hum = Hum().say("", "en") or b""
        library.keep_speech("en", {speech_key("en", text): hum for text in words})
    live.app.extensions.pop("engage_sounds", None)
    go_through(page, lambda _page, _question: None, WITH_WORKER)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Read to me").click()
    page.wait_for_timeout(200)
    until(page, "!document.querySelector('.is-reading')")
    assert any(speech_key("en", words[1]) in url for url in asked)
    assert not [url for url in asked if speech_key("en", words[0]) in url]
    press(page, "Send my answers")
    six = page.locator("#receipt-words li").all_inner_texts()
    page.get_by_role("button", name="Read to me").click()
    page.wait_for_timeout(300)
    assert not [url for url in asked for word in six if speech_key("en", word.strip()) in url]
    assert all(url.startswith(live.url) for url in asked)


def test_a13_without_script_the_browsers_own_controls_play(plain_window: Page, live: Live, survey: uuid.UUID) -> None:
    page = plain_window
    render(live)
    page.goto(f"{live}{SURVEY}")
    press(page, "Start")
    sound = page.locator("main audio[controls]")
    expect(sound).to_have_count(1)
    assert page.request.get(f"{live}{sound.get_attribute('src')}").headers["content-type"] == "audio/wav"
    assert_fits(page)
