"""Two pages of one person that save at the same moment: neither takes away what the other kept."""

import uuid

import pytest
from flask import Flask

from engage.core import crypto
from engage.core.transaction import transaction
from engage.listening.surveys import drafts, sending
from engage.listening.surveys import journey as journeys
from engage.listening.surveys.flow import Flow
from engage.listening.surveys.journey import Journey
from engage.listening.surveys.routes import SurveyDoor
from tests.factories.surveys import open_survey
from tests.support.apps import within

_FOUR, _TWO = {"value": "4"}, {"value": "2"}


@pytest.fixture
def flow(app: Flask, partnership: uuid.UUID) -> Flow:
    open_survey(app, partnership)
    with within(app, partnership), app.test_request_context():
        return SurveyDoor().find({"survey": "your-voice"})


def _save(
    app: Flask, partnership: uuid.UUID, journey: Journey, question: str, answer: dict[str, str]
) -> Journey | None:
    with within(app, partnership), transaction():
        return journeys.save(journey, question, answer)


def _read(app: Flask, partnership: uuid.UUID, flow: Flow, secret: bytes) -> Journey:
    with within(app, partnership):
        return journeys.resume(flow, secret)


@pytest.mark.parametrize("begun", [False, True], ids=["first answer", "later answer"])
def test_both_tabs_keep_what_they_saved(app: Flask, partnership: uuid.UUID, flow: Flow, begun: bool) -> None:
    """F7: each had read the draft before the other one wrote."""
    secret = crypto.new_secret()
    if begun:
        assert _save(app, partnership, _read(app, partnership, flow, secret), "helped", _FOUR)
    one, other = (_read(app, partnership, flow, secret) for _ in range(2))
    assert _save(app, partnership, one, "safe_home", _FOUR)
    assert _save(app, partnership, other, "safe_school", _TWO)
    kept = _read(app, partnership, flow, secret).held
    assert {key: kept.answers[key] for key in ("safe_home", "safe_school")} == {"safe_home": _FOUR, "safe_school": _TWO}
    assert ("helped" in kept.answers) is begun


def test_a_tab_that_goes_on_by_itself_reads_the_draft_once(app: Flask, partnership: uuid.UUID, flow: Flow) -> None:
    """What was written is what the next answer is compared with: no answer is lost however many follow."""
    secret = crypto.new_secret()
    journey: Journey | None = _read(app, partnership, flow, secret)
    for question in ("safe_home", "safe_school", "safe_online"):
        assert journey is not None
        journey = _save(app, partnership, journey, question, _FOUR)
    assert set(_read(app, partnership, flow, secret).held.answers) == {"safe_home", "safe_school", "safe_online"}


def test_what_was_sent_meanwhile_takes_nothing_more(app: Flask, partnership: uuid.UUID, flow: Flow) -> None:
    """A late answer begins no second draft beside what is sent: the sent page is all there is."""
    secret = crypto.new_secret()
    assert _save(app, partnership, _read(app, partnership, flow, secret), "safe_home", _FOUR)
    late = _read(app, partnership, flow, secret)
    with within(app, partnership), transaction():
        sending.send(late, sending.Manner("en", is_easy=False, modes={}))
    assert _save(app, partnership, late, "safe_school", _TWO) is None
    assert not _read(app, partnership, flow, secret).held.is_kept


def test_a_draft_that_another_hand_sealed_is_not_written_over(app: Flask, partnership: uuid.UUID, flow: Flow) -> None:
    secret = crypto.new_secret()
    mine = _read(app, partnership, flow, secret)
    assert _save(app, partnership, mine, "safe_home", _FOUR)
    read = _read(app, partnership, flow, secret)
    assert _save(app, partnership, read, "safe_school", _FOUR)
    with within(app, partnership), transaction():
        assert drafts.write_over(flow.key, secret, read.held, read.held) is None
    assert set(_read(app, partnership, flow, secret).held.answers) == {"safe_home", "safe_school"}
