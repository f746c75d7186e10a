"""Two switches: one moves on, one presses. The longest survey is answered with nothing else."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.factories.surveys import open_survey
from tests.support.answering import SURVEY, question_in
from tests.support.browser import Live, assert_focus_seen
from tests.support.visits import press

pytestmark = pytest.mark.browser

MOVE, PRESS = "Tab", "Enter"
CHOICES = "main form input:not([type=hidden]), main form textarea"


@pytest.fixture
def survey(live: Live) -> uuid.UUID:
    return open_survey(live.app, live.partnership)


def want_switches(page: Page, live: Live) -> None:
    page.goto(f"{live}/comfort?back={SURVEY}")
    page.get_by_label("I use one or two switches").check()
    press(page, "Use these")


def move_to(page: Page, selector: str, most: int) -> int:
    """Move on until what matches has the focus; how many presses it took."""
    for pressed in range(most + 1):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            assert_focus_seen(page)
            return pressed
        page.keyboard.press(MOVE)
    raise AssertionError(f"{selector} cannot be reached on {page.url}")


def answer_by_switches(page: Page, wanted: int) -> tuple[int, int]:
    """Choose the `wanted`th answer of a page and go on: (presses, controls on the page)."""
    controls = page.locator(CHOICES).count()
    pressed = 0
    kind = page.locator(CHOICES).first.get_attribute("type")
    if kind in {"radio", "checkbox"}:
        box = page.locator(CHOICES).nth(min(wanted, controls - 1)).get_attribute("id")
        pressed += move_to(page, f"[id='{box}']", controls)
        page.keyboard.press(PRESS)
        pressed += 1
        expect(page.locator(f"[id='{box}']")).to_be_checked()
    pressed += move_to(page, "main form button[type=submit]", controls + 2)
    page.keyboard.press(PRESS)
    return pressed + 1, controls


@pytest.mark.parametrize("wanted", [0, 2])
def test_a6_the_longest_survey_with_two_switches(window: Page, live: Live, survey: uuid.UUID, wanted: int) -> None:
    """A6: Tab and Enter alone, from Start to Sent; at most three presses a question beside its choices."""
    page = window
    want_switches(page, live)
    move_to(page, "main form button", 12)
    page.keyboard.press(PRESS)
    page.wait_for_url("**/q/*")
    met = []
    while "/q/" in page.url:
        here = page.url
        pressed, controls = answer_by_switches(page, wanted)
        page.wait_for_url(lambda url, here=here: url != here)
        assert pressed <= controls + 3, here
        met.append(question_in(here))
    assert len(met) >= 12
    for following in ("**/check", "**/sent"):  # how somebody answered is asked, and may be left out
        move_to(page, "main form button[type=submit]", 80)
        page.keyboard.press(PRESS)
        page.wait_for_url(following)
    expect(page.locator("#receipt-words li")).to_have_count(6)


def test_a6_every_radio_is_reached_in_turn_and_back(window: Page, live: Live, survey: uuid.UUID) -> None:
    """Coming back to a chosen answer, those before it can be reached by going on; and Shift goes back through them."""
    page = window
    want_switches(page, live)
    press(page, "Start")
    page.get_by_label("Mostly safe").check()
    press(page, "Continue")
    page.get_by_role("link", name="Back").click()
    radios = page.locator("main form input[type=radio]")
    ids = [radios.nth(n).get_attribute("id") for n in range(radios.count())]
    page.locator("main h1").evaluate("one => { one.tabIndex = -1; one.focus(); }")
    reached = []
    for _ in ids:
        page.keyboard.press(MOVE)
        reached.append(page.evaluate("() => document.activeElement.id"))
    assert reached == ids
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("() => document.activeElement.id") == ids[-2]


def test_a5_without_the_mode_a_group_is_one_stop(window: Page, live: Live, survey: uuid.UUID) -> None:
    """Who did not ask for it keeps the usual keys."""
    page = window
    page.goto(f"{live}{SURVEY}")
    press(page, "Start")
    page.get_by_label("Mostly safe").check()
    page.keyboard.press(MOVE)
    assert page.evaluate("() => document.activeElement.type") != "radio"
