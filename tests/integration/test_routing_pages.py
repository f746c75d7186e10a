"""The way through a survey, page by page: parts, skips, ends, options brought along, an order of one's own."""

import re
import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core.database import db
from engage.listening.surveys.models import Draft, Response
from tests.factories.surveys import open_as_it_is, ready_made
from tests.support.answering import answer_page, question_in, send, start
from tests.support.apps import within
from tests.support.client import PageClient

pytestmark = pytest.mark.one_database

AT = "/larkmoor/surveys"


def opened(app: Flask, partnership: uuid.UUID, name: str) -> str:
    open_as_it_is(app, partnership, ready_made(f"examples/{name}"), name)
    return f"{AT}/{name}"


def text(client: PageClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def answered(client: PageClient, address: str, *values: str) -> str:
    """Choose or write on the page; the page that follows."""
    name = question_in(address)
    page = answer_page(client, address, {name: list(values)})
    assert page.status_code == 303, page.get_data(as_text=True)
    return page.headers["Location"]


def stored(app: Flask, partnership: uuid.UUID) -> list[dict[str, object]]:
    with within(app, partnership):
        return list(db.session.scalars(sa.select(Response.answers)))


def test_parts_are_named_in_words_and_counted_as_they_come(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    survey = opened(app, partnership, "sections")
    first = start(client, survey)
    assert "Part 1 of 2: Your work" in text(client, first)
    second = answered(client, first, "yes")
    assert "Part 2 of 3: Your visits" in text(client, second)
    help_page = answered(client, second, "rarely")
    check = answered(client, help_page, "More time")
    assert check == f"{survey}/check"
    assert "You seldom visit families" in text(client, check)
    assert send(client, survey).headers["Location"] == f"{survey}/sent"
    assert list(stored(app, partnership)[0]) == ["visits_families", "how_often"]


def test_a_skip_leads_on_and_what_was_skipped_over_is_not_sent(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    survey = opened(app, partnership, "skip-and-end")
    trained = answered(client, start(client, survey), "yes")
    changed = answered(client, trained, "yes")
    answered(client, changed, "A good deal")
    needed = answered(client, trained, "no")
    assert question_in(needed) == "needed"
    # The page that was skipped over leads back to where this person stands.
    assert question_in(client.get(changed).headers["Location"]) == "needed"
    answered(client, needed, "More of it")
    assert "A good deal" not in text(client, f"{survey}/check")
    send(client, survey)
    assert list(stored(app, partnership)[0]) == ["agree", "trained"]


def test_whoever_does_not_agree_is_thanked_and_nothing_at_all_is_kept(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    survey = opened(app, partnership, "skip-and-end")
    agree = start(client, survey)
    answered(client, answered(client, agree, "yes"), "yes")
    stopped = answered(client, agree, "no")
    assert stopped == f"{survey}/stopped/agree"
    page = text(client, stopped)
    assert "You do not need to go on." in page
    assert "Nothing you answered was kept" in page
    assert "engage-kiosk" not in page, "somebody's own device is no shared tablet"
    with within(app, partnership):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Draft)) == 0
    assert client.get(f"{survey}/check").status_code == 303
    assert stored(app, partnership) == []
    assert client.get(f"{survey}/stopped/needed").status_code == 404
    assert client.get(f"{survey}/stopped/nothing").status_code == 404
    assert question_in(start(client, survey)) == "agree"


def test_options_are_brought_along_and_named_and_a_forged_one_is_refused(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    survey = opened(app, partnership, "carry-and-name")
    tools = start(client, survey)
    best = answered(client, tools, "chronology", "scaling")
    page = text(client, best)
    assert "The chronology" in page
    assert "The genogram" not in page
    forged = answer_page(client, best, {"best": "genogram"})
    assert forged.status_code == 422
    why = answered(client, best, "scaling")
    assert "What is good about it: Scaling questions?" in text(client, why)
    # Somebody else, with other choices, is not shown the page that was kept for this one.
    other = app.test_client()
    assert isinstance(other, PageClient)
    theirs = answered(other, answered(other, start(other, survey), "genogram", "chronology"), "genogram")
    assert "What is good about it: The genogram?" in text(other, theirs)
    # A changed mind: what was chosen of options that are gone has to be answered again.
    answered(client, why, "It is quick")
    assert question_in(answered(client, f"{tools}?change=1", "chronology", "genogram")) == "best"


@pytest.mark.parametrize("turn", range(2))
def test_an_order_of_ones_own_stays_on_every_page_and_is_stored_nowhere(
    app: Flask, client: PageClient, partnership: uuid.UUID, turn: int
) -> None:
    survey = opened(app, partnership, "random-order")
    orders = set()
    for _ in range(12):
        someone = app.test_client()
        assert isinstance(someone, PageClient)
        address = start(someone, survey)
        order = tuple(re.findall(r'name="first_call" type="radio" value="([^"]+)"', text(someone, address)))
        if not order:
            order = tuple(re.findall(r'value="(manager|helpline|police|lead|other)"', text(someone, address)))
        assert order == tuple(re.findall(r'value="(manager|helpline|police|lead|other)"', text(someone, address)))
        assert sorted(order) == sorted(["manager", "helpline", "police", "lead", "other"])
        assert order[-1] == "other"
        orders.add(order)
    assert len(orders) > 3, turn
