"""A shared tablet: its start page, and nothing of anybody left on it for the next person."""

import re
import uuid

import pytest
from flask import Flask

from engage.people.kinds import Role
from tests.factories.surveys import open_survey
from tests.support.answering import SURVEY, send, start, walk
from tests.support.client import PageClient, browser_of, token_of
from tests.support.people import sign_in, staff

pytestmark = pytest.mark.one_database

TABLETS = "/staff/surveys/your-voice/tablets"


@pytest.fixture
def manager(app: Flask, client: PageClient, partnership: uuid.UUID) -> PageClient:
    open_survey(app, partnership)
    staff(app, partnership, "mo", Role.SURVEY_MANAGER)
    sign_in(client, "mo")
    return client


@pytest.fixture
def address(manager: PageClient) -> str:
    manager.submit(TABLETS, {"place": "Waiting room", "ends_on": "2999-01-01"})
    found = re.search(r"/larkmoor/tablet/[0-9a-f-]{36}", manager.get(TABLETS).get_data(as_text=True))
    assert found
    return found.group()


def cookies(client: PageClient) -> set[str]:
    names = ("engage-answer", "engage-look", "engage-tablet")
    return {name for name in names if client.get_cookie(name) is not None}


def test_each_person_begins_with_nothing_of_the_one_before(app: Flask, address: str) -> None:
    tablet = browser_of(app)
    assert "Press Start when it is your turn" in tablet.get(address).get_data(as_text=True)
    assert cookies(tablet) == {"engage-tablet"}
    start(tablet, SURVEY, via="kiosk")
    tablet.submit("/comfort", {"theme": "dark", "back": SURVEY})
    assert cookies(tablet) == {"engage-tablet", "engage-answer", "engage-look"}
    page = tablet.get(f"{SURVEY}/q/safe_home").get_data(as_text=True)
    assert f'data-again="{address}/again"' in page
    assert f'href="{address}/again"' in page.split("engage-dock")[-1]
    done = tablet.get(f"{address}/again")
    assert (done.status_code, done.headers["Clear-Site-Data"]) == (303, '"cache", "storage"')
    assert cookies(tablet) == {"engage-tablet"}
    assert tablet.get(f"{SURVEY}/q/safe_home").status_code == 303


def test_finishing_leads_back_to_the_start_page(app: Flask, address: str) -> None:
    tablet = browser_of(app)
    tablet.get(address)
    walk(tablet, start(tablet, SURVEY, via="kiosk"))
    send(tablet)
    sent = tablet.get(f"{SURVEY}/sent").get_data(as_text=True)
    assert f'<a class="govuk-button" href="{address}/again"><span>Finish' in sent


def test_anybodys_own_device_sees_nothing_of_it(app: Flask, address: str) -> None:
    own = browser_of(app)
    start(own, SURVEY)
    assert "engage-kiosk" not in own.get(f"{SURVEY}/q/safe_home").get_data(as_text=True)


def test_a_tablet_that_was_taken_away_says_so_and_is_one_no_more(app: Flask, manager: PageClient, address: str) -> None:
    tablet = browser_of(app)
    tablet.get(address)
    manager.submit(TABLETS, {}, to=f"{TABLETS}/{address.rsplit('/', 1)[1]}/end")
    over = tablet.get(address)
    assert over.status_code == 410
    assert "Nobody is asking on it any more" in over.get_data(as_text=True)
    assert cookies(tablet) == set()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"place": ""}, "Say where the tablet stands"),
        ({"ends_on": "2001-01-01"}, "The last day must not be in the past"),
        ({"ends_on": "soon"}, "Not a valid date"),
    ],
)
def test_bad_input_sets_nothing_up(manager: PageClient, wrong: dict[str, str], message: str) -> None:
    page = manager.submit(TABLETS, {"place": "Hall", "ends_on": "2999-01-01", **wrong}).get_data(as_text=True)
    assert message in page
    assert "No shared tablet yet" in manager.get(TABLETS).get_data(as_text=True)


def test_a_tablet_of_nobody_is_not_there(client: PageClient, partnership: uuid.UUID) -> None:
    assert client.get(f"/larkmoor/tablet/{uuid.uuid4()}").status_code == 404
    client.set_cookie("engage-tablet", "nonsense")
    assert client.get("/larkmoor/").status_code == 200


def test_nobody_stops_for_later_on_a_shared_tablet_whatever_address_they_type(app: Flask, address: str) -> None:
    """Words to come back with would stand there for the next person; and done is back at the start page."""
    tablet = browser_of(app)
    tablet.get(address)
    page = tablet.get(start(tablet, SURVEY, via="kiosk"))
    assert tablet.get(f"{SURVEY}/stop").headers["Location"] == f"{SURVEY}/check"
    asked = tablet.post(f"{SURVEY}/stop/words", data={"csrf_token": token_of(page)})
    assert asked.headers["Location"] == f"{SURVEY}/check"
    assert tablet.get(f"{SURVEY}/finish").headers["Location"] == f"{address}/again"
    own = browser_of(app)
    start(own, SURVEY)
    assert own.get(f"{SURVEY}/stop").status_code == 200
