"""Parts on a tablet without a network: in an order of each person's own, and with an end of their own (F9)."""

import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from engage.core import clock, database
from engage.core.database import db
from engage.listening.kiosk import service
from engage.listening.surveys.models import Response
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_fits
from tests.unit.questionnaire.samples import option, sample, words

pytestmark = pytest.mark.browser
ENOUGH = words("You chose {answer:first|nothing}, so that is all.")
RESTED = {"when": {"question": "first", "is": "rest"}, "say": ENOUGH}
REFUSED = {
    "when": {"question": "joins", "is": "no"},
    "say": words("Come back when you like"),
    "nothing_kept": True,
}
DEFINITION = sample(
    {"id": "hello", "kind": "information"},
    {
        "id": "joins",
        "kind": "single",
        "options": [option("yes"), option("no")],
        "ends": [REFUSED],
    },
    {"id": "first", "kind": "single", "section": "mix", "options": [option("play"), option("rest")]},
    {"id": "second", "kind": "single", "section": "mix", "options": [option("play"), option("rest")]},
    {"id": "last", "kind": "text", "section": "words"},
    sections=[
        {"id": "mix", "title": words("Two things"), "order": "random", "ends": [RESTED]},
        {"id": "words", "title": words("Your words")},
    ],
    audience="parents",
    ask_how=False,
)


@pytest.fixture
def tablet(live: Live) -> str:
    open_as_it_is(live.app, live.partnership, DEFINITION, "parts")
    with within(live.app, live.partnership):
        found: uuid.UUID = service.set_up("parts", "Hall", clock.in_days(3), works_offline=True)
        database.end_write(commit=True)
    return f"{live}/larkmoor/tablet/{found}"


def press(page: Page, name: str) -> None:
    page.locator("#stage").get_by_role("button", name=name, exact=True).click()


def heading(page: Page, words: str) -> None:
    expect(page.locator("#stage").get_by_role("heading", level=1)).to_contain_text(words)


def begin(page: Page, chance: int) -> None:
    """Start, where chance always says `chance`: 0 turns the two questions of the part round, 1 leaves them."""
    page.evaluate(f"() => {{ crypto.getRandomValues = (numbers) => numbers.fill({chance}); }}")
    for screen in ("start", "intro"):
        expect(page.locator(f"#stage[data-screen={screen}]")).to_be_visible()
        press(page, "Start")
    heading(page, "Ask hello?")
    press(page, "Continue")
    heading(page, "Ask joins?")


def choose(page: Page, label: str, then: str) -> None:
    page.locator("#stage").get_by_label(label, exact=True).check()
    press(page, "Continue")
    heading(page, then)


def stored(live: Live) -> list[dict[str, Any]]:
    with within(live.app, live.partnership):
        return list(db.session.scalars(sa.select(Response.answers)).all())


def test_f9_a_part_is_asked_in_an_order_of_each_persons_own_and_ends_by_its_own_rule(
    window: Page, live: Live, tablet: str
) -> None:
    page = window
    page.goto(tablet)
    expect(page.locator("html[data-ready=yes]")).to_be_attached()
    begin(page, 0)
    expect(page.locator("[data-at]")).to_have_text("Question 1 of about 4")  # a page that only tells is not counted
    choose(page, "yes", "Ask second?")
    expect(page.get_by_text("Part 1 of 2: Two things")).to_be_visible()
    choose(page, "play", "Ask first?")
    press(page, "Back")
    heading(page, "Ask second?")
    expect(page.get_by_label("play", exact=True)).to_be_checked()
    press(page, "Continue")
    choose(page, "rest", "Check your answers")
    expect(page.get_by_text("You chose rest, so that is all.")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    expect(page.locator("[data-question]")).to_have_text(["Ask joins?", "Ask second?", "Ask first?"])
    press(page, "Send my answers")
    heading(page, "Thank you")
    press(page, "Finish")
    begin(page, 1)
    choose(page, "yes", "Ask first?")
    choose(page, "play", "Ask second?")
    choose(page, "rest", "Ask last?")
    expect(page.get_by_text("Part 2 of 2: Your words")).to_be_visible()
    press(page, "Continue")
    heading(page, "Check your answers")
    press(page, "Send my answers")
    heading(page, "Thank you")
    press(page, "Finish")
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    joined, play, rest = {"value": "yes"}, {"value": "play"}, {"value": "rest"}
    ended = {"joins": joined, "second": play, "first": rest}
    whole = {"joins": joined, "first": play, "second": rest, "last": {"skipped": True}}
    assert sorted(stored(live), key=len) == [ended, whole]


def test_f9_whoever_takes_no_part_reads_why_it_ends_and_nothing_of_them_is_kept(
    window: Page, live: Live, tablet: str
) -> None:
    page = window
    page.goto(tablet)
    expect(page.locator("html[data-ready=yes]")).to_be_attached()
    begin(page, 0)
    choose(page, "no", "Thank you. You need not go on")
    expect(page.get_by_text("Come back when you like")).to_be_visible()
    expect(page.get_by_text("Nothing you answered was kept, and nothing was sent.")).to_be_visible()
    assert_accessible(page)
    press(page, "I have changed my mind")
    press(page, "Start")
    press(page, "Continue")
    expect(page.get_by_label("no", exact=True)).not_to_be_checked()
    choose(page, "no", "Thank you. You need not go on")
    press(page, "Finish")
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    assert stored(live) == []
