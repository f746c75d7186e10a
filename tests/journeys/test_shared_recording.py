"""Recording on a shared tablet: whoever talks may talk, and nothing of one person stays for the next (F9, A19)."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from engage.core import clock, database
from engage.listening.kiosk import service
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.support.browser import Live, pass_time
from tests.unit.questionnaire.samples import sample

pytestmark = pytest.mark.browser
SLOW_TO_ALLOW = """() => { const media = navigator.mediaDevices; const real = media.getUserMedia.bind(media);
    media.getUserMedia = async how => { window.stream = await real(how);
        await new Promise(go => { window.allow = go; }); return window.stream; }; }"""
ALLOWED_LATE = """async () => { const soon = () => new Promise(go => setTimeout(go, 20));
    while (!window.allow) await soon();
    document.querySelector('#stage [data-back]').click();
    window.allow();
    await soon();
    return window.stream.active; }"""
COUNT_LISTENERS = """const held = []; window.heldListeners = () => held.filter(how => !how?.signal?.aborted).length;
    for (const place of [window, document]) {
        const real = place.addEventListener;
        place.addEventListener = function (kind, act, how) { held.push(how); return real.call(place, kind, act, how); };
    }"""


def tablet(live: Live, *, works_offline: bool) -> str:
    told = {"id": "told", "kind": "audio", "seconds": 300}
    asked = sample({"id": "drawn", "kind": "drawing"}, told, audience="parents", ask_how=False)
    open_as_it_is(live.app, live.partnership, asked, "spoken")
    with within(live.app, live.partnership):
        found: uuid.UUID = service.set_up("spoken", "Hall", clock.in_days(3), works_offline=works_offline)
        database.end_write(commit=True)
    return f"{live}/larkmoor/tablet/{found}"


def at_recording(page: Page, address: str, *, works_offline: bool) -> None:
    page.goto(address)
    if works_offline:
        expect(page.locator("html[data-ready=yes]")).to_be_attached()
        page.locator("#stage[data-screen=start]").get_by_role("button", name="Start", exact=True).click()
        page.locator("#stage[data-screen=intro]").get_by_role("button", name="Start", exact=True).click()
    else:
        page.get_by_role("link", name="Start").click()
        page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ask drawn?")
    onward(page)


def onward(page: Page) -> None:
    page.get_by_role("button", name="Continue", exact=True).locator("visible=true").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ask told?")


@pytest.mark.parametrize("works_offline", [True, False], ids=["no network", "network"])
def test_a19_whoever_talks_is_not_asked_whether_they_are_there(window: Page, live: Live, works_offline: bool) -> None:
    """Nobody who talks touches anything: a tablet that then cleared itself would throw away their words."""
    page = window
    page.clock.install()
    at_recording(page, tablet(live, works_offline=works_offline), works_offline=works_offline)
    page.get_by_role("button", name="Start recording").click()
    expect(page.get_by_role("timer")).to_contain_text("/ 5:00")
    expect(page.get_by_role("button", name="Stop recording")).to_be_visible()
    pass_time(page, 151)
    expect(page.get_by_role("timer")).to_contain_text("2:")
    asks = page.get_by_role("alertdialog")
    expect(asks).to_be_hidden()
    page.get_by_role("button", name="Stop recording").click()
    expect(page.locator(".engage-record audio")).to_be_visible()
    pass_time(page, 151)
    expect(asks).to_be_visible()


def test_f9_a_microphone_allowed_after_its_question_is_gone_is_let_go(window: Page, live: Live) -> None:
    page = window
    at_recording(page, tablet(live, works_offline=True), works_offline=True)
    page.evaluate(SLOW_TO_ALLOW)
    page.get_by_role("button", name="Start recording").click()
    assert page.evaluate(ALLOWED_LATE) is False
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ask drawn?")


def test_f9_a_question_that_is_gone_listens_to_nothing(window: Page, live: Live) -> None:
    """What listens holds the file, the paper and the recording of whoever was there before."""
    page = window
    page.add_init_script(COUNT_LISTENERS)
    at_recording(page, tablet(live, works_offline=True), works_offline=True)
    first = page.evaluate("heldListeners()")
    for _ in range(3):
        page.locator("#stage").get_by_role("button", name="Back", exact=True).click()
        onward(page)
    assert page.evaluate("heldListeners()") == first


def test_f9_without_a_microphone_or_a_network_they_are_told_to_write(window: Page, live: Live) -> None:
    """The control for a file is not there: nobody is sent to it."""
    page = window
    at_recording(page, tablet(live, works_offline=True), works_offline=True)
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Start recording").click()
    expect(page.locator("#stage [data-said]")).to_have_text("Or write it here instead")
