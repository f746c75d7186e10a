"""Help now on a shared tablet: however somebody gets there, the way back keeps what they have answered (C4, N16)."""

import re
import uuid
from html import unescape

import pytest
from flask import Flask

from engage.core import clock, database
from engage.desk import help as help_now
from engage.listening.kiosk import service
from tests.factories.surveys import open_survey
from tests.support.answering import SURVEY, start
from tests.support.apps import within
from tests.support.client import PageClient, browser_of

pytestmark = pytest.mark.one_database
HELP = "/larkmoor/help"


@pytest.fixture
def address(app: Flask, partnership: uuid.UUID) -> str:
    open_survey(app, partnership)
    with within(app, partnership):
        found = service.set_up("your-voice", "Waiting room", clock.in_days(3), works_offline=False)
        database.end_write(commit=True)
    help_now.render_all(app)
    return f"/larkmoor/tablet/{found}"


@pytest.fixture
def tablet(app: Flask, address: str) -> PageClient:
    """A browser that is the tablet, and says of no page where it came from."""
    browser = browser_of(app)
    browser.get(address)
    return browser


def way(page: str, to: str) -> str:
    """The first link to `to` on a page, with what it carries."""
    found = re.search(rf'href="({to}[^"]*)"', page)
    assert found, to
    return unescape(found.group(1))


def back(page: str) -> str:
    found = re.search(r'class="govuk-back-link" href="([^"]+)"', page)
    assert found
    return unescape(found.group(1))


def test_c4_help_pressed_again_and_again_leads_back_to_the_question(tablet: PageClient) -> None:
    question = start(tablet, SURVEY, via="kiosk")
    page = tablet.get(question).text
    for _ in range(3):
        page = tablet.get(way(page, HELP)).text
        assert back(page) == question


def test_c4_help_in_another_language_leads_back_to_the_question(tablet: PageClient) -> None:
    """Whoever opens it in a language they cannot read changes that first; the way round by there is the same."""
    question = start(tablet, SURVEY, via="kiosk")
    comfort = way(tablet.get(way(tablet.get(question).text, HELP)).text, "/comfort")
    choices = tablet.get(comfort).text
    assert back(tablet.get(way(choices, HELP)).text) == question
    kept = tablet.post("/comfort", data={"language": "ar", "back": back(choices)})
    page = tablet.get(kept.headers["Location"]).text
    assert 'lang="ar"' in page
    assert back(page) == question
    assert tablet.get(question).status_code == 200


def test_c4_where_nobody_knows_the_page_help_leads_to_what_was_begun(tablet: PageClient, address: str) -> None:
    assert tablet.get(back(tablet.get(HELP).text)).headers["Location"] == address, "nobody has begun"
    question = start(tablet, SURVEY, via="kiosk")
    led = tablet.get(back(tablet.get(HELP).text))
    assert led.headers["Location"] == f"{SURVEY}?via=kiosk"
    assert "Go on with my answers" in tablet.get(led.headers["Location"]).text
    assert tablet.get(question).status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example/larkmoor/surveys", "https://evil.example/larkmoor/", "javascript:alert(1)", "/staff/", "/",
        "/larkmoor/../staff/", "/larkmoor/%2e%2e/staff/", "/larkmoor\\evil", "/larkmoor/help", "/larkmoor/help?back=/",
        "/larkmoor/contact-me", "/larkmoor//tablet/", "/elsewhere/surveys", '/larkmoor/"><b>', "/larkmoor/a\n", "http://[",
    ],
)  # fmt: skip
def test_w16_help_leads_back_to_a_page_of_this_place_only(tablet: PageClient, address: str, wanted: str) -> None:
    start(tablet, SURVEY, via="kiosk")
    assert back(tablet.get(HELP, query_string={"back": wanted}).text) == f"{address}/on"
    if wanted.isprintable():
        assert back(tablet.get(HELP, headers={"Referer": wanted}).text) == f"{address}/on"


@pytest.mark.parametrize("end", ["", "/again", "/begin"])
def test_c4_help_never_leads_back_to_a_page_that_clears_a_tablet(tablet: PageClient, address: str, end: str) -> None:
    start(tablet, SURVEY, via="kiosk")
    page = tablet.get(
        HELP, query_string={"back": address + end}, headers={"Referer": f"http://localhost{address}{end}"}
    )
    assert back(page.text) == f"{address}/on"


def test_c4_until_a_tablets_own_page_is_rendered_it_shows_everybodys(app: Flask, tablet: PageClient) -> None:
    for file in (app.extensions["engage_settings"].home / "help").glob("*.tablet.html"):
        file.unlink()
    assert "Larkmoor" in tablet.get(HELP).text
    assert 'dir="rtl"' in tablet.get(HELP, headers={"Accept-Language": "ar"}).text


def test_a_tablet_of_nobody_has_nothing_to_go_on_with(client: PageClient, partnership: uuid.UUID) -> None:
    assert client.get(f"/larkmoor/tablet/{uuid.uuid4()}/on").status_code == 404
