"""Every door to the questions is recorded as that door, whatever happens between it and sending."""

import re
import uuid
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.kiosk import service
from engage.listening.surveys.models import Response
from tests.factories.surveys import open_survey
from tests.support.answering import SURVEY, send, start, walk
from tests.support.apps import within
from tests.support.client import PageClient, browser_of

pytestmark = pytest.mark.one_database


@pytest.fixture
def survey(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return open_survey(app, partnership)


def channels(app: Flask, partnership: uuid.UUID) -> list[str]:
    with within(app, partnership):
        return list(db.session.scalars(sa.select(Response.channel)))


def press(client: PageClient, page: str, **more: str) -> str:
    """Press Start on the promise that stands at `page`, with what is in its form; the address of the next page."""
    hidden = re.findall(r'name="via" value="([^"]*)"', client.get(page).text)
    return start(client, SURVEY, **({"via": hidden[0]} if hidden else {}), **more)


@pytest.mark.parametrize("via", ["qr", "poster", "handed-out", "kiosk"])
def test_going_back_and_beginning_again_is_still_the_same_door(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID, via: str
) -> None:
    first = press(client, f"{SURVEY}?via={via}")
    back = re.search(r'class="govuk-back-link" href="([^"]+)"', client.get(first).text)
    assert back is not None
    walk(client, press(client, back.group(1), again="1"))
    send(client)
    assert channels(app, partnership) == [via]


def test_whoever_comes_next_by_the_link_is_not_said_to_have_come_by_the_poster(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    walk(client, press(client, f"{SURVEY}?via=poster"))
    send(client)
    walk(client, press(client, SURVEY, again="1"))
    send(client)
    assert sorted(channels(app, partnership)) == ["link", "poster"]


def test_on_a_shared_tablet_every_page_that_leads_to_the_questions_is_the_tablet(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    tablet = browser_of(app)
    tablet.get(set_up(app, partnership))
    walk(tablet, press(tablet, SURVEY))
    send(tablet)
    tablet.get(f"{SURVEY}/finish")
    walk(tablet, press(tablet, f"{SURVEY}?via=poster"))
    send(tablet)
    assert channels(app, partnership) == ["kiosk", "kiosk"]


def test_whichever_of_two_tablets_somebody_starts_on_is_the_one_they_come_back_to(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    """One browser holds one tablet: it becomes the one whose Start was pressed, though another was opened since."""
    hall, foyer = (set_up(app, partnership) for _ in range(2))
    browser = browser_of(app)
    browser.get(hall)
    browser.get(foyer)
    browser.get(f"{hall}/begin")
    page = browser.get(start(browser, SURVEY, via="kiosk")).text
    assert f'data-again="{hall}/again"' in page
    assert browser.get(f"{SURVEY}/finish").headers["Location"] == f"{hall}/again"


def test_a_start_page_that_outlived_its_cookie_begins_on_a_tablet_all_the_same(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    """Nothing would clear itself otherwise: a browser that was closed may show the page again and ask nobody."""
    address = set_up(app, partnership)
    browser = browser_of(app)
    browser.get(f"{address}/begin")
    assert f'data-again="{address}/again"' in browser.get(start(browser, SURVEY, via="kiosk")).text


def test_the_address_of_a_tablet_that_was_taken_away_takes_no_other_tablet_away(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    gone, used = (set_up(app, partnership) for _ in range(2))
    browser = browser_of(app)
    browser.get(gone)
    with within(app, partnership), transaction():
        service.take_away(uuid.UUID(gone.rsplit("/", 1)[-1]))
    browser.get(used)
    question = start(browser, SURVEY, via="kiosk")
    assert browser.get(gone).status_code == 410
    assert f'data-again="{used}/again"' in browser.get(question).text
    browser.set_cookie("engage-tablet", gone.rsplit("/", 1)[-1])
    assert browser.get(gone).status_code == 410
    assert browser.get_cookie("engage-tablet") is None


def set_up(app: Flask, partnership: uuid.UUID) -> str:
    """The address of one more tablet."""
    with within(app, partnership), transaction():
        return f"/larkmoor/tablet/{service.set_up('your-voice', 'Hall', date(2999, 1, 1), works_offline=False)}"


def test_making_it_easier_to_use_leads_back_to_the_same_door(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    page = client.get(f"{SURVEY}?via=poster").text
    comfort = re.search(r'href="(/comfort[^"]*)"', page)
    assert comfort is not None
    there = client.get(comfort.group(1).replace("&amp;", "&")).text
    back = re.search(r'name="back" value="([^"]*)"', there)
    assert back is not None
    kept = client.post("/comfort", data={"back": back.group(1), "size": "large"})
    walk(client, press(client, kept.headers["Location"]))
    send(client)
    assert channels(app, partnership) == ["poster"]
