"""A shared tablet: its start page, and nothing of anybody left on it for the next person."""

import re
import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engage.desk import help as help_now
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


def test_whoever_walks_away_leaves_nothing_for_whoever_presses_start(app: Flask, address: str) -> None:
    """N16: back to the start page by the browser's own button asks nobody to finish, and may ask the site nothing."""
    tablet = browser_of(app)
    tablet.get(address)
    first = start(tablet, SURVEY, via="kiosk")
    again = tablet.get(address)
    assert again.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert cookies(tablet) == {"engage-tablet"}
    assert tablet.get(first).status_code == 303
    start(tablet, SURVEY, via="kiosk")
    tablet.submit("/comfort", {"language": "ar", "back": address})
    began = tablet.get(f"{address}/begin")
    assert began.headers["Location"] == f"{SURVEY}?via=kiosk"
    assert cookies(tablet) == {"engage-tablet", "engage-look"}, "what was chosen on the start page stays"
    assert "Go on with my answers" not in tablet.get(began.headers["Location"]).text
    assert f'href="{address}/begin"' in tablet.get(address).text


def test_the_promise_on_a_tablet_leads_nowhere_but_on_or_back_to_its_start(app: Flask, address: str) -> None:
    tablet = browser_of(app)
    tablet.get(address)
    page = tablet.get(f"{SURVEY}?via=kiosk").text
    main = page.split("<main", 1)[1].split("</main>")[0]
    helped = f"/larkmoor/help?back={SURVEY}?via%3Dkiosk"
    assert set(re.findall(r'href="(/larkmoor/[^"]*)"', main)) == {f"{address}/again", helped}
    assert "Go on with your words" in browser_of(app).get(SURVEY).text


def test_c4_help_on_a_tablet_clears_itself_and_leads_back_to_the_questions(app: Flask, address: str) -> None:
    """Whoever pressed Help now and walked away must not leave their answers open; whoever stays finds back."""
    help_now.render_all(app)
    tablet = browser_of(app)
    tablet.get(address)
    question = start(tablet, SURVEY, via="kiosk")
    page = tablet.get("/larkmoor/help", headers={"Referer": f"http://localhost{question}"}).text
    assert f'class="govuk-back-link" href="{question}"' in page
    assert f'data-again="{address}/again"' in page
    assert 'href="/leave"' not in page
    for elsewhere in ("http://evil.example/larkmoor/surveys", "http://localhost/staff/", 'http://localhost/"><b>', ""):
        away = tablet.get("/larkmoor/help", headers={"Referer": elsewhere}).text
        assert f'class="govuk-back-link" href="{address}/on"' in away
    own = browser_of(app).get("/larkmoor/help").text
    assert "engage-kiosk" not in own
    assert f"{address}/on" not in own
    assert 'class="govuk-back-link" href="/larkmoor/"' in own


def test_whoever_sets_a_tablet_up_is_signed_in_on_it_no_more(manager: PageClient, address: str) -> None:
    assert manager.get("/staff/surveys").status_code == 200
    manager.get(address)
    assert manager.get_cookie("engage-staff") is None
    assert manager.get("/staff/surveys").status_code == 303


def test_n16_nor_on_a_tablet_that_works_without_a_network(manager: PageClient) -> None:
    """It leads on to a page of its own at once; whoever holds it next would have been at the staff pages."""
    manager.submit(TABLETS, {"place": "Garden", "ends_on": "2999-01-01", "works_offline": "y"})
    found = re.search(r"/larkmoor/tablet/[0-9a-f-]{36}", manager.get(TABLETS).get_data(as_text=True))
    assert found
    offline = f"{found.group()}/offline"
    assert f"{offline}</code>" in manager.get(TABLETS).text, "F9: the address above it does not open without a network"
    assert manager.get(found.group()).headers["Location"] == offline
    assert manager.get_cookie("engage-staff") is None
    assert "Clear-Site-Data" not in manager.get(f"{found.group()}/again").headers, "F9: answers wait on it"
    assert manager.get("/staff/surveys").status_code == 303


def test_n16_nor_where_a_bookmark_leads_past_that_page(app: Flask, manager: PageClient) -> None:
    manager.submit(TABLETS, {"place": "Garden", "ends_on": "2999-01-01", "works_offline": "y"})
    found = re.search(r"/larkmoor/tablet/[0-9a-f-]{36}", manager.get(TABLETS).get_data(as_text=True))
    signed_in = manager.get_cookie("engage-staff")
    assert found
    assert signed_in
    plain = FlaskClient(app)  # one document of many screens, each with its heading
    plain.set_cookie("engage-staff", signed_in.value)
    assert plain.get("/staff/surveys").status_code == 200
    assert plain.get(f"{found.group()}/offline").status_code == 200
    assert plain.get_cookie("engage-staff") is None
    assert plain.get("/staff/surveys").status_code == 303


def test_words_are_not_copied_on_a_tablet_for_the_next_person_to_paste(app: Flask, address: str) -> None:
    """N16."""
    tablet, own = browser_of(app), browser_of(app)
    tablet.get(address)
    for browser in (tablet, own):
        walk(browser, start(browser, SURVEY))
        send(browser)
    assert "engage-copy" not in tablet.get(f"{SURVEY}/sent").text
    assert "engage-copy" in own.get(f"{SURVEY}/sent").text


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
