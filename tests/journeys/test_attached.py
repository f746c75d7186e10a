"""Answers that are files, in a real browser: drawn by mouse, described by keyboard, added without script."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.factories.surveys import open_survey
from tests.integration.test_attachments import rows
from tests.support.browser import Live, assert_accessible, assert_easy_to_hit, assert_fits, assert_focus_seen
from tests.support.pictures import HTML, picture, telling_photo
from tests.support.sounds import mp4
from tests.support.visits import press, tab_to

pytestmark = pytest.mark.browser

PHOTO: FilePayload = {"name": "bench.jpg", "mimeType": "image/jpeg", "buffer": telling_photo()}


def begin(page: Page, live: Live, name: str) -> None:
    open_survey(live.app, live.partnership, f"examples/{name}")
    page.goto(f"{live}/larkmoor/surveys/{name}")
    press(page, "Start")


def stroke(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a straight line; places as shares of the paper."""
    page.locator("canvas").scroll_into_view_if_needed()
    box = page.locator("canvas").bounding_box()
    assert box is not None
    at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*at[0])
    page.mouse.down()
    page.mouse.move(*at[1], steps=6)
    page.mouse.up()


def assert_gives(page: Page, many: int) -> None:
    """So many files the page's form would send; it may take a moment to make them."""
    page.wait_for_function("many => document.querySelector('input[type=file]').files.length === many", arg=many)


def kept_picture(page: Page) -> Image.Image:
    address = page.locator(".engage-kept__picture").get_attribute("src")
    return Image.open(BytesIO(page.request.get(page.url.split("/larkmoor")[0] + str(address)).body()))


def test_a_child_draws_changes_their_mind_and_sends_it(window: Page, live: Live) -> None:
    """Pens and colours are named in words; undo brings back what was cleared; the drawing waits on the page again."""
    page = window
    begin(page, live, "drawing")
    assert_accessible(page)
    assert_fits(page)
    assert_easy_to_hit(page)
    stroke(page, (0.2, 0.5), (0.8, 0.5))
    assert_gives(page, 1)
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Cleared. Undo brings it back.")).to_be_visible()
    assert_gives(page, 0)
    page.get_by_role("button", name="Undo").click()
    assert_gives(page, 1)
    page.get_by_label("Red").check()
    page.get_by_label("Thick pen").check()
    stroke(page, (0.5, 0.2), (0.5, 0.8))
    press(page, "Continue")
    page.wait_for_url("**/check")
    expect(page.get_by_text("Your drawing")).to_be_visible()
    page.locator(".engage-check__change a").click()
    drawn = kept_picture(page).convert("RGB")
    assert drawn.size == (800, 640)
    assert drawn.getpixel((400, 200)) == (200, 16, 46)
    assert drawn.getpixel((200, 320)) == (27, 27, 27)
    expect(page.locator(".engage-kept")).to_be_hidden()
    page.get_by_role("button", name="Clear").click()
    page.locator("textarea").fill("I would rather write: my gran's kitchen.")
    press(page, "Continue")
    expect(page.get_by_text("Your drawing")).to_have_count(0)
    assert rows(live.app, "draft_file") == []


def test_a5_whoever_cannot_draw_describes_it_by_keyboard(window: Page, live: Live) -> None:
    page = window
    begin(page, live, "drawing")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert_focus_seen(page)
    tab_to(page, "textarea")
    page.keyboard.type("A tent in the woods")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check")
    expect(page.get_by_text("A tent in the woods")).to_be_visible()


def test_a4_without_script_there_is_a_photo_and_a_box(plain_window: Page, live: Live) -> None:
    page = plain_window
    begin(page, live, "drawing")
    expect(page.locator("canvas")).to_be_hidden()
    page.locator("textarea").fill("My room")
    page.set_input_files("input[type=file]", PHOTO)
    press(page, "Continue")
    page.locator(".engage-check__change a").click()
    assert kept_picture(page).size == (30, 40)
    page.get_by_role("button", name="Take it off").click()
    expect(page.locator(".engage-kept")).to_have_count(0)
    expect(page.locator("textarea")).to_have_value("My room")


def test_a_photo_that_cannot_be_taken_is_explained_and_the_others_wait(window: Page, live: Live) -> None:
    page = window
    begin(page, live, "upload")
    assert_accessible(page)
    wrong: FilePayload = {"name": "photo.png", "mimeType": "image/png", "buffer": HTML}
    page.set_input_files("input[type=file]", [PHOTO, wrong])
    press(page, "Continue")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("This is not a photo we can open")
    assert_accessible(page)
    assert_fits(page)
    expect(page.locator(".engage-kept__picture")).to_have_count(1)
    page.set_input_files("input[type=file]", {"name": "b.png", "mimeType": "image/png", "buffer": picture("PNG")})
    press(page, "Continue")
    page.wait_for_url("**/paper")
    page.get_by_role("link", name="Back").click()
    expect(page.locator(".engage-kept__picture")).to_have_count(2)
    assert_accessible(page)
    assert_fits(page)
    assert_easy_to_hit(page)


def test_a_child_records_listens_again_and_sends_it(window: Page, live: Live) -> None:
    """Recorded in the page with the microphone's own beep; a visible stop, the time, listen, again, off; then sent."""
    page = window
    begin(page, live, "audio")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Start recording").click()
    page.get_by_role("button", name="Stop recording").wait_for()
    expect(page.get_by_text("Recording. Press “Stop recording” when")).to_be_visible()
    expect(page.get_by_role("timer")).to_be_visible()
    page.wait_for_timeout(700)
    assert_accessible(page)
    page.get_by_role("button", name="Stop recording").click()
    assert_gives(page, 1)
    expect(page.locator(".engage-record audio")).to_be_visible()
    assert_accessible(page)
    assert_easy_to_hit(page)
    page.get_by_role("button", name="Take it off").click()
    assert_gives(page, 0)
    page.get_by_role("button", name="Start recording").click()
    page.get_by_role("button", name="Stop recording").wait_for()
    page.wait_for_timeout(700)
    press(page, "Continue")  # still recording: it is stopped, kept and sent
    page.wait_for_url("**/check")
    expect(page.get_by_text("Your recording")).to_be_visible()
    page.locator(".engage-check__change a").click()
    page.wait_for_function("() => document.querySelector('.engage-kept audio').duration > 0.3")
    assert_accessible(page)
    page.locator("textarea").fill("I said it was sunny")
    press(page, "Continue")
    press(page, "Send my answers")
    page.wait_for_url("**/sent")
    [stored] = rows(live.app, "attachment")
    assert stored.media_type == "audio/webm"


def test_a4_without_script_a_recording_can_be_added_or_written(plain_window: Page, live: Live) -> None:
    page = plain_window
    begin(page, live, "audio")
    assert page.get_by_role("button", name="Start recording").count() == 0
    sound: FilePayload = {"name": "memo.m4a", "mimeType": "audio/mp4", "buffer": mp4()}
    page.set_input_files("input[type=file]", sound)
    press(page, "Continue")
    page.locator(".engage-check__change a").click()
    expect(page.locator(".engage-kept audio")).to_be_visible()
    page.get_by_role("button", name="Take it off").click()
    page.locator("textarea").fill("Written instead")
    press(page, "Continue")
    expect(page.get_by_text("Written instead")).to_be_visible()
