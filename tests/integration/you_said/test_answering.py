"""Answering: every theme that was spoken of is owed an answer; a "did not" says why; publishing has a name."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.answering.you_said import queries, service
from engage.answering.you_said.kinds import Reason, TakenDown, Verdict
from engage.answering.you_said.models import Answer
from engage.answering.you_said.service import AnswerText
from engage.core import audit
from engage.core.database import db
from engage.core.errors import Conflict, Refused
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.rules.themes import Group
from tests.support import themes
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff
from tests.support.queries import count_queries

HOME = "/staff/answers"
TYPED: dict[str, Any] = {
    "audience": "children",
    "you_said": "The bus stop is dark",
    "verdict": "did_not",
    "reason": "money",
    "because": "Lights cost a lot. We do not have it this year.",
    "we_did": "We ask again in May.",
    "decided_by": "Larkmoor Council",
    "decided_on": "2026-05-01",
    "look_again_on": "2027-05-01",
}
DID = AnswerText(
    Group.CHILDREN, "The stop is dark", Verdict.DID, "The council", date(2026, 5, 1), we_did="Four lights."
)


@pytest.fixture
def ana(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return staff(app, partnership, "ana", Role.ANALYST)


@pytest.fixture
def writer(client: PageClient, ana: uuid.UUID) -> PageClient:
    sign_in(client, "ana")
    return client


@pytest.fixture
def bus(app: Flask, partnership: uuid.UUID, ana: uuid.UUID) -> uuid.UUID:
    """A theme that twelve children spoke of, counted."""
    theme = themes.theme(app, partnership, "Buses", picture="bus")
    voices = themes.heard(app, partnership, *["It is dark"] * 12)
    themes.code(app, partnership, [voice.id for voice in voices], [theme], ana)
    themes.count(app, partnership)
    return theme


def only(app: Flask, partnership: uuid.UUID) -> queries.AnswerRow:
    with within(app, partnership):
        (row,) = [*queries.list_drafts(), *queries.list_published()]
        return row


def test_an_answer_is_owed_written_looked_at_published_and_taken_down(
    app: Flask, writer: PageClient, partnership: uuid.UUID, bus: uuid.UUID, ana: uuid.UUID
) -> None:
    new = f"{HOME}/new/{bus}"
    assert new in writer.get(HOME).get_data(as_text=True)
    seen = writer.submit(new, {**TYPED, "act": "preview"}).get_data(as_text=True)
    assert "We did not do this, because there is not enough money" in seen
    assert "Publish exactly this" not in seen
    page = writer.submit(new, {**TYPED, "act": "save"}).location.split("?")[0]
    draft = writer.get(page).get_data(as_text=True)
    assert "Reads at about age" in draft
    assert f"{HOME}/{only(app, partnership).id}" in writer.get(HOME).get_data(as_text=True), "owed until published"
    writer.submit(page, to=f"{page}/publish")
    row = only(app, partnership)
    assert (row.heard, row.published_by, row.theme, row.picture) == (10, ana, "Buses", "bus")
    assert new not in writer.get(HOME).get_data(as_text=True)
    assert "Choose why" in writer.submit(page, to=f"{page}/take-down").get_data(as_text=True)
    writer.submit(page, {"why": "identifies"}, to=f"{page}/take-down")
    text = writer.get(page).get_data(as_text=True)
    assert all(words in text for words in ("Answer written", "Answer published", "Answer taken down", "Ana"))
    with within(app, partnership):
        events = audit.trail(row.id)
        assert events[-1].detail == {"why": "identifies"}
        assert events[1].actor_id == ana
    writer.submit(page, to=f"{page}/remove")
    assert writer.get(page).status_code == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": ""}, "Choose why it was not done"),
        ({"reason": "laziness"}, "Choose why it was not done"),
        ({"because": "  "}, "Say why, in words a child understands"),
        ({"verdict": "did", "we_did": ""}, "Say what was done"),
        ({"verdict": "not_yet"}, "Say by which day you will answer"),
        ({"verdict": ""}, "Choose what came of it"),
        ({"verdict": "maybe"}, "error"),
        ({"decided_on": "yesterday"}, "Not a valid date"),
        ({"you_said": "x" * 201}, "Use at most 200 letters"),
        ({"audience": "everyone"}, "error"),
    ],
)
def test_what_is_missing_stands_beside_its_field(
    app: Flask, writer: PageClient, partnership: uuid.UUID, bus: uuid.UUID, changed: dict[str, str], said: str
) -> None:
    answer = writer.submit(f"{HOME}/new/{bus}", {**TYPED, **changed})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert said in text
    assert "Larkmoor Council" in text, "what was typed is kept"
    with within(app, partnership):
        assert queries.list_drafts() == []


def test_every_problem_is_said_at_once(writer: PageClient, bus: uuid.UUID) -> None:
    text = writer.submit(f"{HOME}/new/{bus}", {"verdict": "did_not", "audience": "children"}).get_data(as_text=True)
    for said in ("Say what people told you", "Choose why it was not done", "Say why, in words", "Say who decided"):
        assert text.count(said) == 2, "in the summary and beside the field"


@pytest.mark.parametrize("wrong", [{"reason": None}, {"because": ""}])
def test_a_did_not_without_a_reason_is_refused_by_service_and_database(
    app: Flask, partnership: uuid.UUID, bus: uuid.UUID, ana: uuid.UUID, wrong: dict[str, Any]
) -> None:
    whole = replace(DID, verdict=Verdict.DID_NOT, reason=Reason.LAW, because="The law says no.")
    with within(app, partnership):
        with pytest.raises(Refused, match="answer-needs"), transaction():
            service.add(bus, replace(whole, **wrong), ana)
        with transaction():
            kept = service.add(bus, whole, ana)
        statement = sa.update(Answer).where(Answer.id == kept).values(**wrong)
        with pytest.raises(sa.exc.IntegrityError), transaction():
            db.session.execute(statement)


def test_what_people_have_read_is_not_rewritten(
    app: Flask, writer: PageClient, partnership: uuid.UUID, bus: uuid.UUID, ana: uuid.UUID
) -> None:
    with within(app, partnership), transaction():
        answer = service.add(bus, DID, ana)
        service.publish(answer, ana)
    with within(app, partnership):
        for act in (
            lambda: service.change(answer, DID),
            lambda: service.remove(answer),
            lambda: service.publish(answer, ana),
        ):
            with pytest.raises(Conflict), transaction():
                act()
    assert "<textarea" not in writer.get(f"{HOME}/{answer}").get_data(as_text=True)
    with within(app, partnership), transaction():
        service.take_down(answer, TakenDown.REWRITE)
        service.change(answer, replace(DID, we_did="Five lights."))


def test_the_number_on_a_card_is_that_of_its_day(
    app: Flask, partnership: uuid.UUID, bus: uuid.UUID, ana: uuid.UUID
) -> None:
    """D1: a published number does not move when more is coded and counted; a hidden one stays hidden."""
    with within(app, partnership), transaction():
        answers = [service.add(bus, replace(DID, audience=group), ana) for group in (Group.CHILDREN, Group.STAFF)]
        for answer in answers:
            service.publish(answer, ana)
    voices = themes.heard(app, partnership, *["dark"] * 30)
    themes.code(app, partnership, [voice.id for voice in voices], [bus], ana)
    with time_machine.travel(datetime(2031, 1, 2, tzinfo=UTC), tick=False):
        assert themes.count(app, partnership) == 1
    with within(app, partnership):
        assert {row.audience: row.heard for row in queries.list_published()} == {Group.CHILDREN: 10, Group.STAFF: None}


def test_owed_puts_what_is_late_first_and_forgets_what_is_answered(
    app: Flask, partnership: uuid.UUID, bus: uuid.UUID, ana: uuid.UUID
) -> None:
    quiet, silent = (themes.theme(app, partnership, name) for name in ("Quiet rooms", "Nobody spoke of it"))
    (voice,) = themes.heard(app, partnership, "a quiet room")
    themes.code(app, partnership, [voice.id], [quiet], ana)
    with within(app, partnership):
        assert [row.theme for row in queries.owed()] == ["Buses", "Quiet rooms"]
        with transaction():
            promise = replace(DID, verdict=Verdict.NOT_YET, due_on=date(2026, 1, 1))
            service.publish(service.add(quiet, promise, ana), ana)
            draft = service.add(bus, DID, ana)
        first, second = queries.owed()
        assert (first.theme, first.is_late, first.promised_on) == ("Quiet rooms", True, date(2026, 1, 1))
        assert (second.theme, second.draft_id) == ("Buses", draft)
        with transaction():
            service.publish(draft, ana)
        assert [row.theme_id for row in queries.owed()] == [quiet]
        assert [row.theme for row in queries.answers_for(quiet)] == ["Quiet rooms"]
        assert queries.published_for_theme(silent) == []


def test_whoever_comes_back_reads_the_answers_to_their_themes(
    app: Flask, partnership: uuid.UUID, bus: uuid.UUID, ana: uuid.UUID
) -> None:
    voice, other = themes.heard(app, partnership, "dark", "something else")
    themes.code(app, partnership, [voice.id], [bus], ana)
    with within(app, partnership):
        with transaction():
            service.publish(service.add(bus, DID, ana), ana)
            service.add(bus, DID, ana)
        assert [row.you_said for row in queries.answers_to_origin("response", voice.origin_id)] == [DID.you_said]
        assert queries.answers_to_origin("response", other.origin_id) == []


def test_the_lists_ask_the_same_at_1_and_20_answers(
    app: Flask, writer: PageClient, partnership: uuid.UUID, bus: uuid.UUID, ana: uuid.UUID
) -> None:
    def asked() -> list[int]:
        numbers = []
        for address in (HOME, f"{HOME}?state=drafts", f"{HOME}?state=published", "/larkmoor/you-said"):
            with count_queries(app) as counted:
                writer.get(address)
            numbers.append(len(counted))
        return numbers

    def write(count: int) -> None:
        with within(app, partnership), transaction():
            for _ in range(count):
                service.add(bus, DID, ana)
                service.publish(service.add(bus, DID, ana), ana)

    write(1)
    one = asked()
    write(19)
    assert asked() == one
