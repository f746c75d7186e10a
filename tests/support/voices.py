"""Voices and flags of a test, written as a channel writes them."""

import uuid
from dataclasses import replace
from typing import Any

from flask import Flask

from engage.core.transaction import transaction
from engage.safeguarding import service as safeguarding
from engage.voices import service as voices
from engage.voices.kinds import Channel, Concern
from engage.voices.service import PreparedVoice
from tests.support.apps import within

WORDS = "My bus was late and nobody told us"


def prepare(text: str = WORDS, *, concern: Concern | None = None, **changed: Any) -> PreparedVoice:
    """One comment of a survey, sealed and screened (or held to be of that `concern`); call it inside an app context."""
    said: dict[str, Any] = {
        "channel": Channel.SURVEY,
        "audience": "children",
        "origin_kind": "response",
        "origin_id": uuid.uuid4(),
        "source_key": "your-voice",
        "question_key": "one-thing",
        "language": "en",
    }
    made = voices.prepare(text=text, **{**said, **changed})
    return replace(made, concern=concern) if concern else made


def say(
    app: Flask, partnership: uuid.UUID, *texts: str, concern: Concern | None = None, **changed: Any
) -> list[PreparedVoice]:
    """Comments as a channel keeps them: voices and flags in one transaction."""
    with within(app, partnership):
        prepared = [prepare(text, concern=concern, **changed) for text in texts or (WORDS,)]
        with transaction():
            voices.store(prepared)
            safeguarding.raise_flags(prepared)
    return prepared
