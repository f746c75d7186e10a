"""What the worker does for surveys by itself: close them after their last day, remove drafts that nobody can open."""

import uuid
from datetime import UTC, date, datetime

import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core import audit
from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.surveys import queries, service
from engage.listening.surveys.jobs import close_surveys, remove_old_drafts
from engage.listening.surveys.kinds import SurveyState
from engage.listening.surveys.models import Draft
from tests.factories.surveys import assess, open_survey, ready_made
from tests.support.answering import ANSWERS, SURVEY, answer_page, start
from tests.support.apps import within
from tests.support.client import PageClient, browser_of


def test_a_survey_closes_after_its_last_day_in_london(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    """To the minute for whoever answers, at the next run in its state; a survey with days left stays open."""
    with time_machine.travel(datetime(2027, 6, 1, 12, tzinfo=UTC), tick=False) as moment:
        open_survey(app, partnership, "staff-voice")
        with within(app, partnership), transaction():
            service.create_survey("your-voice", ready_made("your-voice"))
            assess("your-voice", ready_made("your-voice"))
            service.open_survey("your-voice", closes_on=date(2027, 6, 10), tell_by=date(2027, 7, 1))
        moment.move_to(datetime(2027, 6, 10, 22, 59, tzinfo=UTC))  # one minute to midnight in London
        with within(app, partnership):
            close_surveys()
        assert client.get(SURVEY).status_code == 200
        moment.move_to(datetime(2027, 6, 10, 23, 0, tzinfo=UTC))
        assert client.get(SURVEY).status_code == 410
        with within(app, partnership):
            close_surveys()
            states = {row.slug: row.state for row in queries.list_surveys()}
            row = queries.get_survey("your-voice")
            assert row is not None
            assert row.closes_on == date(2027, 6, 10)
            assert audit.trail(row.id)[-1].action == "survey-closed"
    assert states == {"staff-voice": SurveyState.OPEN, "your-voice": SurveyState.CLOSED}


def test_a_draft_is_removed_when_nobody_has_touched_it_for_weeks(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    """One that was changed lately stays, whenever it was begun."""
    kept = browser_of(app)
    with time_machine.travel(datetime(2026, 12, 14, 9, tzinfo=UTC), tick=False) as moment:
        open_survey(app, partnership)
        for browser in (client, kept):
            answer_page(browser, start(browser), ANSWERS["safe_home"])
        moment.move_to(datetime(2026, 12, 28, 9, tzinfo=UTC))
        answer_page(kept, f"{SURVEY}/q/safe_school", ANSWERS["safe_school"])
        moment.move_to(datetime(2027, 1, 20, 9, tzinfo=UTC))
        with within(app, partnership):
            remove_old_drafts()
            assert db.session.scalars(sa.select(Draft.week)).all() == ["2026-W53"]
