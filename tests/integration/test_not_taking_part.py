"""Answers that come in beside the site: nothing of who takes no part, nothing that stands out, nothing too long."""

import base64
import json
import secrets
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from engage.core import clock, sealedbox
from engage.core.database import db
from engage.core.errors import Refused
from engage.core.transaction import transaction
from engage.listening.ballots.kinds import Entry
from engage.listening.kiosk import service as tablets
from engage.listening.kiosk import taking
from engage.listening.making import service as making
from engage.listening.reach import service as papers
from engage.listening.surveys import queries, service, service_gate
from engage.listening.surveys.models import Response
from engage.people.kinds import Role
from engage.rules.questionnaire.definition import Definition
from engage.voices import queries as voices
from tests.factories.responses import add_responses
from tests.factories.surveys import assess, open_as_it_is, open_survey
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.people import sign_in, staff
from tests.unit.questionnaire.samples import sample, words

NO = {"joins": {"joins": ["disagree"]}}


@pytest.fixture
def assent() -> Definition:
    """Whoever does not agree ends at once, and nothing may be kept."""
    ends = [{"when": {"question": "joins", "is": "disagree"}, "say": words("That is fine."), "nothing_kept": True}]
    asked = {"id": "joins", "kind": "consent", "agree": words("yes"), "disagree": words("no"), "ends": ends}
    return sample(
        asked, {"id": "better", "kind": "text", "most": 10_000}, {"id": "more", "kind": "text", "most": 10_000}
    )


def tablet_of(app: Flask, partnership: uuid.UUID, slug: str, ends: Callable[[], date]) -> uuid.UUID:
    with within(app, partnership), transaction():
        return tablets.set_up(slug, "Hall", ends(), works_offline=True)


def bring(app: Flask, partnership: uuid.UUID, tablet: uuid.UUID, slug: str, fields: object) -> int:
    """Close a box as the tablet's script does, and send it in: the status of the answer."""
    with within(app, partnership):
        survey, public = queries.get_survey(slug), taking.public_key(tablet)
    assert survey is not None
    assert survey.version is not None
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    content = {"key": key, "version": str(survey.version.id), "language": "en", "easy": False, "fields": fields}
    text = json.dumps(content, ensure_ascii=False).encode()
    box = sealedbox.close_box(public, text, secrets.token_bytes(12), aad=str(tablet).encode())
    return app.test_client().post(f"/larkmoor/tablet/{tablet}/answers", data=box, headers=HERE).status_code


HERE = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}


def stored(app: Flask, partnership: uuid.UUID) -> list[tuple[str, str]]:
    with within(app, partnership):
        return [(row.channel, row.language) for row in db.session.scalars(sa.select(Response))]


def test_w18_whoever_does_not_take_part_is_not_stored_from_a_tablet(
    app: Flask, partnership: uuid.UUID, assent: Definition
) -> None:
    open_as_it_is(app, partnership, assent, "sample")
    tablet = tablet_of(app, partnership, "sample", clock.today)
    said = {**NO, "better": {"better": ["everything"]}}
    assert bring(app, partnership, tablet, "sample", said) == 200  # so that the tablet drops it
    assert stored(app, partnership) == []


def test_w18_whoever_does_not_take_part_is_not_stored_from_paper(
    app: Flask, partnership: uuid.UUID, assent: Definition
) -> None:
    open_as_it_is(app, partnership, assent, "sample")
    staff(app, partnership, "rosa", Role.RESPONDER)
    typist = browser_of(app)
    sign_in(typist, "rosa")
    answer = typist.submit("/staff/paper/sample", {"paper": "k", "joins": "disagree", "better": "everything"})
    assert answer.status_code == 422
    assert "was kept" in answer.get_data(as_text=True)
    assert stored(app, partnership) == []


def test_a_long_answer_in_any_language_comes_in_from_a_tablet(
    app: Flask, partnership: uuid.UUID, assent: Definition
) -> None:
    """Twice ten thousand letters of three bytes, then padded and closed: more than a form of ours may have."""
    open_as_it_is(app, partnership, assent, "sample")
    tablet = tablet_of(app, partnership, "sample", clock.today)
    said = {each: {each: ["আ" * 10_000]} for each in ("better", "more")}
    said = {"joins": {"joins": ["agree"]}, **said, "unasked": {"x": ["আ" * 10_000]}}
    assert bring(app, partnership, tablet, "sample", said) == 200
    with within(app, partnership):
        assert len(voices.list_unread(10)) == 2


def test_a_latecomer_does_not_stand_out_after_small_groups_were_forgotten(app: Flask, partnership: uuid.UUID) -> None:
    """F9: what a tablet or a paper brings after the end would be the only one of its channel and language."""
    open_survey(app, partnership)
    tablet = tablet_of(app, partnership, "your-voice", lambda: clock.in_days(3))
    add_responses(app, partnership, "your-voice", 20)
    with within(app, partnership), transaction():
        service.close_survey("your-voice")
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert bring(app, partnership, tablet, "your-voice", {"safe_home": {"safe_home": ["4"]}}) == 200
        with within(app, partnership):
            row = queries.get_survey("your-voice")
            assert row is not None
            assert row.definition is not None
            paper = papers.read(row.definition, {"safe_home": ["4"]})
            papers.take_in(row, row.definition, paper, papers.Sheet(key="k", language="ar"))
    found = stored(app, partnership)
    assert len(found) == 22
    assert {channel for channel, _ in found} & {"kiosk", "paper"} == set()
    assert "ar" not in {language for _, language in found}


def test_w18_a_tablet_brings_nothing_long_after_its_survey_is_over(app: Flask, partnership: uuid.UUID) -> None:
    open_survey(app, partnership)
    tablet = tablet_of(app, partnership, "your-voice", lambda: date.max)
    assert bring(app, partnership, tablet, "your-voice", {}) == 200
    with within(app, partnership), transaction():
        service.close_survey("your-voice")
    assert bring(app, partnership, tablet, "your-voice", {}) == 200
    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert bring(app, partnership, tablet, "your-voice", {}) == 410


def test_w18_where_everybody_needs_a_code_no_tablet_asks_without(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    """Only the site knows which codes are used: without a network one person could answer again and again."""
    open_survey(app, partnership)
    before = tablet_of(app, partnership, "your-voice", clock.today)
    with within(app, partnership), transaction():
        service.set_entry("your-voice", Entry.CODES, None)
    assert client.get(f"/larkmoor/tablet/{before}/offline").status_code == 410
    assert bring(app, partnership, before, "your-voice", {}) == 200  # what was answered before is not lost
    with within(app, partnership), pytest.raises(Refused):
        tablets.set_up("your-voice", "Hall", clock.today(), works_offline=True)


def test_w19_papers_of_a_survey_without_an_end_in_sight(app: Flask, partnership: uuid.UUID) -> None:
    open_survey(app, partnership)
    with within(app, partnership), transaction():
        service.set_dates("your-voice", opens_on=clock.today(), closes_on=date.max, tell_by=date.max)
    staff(app, partnership, "rosa", Role.RESPONDER)
    typist = browser_of(app)
    sign_in(typist, "rosa")
    assert typist.get("/staff/paper").status_code == 200


def test_w19_a_newer_version_is_what_the_tablet_asks(app: Flask, partnership: uuid.UUID, assent: Definition) -> None:
    """(Each screen stands in a template of its own, so the document is not read as one page here.)"""
    client = FlaskClient(app)
    survey_id = open_as_it_is(app, partnership, assent, "sample")
    tablet = tablet_of(app, partnership, "sample", clock.today)
    assert client.get(f"/larkmoor/tablet/{tablet}/offline").status_code == 200
    with within(app, partnership), transaction():
        paper = sample({"id": "letter", "kind": "upload", "takes": ["photo", "pdf"]})
        assess("sample", paper)
        service.publish_version(survey_id, paper)
    page = client.get(f"/larkmoor/tablet/{tablet}/offline")
    assert page.status_code == 200
    assert "Ask letter?" in page.get_data(as_text=True)


def test_nobody_is_asked_for_a_way_to_reach_them_that_is_kept_nowhere(app: Flask, partnership: uuid.UUID) -> None:
    """A child who leaves a number waits for a call: whatever reason somebody gives, a survey may not ask for it."""
    asked = {"id": "you", "kind": "contact", "name_label": words("name"), "reach_label": words("reach")}
    with within(app, partnership), transaction():
        copy = making.create("sample", sample({"id": "better", "kind": "text"}, asked), None)
        reasons = {found.code: "We want to." for found in service_gate.findings("sample", copy.definition)}
        with pytest.raises(Refused, match="survey-asks-contact"):
            making.publish("sample", copy.revision, None, reasons)
        plain = making.change("sample", copy.revision, sample({"id": "better", "kind": "text"}), None)
        making.publish("sample", plain.revision, None, reasons)
