"""What was taken back while somebody has the page open: its words stand in its place, reading goes on (A13, A16)."""

import pytest
from playwright.sync_api import Page, expect

from engage.core import database
from engage.listening.library import service
from engage.listening.library.kinds import ItemKind
from tests.factories import library
from tests.factories.surveys import open_as_it_is
from tests.journeys.test_reading_aloud import LOCAL, VOICES, until
from tests.support.apps import within
from tests.support.browser import Live
from tests.support.visits import press
from tests.unit.questionnaire.samples import option, sample, words

pytestmark = pytest.mark.browser
DEFINITION = sample(
    {"id": "hello", "kind": "video", "film": "hello-film", "hint": words("Two people say hello.")},
    {"id": "door", "kind": "single", "audio": {"en": "door"}, "options": [option("blue"), option("none")]},
    audience="parents",
    ask_how=False,
)


def withdraw(live: Live, slug: str) -> None:
    with within(live.app, live.partnership):
        service.withdraw(slug)
        database.end_write(commit=True)


def test_a13_a16_a_film_and_a_recording_that_were_taken_back_meanwhile_leave_their_words(
    window: Page, live: Live
) -> None:
    library.add(live.app, live.partnership, ItemKind.FILM, "Hello film")
    library.add(live.app, live.partnership, ItemKind.SOUND, "Door")
    open_as_it_is(live.app, live.partnership, DEFINITION, "films")
    window.add_init_script(f"({VOICES})({LOCAL})")
    window.goto(f"{live}/larkmoor/surveys/films")
    press(window, "Start")
    expect(window.locator("video")).to_be_visible()
    withdraw(live, "hello-film")
    window.evaluate("() => { document.querySelector('video').play().catch(() => {}); }")
    expect(window.locator("video")).to_have_count(0)
    expect(window.locator(".engage-film__words")).to_be_visible()
    press(window, "Continue")
    withdraw(live, "door")
    window.get_by_role("button", name="Read this to me").click()
    until(window, "window.said.some((words) => words.includes('Ask door?'))")
