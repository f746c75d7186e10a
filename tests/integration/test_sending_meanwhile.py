"""What one tab adds while another is sending is sent too: nothing that was acknowledged is lost (F7)."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import crypto
from engage.core.database import end_write
from engage.core.transaction import transaction
from engage.listening.surveys import drafts, sending
from engage.listening.surveys import journey as journeys
from engage.listening.surveys.flow import Flow
from engage.listening.surveys.routes import SurveyDoor
from engage.rules.questionnaire.answers import Answer
from engage.safeguarding import queries as flags
from engage.voices import queries as voices
from tests.factories.surveys import open_survey
from tests.support.answering import WITH_WORKER
from tests.support.apps import within

TEXT = "going_well"
MANNER = sending.Manner("en", is_easy=False, modes={})


@pytest.fixture
def flow(app: Flask, partnership: uuid.UUID) -> Flow:
    open_survey(app, partnership)
    with within(app, partnership), app.test_request_context():
        return SurveyDoor().find({"survey": "your-voice"})


@pytest.fixture
def secret(app: Flask, partnership: uuid.UUID, flow: Flow) -> bytes:
    """Somebody who has answered everything."""
    made = crypto.new_secret()
    with within(app, partnership), transaction():
        journey = journeys.resume(flow, made)
        while (question := journey.waiting()) is not None:
            given = journey.path.parse(question, _form(question))
            assert isinstance(given, dict)
            kept = journeys.save(journey, question, given)
            assert kept is not None
            journey = kept
    return made


def _form(question: str) -> dict[str, list[str]]:
    said = WITH_WORKER[question]
    return {name: value if isinstance(value, list) else [value] for name, value in said.items()}


def _meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """While the slow work of the first sending is done, and nobody holds anything."""
    slow, waiting = sending.receipts.prepare_receipt, [act]

    def prepare(*given: Any) -> Any:
        if waiting:
            other = threading.Thread(target=waiting.pop())
            other.start()
            other.join()
        return slow(*given)

    monkeypatch.setattr(sending.receipts, "prepare_receipt", prepare)


def _adds(app: Flask, partnership: uuid.UUID, flow: Flow, secret: bytes, answer: Answer | None) -> Callable[[], None]:
    def act() -> None:
        with within(app, partnership):
            assert journeys.save(journeys.resume(flow, secret), TEXT, answer) is not None
            end_write(commit=True)

    return act


def _sends(app: Flask, partnership: uuid.UUID, flow: Flow, secret: bytes) -> tuple[bool, bool, str | None]:
    """Whether it was said to be sent, whether it is, and what a draft that is still there waits for."""
    with within(app, partnership):
        said = sending.send(journeys.resume(flow, secret), MANNER)
        end_write(commit=True)
    with within(app, partnership):
        after = journeys.resume(flow, secret)
        return said, after.is_sent, after.waiting() if after.held.is_kept else None


def test_f7_words_that_came_meanwhile_are_heard(
    app: Flask, partnership: uuid.UUID, flow: Flow, secret: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S6: and what they say is flagged."""
    _meanwhile(monkeypatch, _adds(app, partnership, flow, secret, {"text": "He hits me every night"}))
    assert _sends(app, partnership, flow, secret) == (True, True, None)
    with within(app, partnership):
        assert "He hits me every night" in voices.unsealed(sa.true()).values()
        assert flags.count_open().matters == 1


def test_f7_what_is_left_open_meanwhile_is_asked_and_nothing_is_stored(
    app: Flask, partnership: uuid.UUID, flow: Flow, secret: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    _meanwhile(monkeypatch, _adds(app, partnership, flow, secret, None))
    assert _sends(app, partnership, flow, secret) == (False, False, TEXT)


def test_a_draft_that_changed_is_not_removed(app: Flask, partnership: uuid.UUID, flow: Flow, secret: bytes) -> None:
    with within(app, partnership):
        before = journeys.resume(flow, secret)
    _adds(app, partnership, flow, secret, {"text": "One more thing"})()
    with within(app, partnership), transaction():
        assert not drafts.delete_unchanged(flow.key, secret, before.held)
    with within(app, partnership):
        assert journeys.resume(flow, secret).held.is_kept
