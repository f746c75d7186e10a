"""Drawings, photos and recordings on a tablet without a network: they wait closed, and come in made harmless (F9)."""

import uuid
from collections import Counter
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from engage.core import clock, database
from engage.core.database import db
from engage.listening.kiosk import service
from engage.listening.surveys.models import Response
from engage.rules.questionnaire.definition import Definition
from engage.voices import files
from tests.factories.surveys import open_as_it_is
from tests.integration.test_attachments import rows
from tests.journeys.test_attached import stroke
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_easy_to_hit, assert_fits
from tests.support.pictures import HTML, PLACE, telling_photo
from tests.unit.questionnaire.samples import sample

pytestmark = pytest.mark.browser
PHOTO: FilePayload = {"name": "bench.jpg", "mimeType": "image/jpeg", "buffer": telling_photo()}
SURVEY = "/larkmoor/surveys/files"
SHELF = """async () => { const name = `engage-${location.pathname.split('/')[3]}`; const open = indexedDB.open(name, 1);
    const base = await new Promise(done => { open.onsuccess = () => done(open.result); });
    const asked = base.transaction('boxes').objectStore('boxes').getAll();
    await new Promise(done => { asked.onsuccess = done; });
    base.close();
    return asked.result.map(one => one.length);
}"""


def definition() -> Definition:
    asked = (
        {"id": "drawn", "kind": "drawing"},
        {"id": "place", "kind": "upload", "most": 2},
        {"id": "told", "kind": "audio", "required": True},
    )
    return sample(*asked, audience="parents", ask_how=False)


@pytest.fixture
def tablet(live: Live) -> str:
    open_as_it_is(live.app, live.partnership, definition(), "files")
    with within(live.app, live.partnership):
        found: uuid.UUID = service.set_up("files", "Hall", clock.in_days(3), works_offline=True)
        database.end_write(commit=True)
    return f"{live}/larkmoor/tablet/{found}"


def ready(page: Page) -> None:
    expect(page.locator("html[data-ready=yes]")).to_be_attached()


def begin(page: Page) -> None:
    for screen in ("start", "intro"):
        expect(page.locator(f"#stage[data-screen={screen}]")).to_be_visible()
        page.locator("#stage").get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ask drawn?")


def continue_(page: Page, heading: str) -> None:
    page.get_by_role("button", name="Continue", exact=True).locator("visible=true").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def answer_all(page: Page) -> None:
    """A red line, a photo with words, and a moment of the microphone's own beep."""
    page.get_by_label("Red").check()
    stroke(page, (0.2, 0.5), (0.8, 0.5))
    continue_(page, "Ask place?")
    page.set_input_files("input[type=file]", PHOTO)
    page.locator("textarea").fill("The bench by the gate")
    continue_(page, "Ask told?")
    page.get_by_role("button", name="Start recording").click()
    expect(page.get_by_role("timer")).to_contain_text("0:01")
    page.get_by_role("button", name="Stop recording").click()
    expect(page.locator(".engage-record audio")).to_be_visible()
    continue_(page, "Check your answers")


def stored(live: Live) -> list[dict[str, Any]]:
    with within(live.app, live.partnership):
        return list(db.session.scalars(sa.select(Response.answers)).all())


def opened(live: Live) -> list[tuple[str, bytes]]:
    """What lies beside the voices, as a reader opens it."""
    ids = [row.id for row in rows(live.app, "attachment")]
    with within(live.app, live.partnership):
        found = [files.open_file(each) for each in ids]
    return [(file.media_type, file.data) for file in found if file is not None]


def test_f9_files_wait_closed_and_are_stored_once_as_the_site_stores_them(
    window: Page, live: Live, tablet: str
) -> None:
    page = window
    page.goto(f"{live}{SURVEY}")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ask drawn?")
    answer_all(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("We have your answers")
    online, (answers,) = opened(live), stored(live)
    page.goto(tablet)
    ready(page)
    page.context.set_offline(True)
    try:
        page.reload()
        ready(page)
        begin(page)
        answer_all(page)
        expect(
            page.locator("[data-answer]", has_text="The bench by the gate, One photo that you added")
        ).to_be_visible()
        page.get_by_role("button", name="Send my answers").dblclick()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        page.get_by_role("button", name="Finish").click()
        (size,) = page.evaluate(SHELF)
        assert (size - 65 - 12 - 16) % 2048 == 0, "padded in steps"
        assert len(stored(live)) == 1
    finally:
        page.context.set_offline(False)
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    assert stored(live) == [answers, answers]
    both = opened(live)
    assert Counter(kind for kind, _ in both) == {kind: 2 * many for kind, many in Counter(k for k, _ in online).items()}
    assert not any(PLACE in data or b"Exif" in data for _, data in both)
    drawings = [Image.open(BytesIO(data)).convert("RGB") for kind, data in both if kind == "image/png"]
    assert [(one.size, one.getpixel((400, 320))) for one in drawings] == [((800, 640), (200, 16, 46))] * 2
    photos = [Image.open(BytesIO(data)) for kind, data in both if kind == "image/jpeg"]
    assert [one.size for one in photos] == [(30, 40)] * 2, "upright, as the camera meant it"


def test_f9_what_cannot_be_taken_is_told_and_nothing_is_lost_by_it(window: Page, tablet: str) -> None:
    page = window
    page.goto(tablet)
    ready(page)
    begin(page)
    alert = page.locator("#stage").get_by_role("alert")
    press = page.locator("#stage").get_by_role("button", name="Continue", exact=True)
    assert_accessible(page)
    assert_easy_to_hit(page)
    assert_fits(page)
    continue_(page, "Ask place?")
    page.set_input_files("input[type=file]", {"name": "photo.png", "mimeType": "image/png", "buffer": HTML})
    press.click()
    expect(alert).to_contain_text("This is not a photo we can open")
    page.set_input_files("input[type=file]", [PHOTO, PHOTO])
    continue_(page, "Ask told?")
    press.click()
    expect(alert).to_have_text("Add something, write in the box, or choose “I would rather not say”")
    expect(page.locator(".engage-add")).to_be_hidden()
    assert_accessible(page)
    assert_fits(page)


def test_f9_what_was_added_is_there_when_somebody_goes_back_and_gone_for_the_next(window: Page, tablet: str) -> None:
    page = window
    page.goto(tablet)
    ready(page)
    begin(page)
    page.get_by_label("Red").check()
    stroke(page, (0.2, 0.5), (0.8, 0.5))
    continue_(page, "Ask place?")
    page.set_input_files("input[type=file]", [PHOTO, PHOTO])
    continue_(page, "Ask told?")
    page.get_by_role("button", name="Start recording").click()
    expect(page.get_by_role("timer")).to_contain_text("0:01")
    continue_(page, "Check your answers")  # still recording: it is stopped and kept
    expect(page.locator("[data-answer]", has_text="2 photos that you added")).to_be_visible()
    page.get_by_role("button", name="Change Ask told?").click()
    expect(page.locator(".engage-record audio")).to_be_visible()
    page.get_by_role("button", name="Take it off").click()
    page.get_by_label("Or write it here instead").fill("It was sunny")
    page.get_by_role("button", name="Back", exact=True).click()
    page.get_by_role("button", name="Change Ask drawn?").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ask drawn?")
    dot = "() => [...document.querySelector('#stage canvas').getContext('2d').getImageData(400, 320, 1, 1).data]"
    for _ in range(50):  # the page's policy forbids waiting for a script's value
        if page.evaluate(dot)[:3] == [200, 16, 46]:
            break
        page.wait_for_timeout(100)
    assert page.evaluate(dot)[:3] == [200, 16, 46]
    page.get_by_role("button", name="Clear").click()
    continue_(page, "Check your answers")
    page.get_by_role("button", name="Change Ask place?").click()
    page.get_by_label("I would rather not say").check()
    continue_(page, "Check your answers")
    page.get_by_role("link", name="Leave this page quickly").click()
    begin(page)
    assert page.evaluate(dot)[:3] == [255, 255, 255], "nothing of one person is left for the next"
