"""D6: a child's words are looked at on the device, once, before they are sent; nothing leaves it for that."""

import json

import pytest
from playwright.sync_api import Page, expect

from engage import paths
from tests.factories.surveys import open_survey
from tests.support.answering import ANSWERS, SURVEY, question_in
from tests.support.browser import Live, assert_accessible, assert_fits
from tests.support.visits import fill, press, tab_to

pytestmark = pytest.mark.browser

CASES = json.loads((paths.surveys() / "identifying.json").read_text(encoding="utf-8"))["cases"]
TWIN = """async texts => { const { parts } = await import(document.querySelector("script[src*=showing]").src);
    return texts.map(parts); }"""


def test_d6_a_page_points_out_what_shows_who_somebody_is(window: Page, live: Live) -> None:
    """The script finds what the table says; Continue shows it once, by keyboard too, and goes on when pressed again."""
    open_survey(live.app, live.partnership)
    page = window
    page.goto(f"{live}{SURVEY}")
    press(page, "Start")
    while question_in(page.url) != "going_well":
        fill(page, ANSWERS[question_in(page.url)])
        press(page, "Continue")
    assert page.evaluate(TWIN, [case["words"] for case in CASES]) == [case["parts"] for case in CASES]

    here, asked = page.url, []
    page.on("request", lambda request: asked.append(request.url))
    box, note = page.locator("textarea"), page.get_by_role("status").filter(has_text="This might show who you are")
    box.fill("my name is priya and i go to larkmoor high")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(note.locator(".engage-marked")).to_have_text(["priya", "larkmoor high"])
    assert (page.url, asked) == (here, []), "nothing left the device"
    assert_accessible(page)
    assert_fits(page)
    box.fill("the dog")
    expect(note).to_have_count(0)
    box.fill("ring 07700 900123")
    press(page, "Continue")
    expect(note.locator(".engage-marked")).to_have_text(["07700 900123"])
    press(page, "Continue")
    expect(page).not_to_have_url(here)
    page.go_back()
    expect(box).to_have_value("ring 07700 900123")
    page.locator("button[name=stop-here]").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("What helps you to feel safe now?")
