"""Boxes with lines, orders and options brought along are read on the site as if no script had looked at them (F9)."""

import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import clock, database
from engage.core.database import db
from engage.listening.ballots.kinds import Entry
from engage.listening.kiosk import offline, service
from engage.listening.surveys import service as surveys_service
from engage.listening.surveys.models import Response
from engage.people.kinds import Role
from tests.factories.surveys import open_as_it_is, ready_made
from tests.support.apps import within
from tests.support.boxes import closed
from tests.support.client import PageClient
from tests.support.people import sign_in, staff
from tests.unit.questionnaire.samples import option, sample, words

pytestmark = pytest.mark.one_database
SKIPPED = {"skipped": True}
Fields = dict[str, dict[str, list[str]]]

DEFINITION = sample(
    {
        "id": "lines",
        "kind": "matrix",
        "every": True,
        "words": [words("No"), words("Yes")],
        "rows": [{"id": "a", "text": words("A")}, {"id": "b", "text": words("B")}],
    },
    {"id": "ranked", "kind": "ranking", "options": [option("x"), option("y")]},
    {"id": "hurts", "kind": "bodymap", "options": [option("head"), option("neck"), option("nowhere", exclusive=True)]},
    {"id": "tools", "kind": "multiple", "most": 2, "options": [option("a"), option("b"), option("c")]},
    {"id": "best", "kind": "single", "carry": {"question": "tools"}},
    {"id": "sorted", "kind": "ranking", "carry": {"question": "tools"}},
    audience="parents",
    ask_how=False,
)
HONEST: Fields = {
    "lines": {"lines-a": ["1"], "lines-b": ["2"]},
    "ranked": {"ranked": ["y", "x"]},
    "hurts": {"hurts": ["neck", "head"]},
    "tools": {"tools": ["c", "a"]},
    "best": {"best": ["c"]},
    "sorted": {"sorted": ["c", "a"]},
}
READ: dict[str, Any] = {
    "lines": {"rows": {"a": "1", "b": "2"}},
    "ranked": {"order": ["y", "x"]},
    "hurts": {"values": ["head", "neck"]},
    "tools": {"values": ["a", "c"]},
    "best": {"value": "c"},
    "sorted": {"order": ["c", "a"]},
}
HOSTILE: dict[str, tuple[str, dict[str, list[str]]]] = {
    "a line twice": ("lines", {"lines-a": ["1", "2"], "lines-b": ["1"]}),
    "a line missing": ("lines", {"lines-a": ["1"]}),
    "no such point": ("lines", {"lines-a": ["9"], "lines-b": ["1"]}),
    "no such line": ("lines", {"lines-z": ["1"]}),
    "half an order": ("ranked", {"ranked": ["x"]}),
    "an order of others": ("ranked", {"ranked": ["x", "z"]}),
    "only a move": ("ranked", {"ranked": ["x", "y"], "ranked-move": ["up.y"]}),
    "alone with others": ("hurts", {"hurts": ["head", "nowhere"]}),
    "no such part": ("hurts", {"hurts": ["tail"]}),
    "not brought along": ("best", {"best": ["b"]}),
    "an order of what was not brought along": ("sorted", {"sorted": ["a", "b", "c"]}),
    "binary": ("ranked", {"ranked": ["\u0000", "\ud800", "x" * 5000]}),
}


@pytest.fixture
def tablet(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    open_as_it_is(app, partnership, DEFINITION, "kinds")
    with within(app, partnership):
        found = service.set_up("kinds", "Hall", clock.in_days(3), works_offline=True)
        database.end_write(commit=True)
        return found


def bring(app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, fields: Fields) -> dict[str, Any]:
    """Close a box as the script does, bring it twice; the one response it became."""
    box = closed(app, partnership, tablet, "kinds", fields=fields)
    for _ in range(2):
        assert client.post(f"/larkmoor/tablet/{tablet}/answers", data=box).status_code == 200
    with within(app, partnership):
        (answers,) = db.session.scalars(sa.select(Response.answers)).all()
    found: dict[str, Any] = answers
    return found


def test_f9_an_honest_box_is_read_as_the_site_reads_its_own_pages(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID
) -> None:
    assert bring(app, client, partnership, tablet, HONEST) == READ


@pytest.mark.parametrize(("question", "sent"), HOSTILE.values(), ids=HOSTILE)
def test_f9_what_no_page_could_have_sent_counts_as_left_out_and_harms_nothing_else(
    app: Flask,
    client: PageClient,
    partnership: uuid.UUID,
    tablet: uuid.UUID,
    question: str,
    sent: dict[str, list[str]],
) -> None:
    read = bring(app, client, partnership, tablet, {**HONEST, question: sent})
    assert read == {**READ, question: SKIPPED}


def test_f9_too_many_of_a_list_are_none_and_bring_nothing_along(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID
) -> None:
    read = bring(app, client, partnership, tablet, {**HONEST, "tools": {"tools": ["a", "b", "c"]}})
    assert read["tools"] == SKIPPED
    assert {"best", "sorted"}.isdisjoint(read), "nobody who chose nothing was asked these"


def test_what_needs_the_site_is_still_refused_by_name() -> None:
    """How somebody can be reached is kept where no answer is: one box would join the two."""
    assert offline.hindrances(ready_made("examples/options-from")) == ("where",)
    assert offline.hindrances(ready_made("examples/contact")) == ("you",)
    for able in (
        "matrix",
        "ranking",
        "bodymap",
        "multiple",
        "exclusive-option",
        "drawing",
        "audio",
        "carry-and-name",
        "random-order",
        "sections",
        "upload",
        "video",
    ):
        assert offline.hindrances(ready_made(f"examples/{able}")) == (), able


def test_whoever_sets_a_tablet_up_reads_why_a_survey_needs_a_network(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    """How somebody can be reached is never kept where answers are: a box would join the two (N8)."""
    asked = sample(
        {"id": "you", "kind": "contact", "name_label": words("name"), "reach_label": words("reach")},
        {"id": "where", "kind": "single", "options_from": "services", "options": [option("no")]},
        {"id": "why", "kind": "text"},
        audience="parents",
        ask_how=False,
    )
    open_as_it_is(app, partnership, asked, "hindered")
    staff(app, partnership, "mo", Role.SURVEY_MANAGER)
    sign_in(client, "mo")
    page = client.get("/staff/surveys/hindered/tablets").text
    assert "Ask you?: how somebody can be reached is never kept where answers are" in page
    assert "Ask where?" not in page, "its list is written into the version"
    assert "Ask why?" not in page
    assert "works_offline" not in page
    with within(app, partnership):
        surveys_service.set_entry("hindered", Entry.CODES, None)
        database.end_write(commit=True)
    assert "only the site knows which codes were used" in client.get("/staff/surveys/hindered/tablets").text
