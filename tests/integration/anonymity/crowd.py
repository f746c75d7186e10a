"""A crowd that comes one after the other, each storing all that one person can leave; and who watched them come."""

import random
import uuid
from dataclasses import dataclass, field

import sqlalchemy as sa
from flask import Flask as App

from engage.core import audit, crypto
from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.surveys import drafts, sending
from engage.listening.surveys import journey as journeys
from engage.listening.surveys.flow import Flow
from engage.listening.surveys.models import Response
from engage.listening.surveys.routes import SurveyDoor
from engage.safeguarding import receipts
from tests.factories.surveys import open_survey
from tests.support.apps import within

PEOPLE = 200
LONG = 4500


@dataclass
class Watched:
    """What somebody saw who sat beside the door: for each person, in order, the ids of what they left."""

    responses: list[uuid.UUID] = field(default_factory=list)
    drafts: list[bytes] = field(default_factory=list)


def come(app: App, partnership: uuid.UUID, *, seed: int = 7) -> Watched:
    """Two hundred people answer, some at length, some frightened; every other one begins something they never send.

    Staff act between them, at times that the audit trail keeps.
    """
    chance, seen = random.Random(seed), Watched()
    open_survey(app, partnership, "examples/text")
    with within(app, partnership):
        flow = SurveyDoor().find({"survey": "text"})
        for place in range(PEOPLE):
            words = _words(chance, place)
            secret = _begin(flow, words, seen)
            _send(flow, secret, seen)
            _write_back(words, seen.responses[-1], is_watched=place % 10 == 0)
    return seen


def _begin(flow: Flow, words: str, seen: Watched) -> bytes:
    secret, begun = crypto.new_secret(), crypto.new_secret()
    answers = {question.id: {"text": words} for question in flow.definition.questions}
    with transaction():
        held = drafts.Held(answers, flow.version_id, is_admitted=True)
        drafts.write(flow.key, secret, held)
        drafts.write(flow.key, begun, held)
    seen.drafts.append(drafts.id_of(flow.key, begun))
    return secret


def _send(flow: Flow, secret: bytes, seen: Watched) -> None:
    with transaction():
        journey = journeys.resume(flow, secret)
        sending.send(journey, sending.Manner("en", is_easy=False, modes={}))
    seen.responses.append(_response_of(journey.submission_key))


def _write_back(words: str, response: uuid.UUID, *, is_watched: bool) -> None:
    with transaction():
        receipt = receipts.receipt_of("response", response)
        assert receipt is not None
        receipts.say(receipt, words, author_id=None)
        if is_watched:
            audit.record("survey-looked-at", "survey", None)


def _words(chance: random.Random, place: int) -> str:
    """A third is flagged, a third is longer than a page of the database holds."""
    words = f"the bus {chance.getrandbits(20)} was late and "
    if place % 3 == 0:
        return (words * LONG)[:LONG]
    return f"He hits me, {words}" if place % 3 == 1 else words


def _response_of(submission_key: bytes) -> uuid.UUID:

    query = sa.select(Response.id).where(Response.submission_key == submission_key)
    found: uuid.UUID = db.session.scalars(query).one()
    return found
