"""Help now, pressed on the way, is known to who reads what was sent; its page needs no session and no database (C4)."""

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core.database import db
from engage.listening.surveys.models import Response
from engage.people.kinds import Role
from engage.safeguarding.kinds import ASKED_FOR_HELP, FlagReason
from engage.safeguarding.models import Flag
from engage.voices.kinds import Concern
from tests.factories.surveys import open_survey
from tests.support.answering import ANSWERS, SURVEY, send, start, walk
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.pages import press
from tests.support.people import sign_in, staff

HELP = "/larkmoor/help"
COOKIE = "engage-answer"


@pytest.fixture
def survey(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return open_survey(app, partnership)


def raised(app: Flask, partnership: uuid.UUID) -> list[tuple[Concern, list[str]]]:
    low = sa.select(Flag).where(Flag.reason == FlagReason.LOW_ANSWER)
    with within(app, partnership):
        return [(flag.level, list(flag.categories)) for flag in db.session.scalars(low)]


def value(client: PageClient) -> str:
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def test_the_button_raises_a_flag_that_says_so_and_leaves_nothing_else(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    first = start(client)
    before = value(client)
    assert client.get(HELP).headers["Set-Cookie"].startswith(f"{COOKIE}={before}~; ")
    walk(client, first)
    send(client)
    assert value(client) == f"{before}."
    assert raised(app, partnership) == [(Concern.AMBER, [ASKED_FOR_HELP])]
    with within(app, partnership):
        kept = db.session.scalars(sa.select(Response)).one()
        assert ASKED_FOR_HELP not in str([getattr(kept, column.key) for column in Response.__table__.columns])
    staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    lead = app.test_client()
    assert isinstance(lead, PageClient)
    sign_in(lead, "lena")
    assert "Pressed Help now while answering." in lead.get("/staff/safeguarding").text
    with within(app, partnership):
        flag_id = db.session.scalars(sa.select(Flag.id)).one()
    page = press(lead, f"/staff/safeguarding/flags/{flag_id}")
    assert "Pressed Help now while answering." in page
    assert "gave one of them" not in page


def test_it_stands_beside_a_low_answer_and_ends_with_the_sending(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    first = start(client)
    client.get(HELP)
    walk(client, first, {**ANSWERS, "safe_home": {"safe_home": "1"}})
    send(client)
    assert raised(app, partnership) == [(Concern.AMBER, ["safe_home", ASKED_FOR_HELP])]
    assert "Set-Cookie" not in client.get(HELP).headers  # all is sent: what is pressed now belongs to nothing
    client.get(f"{SURVEY}/finish")
    walk(client, start(client))
    send(client)
    assert len(raised(app, partnership)) == 1


def test_a_form_that_was_open_when_it_was_pressed_is_still_good(client: PageClient, survey: uuid.UUID) -> None:
    first = start(client)
    form = {"csrf_token": token_of(client.get(first)), **ANSWERS["safe_home"]}
    client.get(HELP)
    assert client.post(first, data=form).status_code == 303


def test_n8_whoever_answers_nothing_gets_no_cookie_there(client: PageClient, partnership: uuid.UUID) -> None:
    assert "Set-Cookie" not in client.get(HELP).headers
    client.set_cookie(COOKIE, "made-up")
    assert "Set-Cookie" not in client.get(HELP).headers
