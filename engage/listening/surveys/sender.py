"""A survey's answers become one response, the voices in it, and a flag where an answer says that somebody is unsafe."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from engage.core import clock
from engage.core.ids import new_id
from engage.core.scope import quick
from engage.listening.surveys import queries
from engage.listening.surveys.flow import Origin, Sending
from engage.listening.surveys.models import Response
from engage.rules.questionnaire import how
from engage.safeguarding import service as safeguarding
from engage.voices import service as voices
from engage.voices.kinds import Channel
from engage.voices.service import PreparedVoice

ORIGIN = "response"
_ADD = sa.insert(Response)


@dataclass(frozen=True)
class SurveySender:
    """Sends the answers to one survey."""

    survey_id: uuid.UUID
    slug: str

    def is_sent(self, submission_key: bytes) -> bool:
        return queries.is_sent(self.survey_id, submission_key)

    def prepare(self, sending: Sending) -> Callable[[], Origin]:
        response_id = new_id()
        heard = self._voices(sending, response_id)
        values = response_values(sending, response_id)
        raised = sending.raised

        def store() -> Origin:
            quick(_ADD, values)
            voices.store(heard)
            safeguarding.raise_flags(heard)
            if raised:
                context = {"source_key": self.slug, "language": sending.language}
                safeguarding.raise_low_answer(ORIGIN, response_id, raised, **context)
            return Origin(ORIGIN, response_id)

        return store

    def _voices(self, sending: Sending, response_id: uuid.UUID) -> list[PreparedVoice]:
        return [
            voices.prepare(
                channel=Channel.SURVEY,
                audience=sending.definition.audience,
                origin_kind=ORIGIN,
                origin_id=response_id,
                source_key=self.slug,
                question_key=said.question_id,
                language=sending.language,
                text=said.words,
                given=sending.files_of(said),
                lost=sending.has_lost(said),
            )
            for said in sending.parts.voices
        ]


def response_values(sending: Sending, response_id: uuid.UUID) -> dict[str, Any]:
    """The columns of one response: closed answers as one JSON value, the ISO week and nothing finer (N3)."""
    return {
        "id": response_id,
        "version_id": sending.version_id,
        "submission_key": sending.submission_key,
        "answers": dict(sending.parts.closed),
        "language": sending.language,
        "channel": sending.channel,
        **how.settled(sending.how),
        "week": clock.iso_week(),
    }
