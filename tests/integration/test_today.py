"""Today: what needs me now, in order of harm, and only what I may act on."""

import uuid

import pytest
from flask import Flask

from engage.core.transaction import transaction
from engage.listening.surveys import service as surveys
from engage.people.kinds import Role
from engage.understanding.themes import service_quotes
from engage.understanding.themes.service_quotes import QuoteText
from tests.factories.surveys import open_survey
from tests.support.apps import within
from tests.support.client import browser_of
from tests.support.people import sign_in, staff
from tests.support.themes import code, heard, theme
from tests.support.voices import say


def _today(app: Flask, partnership: uuid.UUID, role: Role) -> str:
    staff(app, partnership, role.value, role)
    browser = browser_of(app)
    sign_in(browser, role.value)
    return browser.get("/staff/today").get_data(as_text=True)


def test_what_cannot_wait_stands_first(app: Flask, partnership: uuid.UUID) -> None:
    open_survey(app, partnership)
    with within(app, partnership), transaction():
        surveys.close_survey("your-voice")
    say(app, partnership, "he hits me every night", "the park is nice")
    page = _today(app, partnership, Role.SAFEGUARDING_LEAD)
    assert page.index("Someone may not be safe") < page.index("Comments not yet read")
    assert "cannot wait." in page
    assert "hits me" not in page


def test_what_is_too_much_for_today_is_one_link_away(app: Flask, partnership: uuid.UUID) -> None:
    say(app, partnership, *(f"he hits me every night, {number}" for number in range(6)))
    assert '<a href="/staff/safeguarding">6 wait<' in _today(app, partnership, Role.SAFEGUARDING_LEAD)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR, Role.ANALYST])
def test_nobody_sees_what_they_may_not_act_on(app: Flask, partnership: uuid.UUID, role: Role) -> None:
    say(app, partnership, "he hits me every night")
    page = _today(app, partnership, role)
    assert "Someone may not be safe" not in page
    assert "Comments not yet read" not in page


def test_an_empty_day_teaches(app: Flask, partnership: uuid.UUID) -> None:
    assert "Nothing waits for you" in _today(app, partnership, Role.RESPONDER)


def test_a_closed_survey_asks_for_its_release(app: Flask, partnership: uuid.UUID) -> None:
    open_survey(app, partnership)
    assert "Releases ready" not in _today(app, partnership, Role.SURVEY_MANAGER)
    with within(app, partnership), transaction():
        surveys.close_survey("your-voice")
    assert "Releases ready" in _today(app, partnership, Role.ANALYST)


def test_answers_owed_and_quotes_waiting_are_there_for_those_who_decide(app: Flask, partnership: uuid.UUID) -> None:
    night = theme(app, partnership, "Who comes at night")
    coder = staff(app, partnership, "coder", Role.ANALYST)
    (voice,) = heard(app, partnership, "they change every night")
    code(app, partnership, [voice.id], [night], coder)
    with within(app, partnership), transaction():
        service_quotes.prepare(voice.id, QuoteText("They change", night, is_paraphrase=False), coder)
    assert "Who comes at night" in _today(app, partnership, Role.ANALYST).split("Answers owed")[1]
    page = _today(app, partnership, Role.RESPONDER)
    assert "1 quote waits" in page
    assert "Answers owed" not in page


def test_an_analyst_is_told_of_read_comments_only(app: Flask, partnership: uuid.UUID) -> None:
    say(app, partnership, "the park is nice")
    heard(app, partnership, "more lights please", "the bus is late")
    assert "2 comments to code" in _today(app, partnership, Role.ANALYST)


def test_who_types_no_more_than_staff_comes_to_today(app: Flask, partnership: uuid.UUID) -> None:
    browser = browser_of(app)
    assert browser.get("/staff/").headers["Location"] == "/staff/sign-in"
    staff(app, partnership, "vic", Role.VIEWER)
    sign_in(browser, "vic")
    assert browser.get("/staff/").headers["Location"] == "/staff/today"
