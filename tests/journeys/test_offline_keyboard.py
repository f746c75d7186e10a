"""Every kind that a tablet can ask without a network, by keyboard alone (A5)."""

import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from engage.core import clock, database
from engage.core.database import db
from engage.listening.kiosk import service
from engage.listening.surveys.models import Response
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.support.browser import Live, assert_focus_seen
from tests.support.visits import tab_to
from tests.unit.questionnaire.samples import option, sample, words

pytestmark = pytest.mark.browser
LONG = sample(
    {"id": "told", "kind": "single", "options": [option("yes"), option("no")]},
    {"id": "tell", "kind": "multiple", "options": [option("a"), option("b"), option("c")]},
    {
        "id": "about",
        "kind": "matrix",
        "words": [words("never"), words("often")],
        "rows": [{"id": "play", "text": words("play")}, {"id": "rest", "text": words("rest")}],
    },
    {"id": "first", "kind": "ranking", "options": [option("home"), option("school")]},
    {"id": "hurts", "kind": "bodymap", "options": [option("head"), option("tummy")]},
    {"id": "sleep", "kind": "number", "max": 24, "bands": [5, 9]},
    {"id": "visit", "kind": "date", "earliest": "2024-01", "latest": "2027-06"},
    {"id": "line", "kind": "slider", "to": 4, "low": words("never"), "high": words("always")},
    {"id": "home", "kind": "drawing"},
    {"id": "place", "kind": "upload"},
    {"id": "day", "kind": "audio"},
    audience="parents",
    ask_how=False,
)
WORDS = {"home", "place", "day"}


def heading(page: Page, said: str) -> None:
    expect(page.locator("#stage").get_by_role("heading", level=1)).to_contain_text(said)


def go(page: Page, selector: str, key: str = "Enter") -> None:
    """Move on to what matches, see that it can be seen, and press a key there."""
    tab_to(page, f"#stage {selector}")
    assert_focus_seen(page)
    page.keyboard.press(key)


def write_date(page: Page) -> None:
    for part in ("day", "month", "year"):
        tab_to(page, f"#stage [name=visit-{part}]")
        page.keyboard.type({"day": "5", "month": "6", "year": "2025"}[part])


def change_mind(page: Page) -> None:
    go(page, "[type=radio]", "Space")
    page.keyboard.press("ArrowDown")


def choose_lines(page: Page) -> None:
    for row in ("play", "rest"):
        go(page, f"[name=about-{row}]", "Space")


def write_instead(page: Page) -> None:
    tab_to(page, "#stage textarea")
    page.keyboard.type("In words")


ANSWERED: dict[str, Callable[[Page], None]] = {
    "told": change_mind,
    "tell": lambda page: go(page, "[value=b]", "Space"),
    "about": choose_lines,
    "first": lambda page: go(page, "li:nth-child(2) button"),
    "hurts": lambda page: go(page, "[value=tummy]", "Space"),
    "sleep": lambda page: go(page, "[name=sleep]", "8"),
    "visit": write_date,
    "line": lambda page: go(page, "[type=radio]", "Space"),
    **dict.fromkeys(sorted(WORDS), write_instead),
}


def test_a5_a_whole_survey_by_keyboard_alone(window: Page, live: Live) -> None:
    page = window
    open_as_it_is(live.app, live.partnership, LONG, "keys")
    with within(live.app, live.partnership):
        tablet: uuid.UUID = service.set_up("keys", "Hall", clock.in_days(3), works_offline=True)
        database.end_write(commit=True)
    page.goto(f"{live}/larkmoor/tablet/{tablet}")
    expect(page.locator("html[data-ready=yes]")).to_be_attached()
    go(page, "[data-do=intro]")
    go(page, "[data-do=begin]")
    for question in LONG.questions:
        heading(page, f"Ask {question.id}?")
        ANSWERED[question.id](page)
        go(page, "form .engage-actions button")
    heading(page, "Check your answers")
    go(page, "[data-do=send]")
    heading(page, "Thank you")
    go(page, "[data-do=next]")
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    with within(live.app, live.partnership):
        (found,) = db.session.scalars(sa.select(Response.answers)).all()
    assert found["told"] == {"value": "no"}
    assert found["tell"] == {"values": ["b"]}
    assert found["first"] == {"order": ["school", "home"]}
    assert found["hurts"] == {"values": ["tummy"]}
    assert {name for name, given in found.items() if given == {"value": "given"}} == WORDS
