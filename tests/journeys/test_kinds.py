"""Every kind of question in a real browser: each example survey, page by page, as a child would meet it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from engage import paths
from tests.factories.surveys import open_as_it_is, ready_made
from tests.support.answering import question_in
from tests.support.browser import Live, assert_focus_seen
from tests.support.visits import press, tab_to

# A question for contact details belongs to the tell-us form, which has its own journey.
EXAMPLES = sorted({path.stem for path in (paths.surveys() / "examples").glob("*.yaml")} - {"contact"})
pytestmark = pytest.mark.browser


def opened(page: Page, live: Live, name: str) -> None:
    """The first page of an example."""
    open_as_it_is(live.app, live.partnership, ready_made(f"examples/{name}"), name)
    page.goto(f"{live}/larkmoor/surveys/{name}")
    press(page, "Start")


def pages(page: Page) -> Iterator[str]:
    """Each page on the shortest way through: the first answer is chosen, what is written is skipped."""
    while "/q/" in page.url:
        here = page.url
        yield question_in(here)
        skip = page.locator("main input[id$='-skip'][type='checkbox']")
        radios = page.locator("main input[type='radio']")
        if skip.count():
            skip.first.check()
        elif radios.count():
            radios.first.check()
        press(page, "Continue")
        assert page.url != here, f"{here} cannot be passed"


def test_a12_things_are_put_in_order_by_keyboard_and_said(window: Page, live: Live) -> None:
    """A12: each press moves one thing, keeps the focus on it and says where it stands now."""
    page = window
    opened(page, live, "ranking")
    tab_to(page, "button[value='down.safe']")
    page.keyboard.press("Enter")
    expect(page.locator(".engage-rank__said")).to_have_text("“Feeling safe” is now 2 of 4")
    assert page.evaluate("document.activeElement.value") == "down.safe"
    assert_focus_seen(page)
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    expect(page.locator(".engage-rank__said")).to_have_text("“Feeling safe” is now 4 of 4")
    assert page.evaluate("document.activeElement.value") == "up.safe"
    press(page, "Continue")
    assert page.locator(".engage-check__answer li").all_inner_texts() == [
        *("1. Time with friends", "2. Being listened to"),
        *("3. Places to play", "4. Feeling safe"),
    ]


def test_a12_things_are_put_in_order_without_script(plain_window: Page, live: Live) -> None:
    """A4, A12: each button sends the page and it comes back in the new order, with what was said."""
    page = plain_window
    opened(page, live, "ranking")
    page.locator("button[value='up.park']").click()
    expect(page.get_by_role("status")).to_have_text("“Places to play” is now 3 of 4")
    page.locator("button[value='up.park']").click()
    press(page, "Continue")
    assert page.locator(".engage-check__answer li").nth(1).inner_text() == "2. Places to play"


def test_2_5_7_a_slider_is_radios_and_dragging_is_only_offered(window: Page, live: Live) -> None:
    """WCAG 2.2, 2.5.7: every point can be chosen by itself; the slider follows, and moving it chooses a point."""
    page = window
    opened(page, live, "slider")
    expect(page.get_by_text("Nothing chosen yet")).to_be_visible()
    page.get_by_label("7", exact=True).check()
    drag = page.locator("input[type=range]")
    expect(drag).to_have_value("7")
    drag.fill("3")
    expect(page.get_by_label("3", exact=True)).to_be_checked()
    press(page, "Continue")
    expect(page.locator(".engage-check__answer")).to_have_text("3")


def test_a_body_is_touched_or_listed(window: Page, live: Live) -> None:
    """Touching the drawing ticks the list, ticking the list fills the drawing; the list alone is the answer."""
    page = window
    opened(page, live, "bodymap")
    fill = "one => getComputedStyle(one).fill"
    part = page.locator("[data-part=tummy]").first
    before = part.evaluate(fill)
    part.locator("path").click()
    expect(page.get_by_label("Tummy")).to_be_checked()
    page.mouse.move(0, 0)
    assert part.evaluate(fill) != before
    page.get_by_label("Head").check()
    press(page, "Continue")
    assert page.locator(".engage-check__answer li").all_inner_texts() == ["Head", "Tummy"]
