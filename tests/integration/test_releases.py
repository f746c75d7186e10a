"""Results leave only as a frozen release: thresholds, refusals without a number, one JSON for everything (D1, D4)."""

import json
import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core import clock
from engage.core.database import db
from engage.core.errors import Refused
from engage.core.transaction import transaction
from engage.listening.surveys import keeping
from engage.listening.surveys import service as survey_service
from engage.listening.surveys.models import Response
from engage.people.kinds import Role
from engage.understanding.releases import queries, service
from tests.factories.responses import add_responses
from tests.factories.surveys import assess, open_survey, ready_made
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff


@pytest.fixture
def survey(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return open_survey(app, partnership)


def _place(tmp_path: Path) -> service.Place:
    return service.Place(tmp_path / "snapshots", 1)


def _make(app: Flask, partnership: uuid.UUID, tmp_path: Path) -> None:
    with within(app, partnership), transaction():
        service.make_release("your-voice", _place(tmp_path), None)


def test_a_release_shows_no_small_number(app: Flask, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path) -> None:
    add_responses(app, partnership, "your-voice", 60)
    _make(app, partnership, tmp_path)
    with within(app, partnership):
        shown = queries.show("your-voice")
    assert shown is not None
    assert shown["base"] == 60
    counts = [cell["count"] for table in shown["tables"] for cell in table["cells"]]
    assert any(count is not None for count in counts)
    assert all(count is None or (count >= 10 and count % 5 == 0) for count in counts)
    assert all(len(table["filters"]) <= 2 for table in shown["tables"])
    assert "safer" not in {table["question"] for table in shown["tables"]}  # words are not counted
    assert list((tmp_path / "snapshots").iterdir()) == []


def test_a_first_release_needs_the_threshold(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path
) -> None:
    add_responses(app, partnership, "your-voice", 9)
    with pytest.raises(Refused, match="too_few"):
        _make(app, partnership, tmp_path)
    add_responses(app, partnership, "your-voice", 1)
    _make(app, partnership, tmp_path)


def test_a_second_release_waits_for_the_day_and_for_new_answers(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path
) -> None:
    with time_machine.travel(clock.now().replace(day=3), tick=False) as travel:
        add_responses(app, partnership, "your-voice", 30)
        _make(app, partnership, tmp_path)
        add_responses(app, partnership, "your-voice", 40)
        with pytest.raises(Refused, match="before_day"):
            _make(app, partnership, tmp_path)
        travel.shift(timedelta(days=31))
        _make(app, partnership, tmp_path)
        travel.shift(timedelta(days=31))
        add_responses(app, partnership, "your-voice", 9)
        with pytest.raises(Refused, match="too_few_new"):
            _make(app, partnership, tmp_path)
        with within(app, partnership), transaction():
            survey_service.close_survey("your-voice")
        _make(app, partnership, tmp_path)
        with pytest.raises(Refused, match="nothing_new"):
            _make(app, partnership, tmp_path)
    with within(app, partnership):
        assert [row.number for row in queries.list_releases(survey)] == [3, 2, 1]


def test_d2_opening_and_closing_again_is_no_way_round_the_wait(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path
) -> None:
    """Two releases one answer apart would tell what that one person answered."""
    add_responses(app, partnership, "your-voice", 30)
    with within(app, partnership), transaction():
        survey_service.close_survey("your-voice")
    _make(app, partnership, tmp_path)
    with within(app, partnership), transaction():
        survey_service.open_survey("your-voice")
    add_responses(app, partnership, "your-voice", 1)
    with within(app, partnership), transaction():
        survey_service.close_survey("your-voice")
    with pytest.raises(Refused, match="before_day"):
        _make(app, partnership, tmp_path)


def test_d2_old_answers_that_were_deleted_make_no_new_release(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path
) -> None:
    """Two releases one answer apart would tell what that one person answered, whichever way the answer went."""
    add_responses(app, partnership, "your-voice", 30)
    _make(app, partnership, tmp_path)
    with within(app, partnership), transaction():
        survey_service.close_survey("your-voice")
        keeping.delete_response(db.session.scalars(sa.select(Response.id)).first())
    with pytest.raises(Refused, match="nothing_new"):
        _make(app, partnership, tmp_path)


def test_the_refusal_gives_no_number(app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID) -> None:
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    pages = []
    for more in (2, 5):
        add_responses(app, partnership, "your-voice", more)
        page = client.submit("/staff/results/your-voice", to="/staff/results/your-voice/releases")
        assert page.status_code == 409
        pages.append(re.sub(r'(nonce|value)="[^"]*"', "", page.get_data(as_text=True)))
    assert "Too few people have answered" in pages[0]
    assert pages[0] == pages[1]


def test_who_comes_too_early_is_told_the_day(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path
) -> None:
    with time_machine.travel(clock.now().replace(year=2026, month=11, day=23, hour=12), tick=False):
        staff(app, partnership, "ana", Role.ANALYST)
        sign_in(client, "ana")
        add_responses(app, partnership, "your-voice", 30)
        _make(app, partnership, tmp_path)
        page = client.submit("/staff/results/your-voice", to="/staff/results/your-voice/releases")
    assert page.status_code == 409
    assert "Look again on 1 December 2026." in page.text


def test_n12_a_release_is_immutable_and_hashed(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path
) -> None:
    add_responses(app, partnership, "your-voice", 25)
    _make(app, partnership, tmp_path)
    with within(app, partnership):
        first = queries.show("your-voice")
        row = queries.latest(survey)
    add_responses(app, partnership, "your-voice", 25)
    with within(app, partnership):
        assert queries.show("your-voice") == first
        assert row is not None
        assert len(row.sha256) == 64


def test_d1_pages_and_files_say_what_the_json_says(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    add_responses(app, partnership, "your-voice", 80)
    answer = client.submit("/staff/results/your-voice", to="/staff/results/your-voice/releases")
    assert answer.status_code == 303
    with within(app, partnership):
        shown = queries.show("your-voice")
    assert json.loads(client.get("/staff/results/your-voice/download.json").data) == shown
    page = client.get("/staff/results/your-voice").get_data(as_text=True)
    assert "about 80" in page
    assert "fewer than 10" in page
    sheet = client.get("/staff/results/your-voice/download.csv").get_data(as_text=True)
    assert "safe_home" in sheet
    assert client.get("/staff/results/your-voice/download.xlsx").data[:2] == b"PK"
    filtered = client.get("/staff/results/your-voice?age=8-10").get_data(as_text=True)
    assert "fewer than 10" in filtered
    three = client.get("/staff/results/your-voice?age=8-10&care=never&extra_help=no").get_data(as_text=True)
    assert "At most two filters" in three
    assert 'class="bar"' not in three


def test_w2_results_need_the_permission(
    app: Flask, client: PageClient, partnership: uuid.UUID, survey: uuid.UUID
) -> None:
    staff(app, partnership, "rae", Role.RESPONDER)
    sign_in(client, "rae")
    for address in ("/staff/results", "/staff/results/your-voice", "/staff/results/your-voice/download.json"):
        assert client.get(address).status_code == 403
    staff(app, partnership, "vic", Role.VIEWER)
    other = app.test_client()
    sign_in(other, "vic")
    assert other.get("/staff/results/your-voice").status_code == 200
    assert other.get("/staff/results/not-there").status_code == 404


def test_late_answers_to_an_older_version_let_nothing_through(
    app: Flask, partnership: uuid.UUID, survey: uuid.UUID, tmp_path: Path
) -> None:
    with time_machine.travel(clock.now().replace(day=3), tick=False) as travel:
        add_responses(app, partnership, "your-voice", 30)
        _make(app, partnership, tmp_path)
        with within(app, partnership), transaction():
            assess("your-voice", ready_made("staff-voice"))
            survey_service.publish_version(survey, ready_made("staff-voice"))
        travel.shift(timedelta(days=31))
        add_responses(app, partnership, "your-voice", 9)
        with pytest.raises(Refused, match="too_few_new"):
            _make(app, partnership, tmp_path)
        add_responses(app, partnership, "your-voice", 2)
        _make(app, partnership, tmp_path)
