"""Takes in what was answered on a tablet without a network: a closed box becomes a response, once and only once."""

import base64
import binascii
import json
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.exc import IntegrityError

from engage.adapters.media import taking as media
from engage.adapters.media.kinds import File, NotTaken
from engage.core import sealedbox
from engage.core.crypto import SealError, keyring
from engage.core.database import begin_write
from engage.core.errors import Refused
from engage.core.ids import new_id
from engage.listening.kiosk.queries import TabletRow
from engage.listening.surveys import blanking
from engage.listening.surveys import queries as surveys
from engage.listening.surveys.flow import Sending
from engage.listening.surveys.queries import SurveyRow
from engage.listening.surveys.sender import SurveySender
from engage.rules.questionnaire.answers import Answer
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.attached import Attached
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.path import path_for
from engage.rules.questionnaire.split import split

CHANNEL = "kiosk"
MOST_WORDS = 2 * 1024 * 1024
"""Bytes of the words in one box: every field of a long survey filled to its limit, in letters of three bytes."""

_KEY_BYTES = 32


class _Content(BaseModel):
    """What stands in a box."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(max_length=64)
    version: uuid.UUID
    language: str = Field(max_length=12)
    easy: bool
    fields: dict[str, dict[str, list[str]]] = Field(max_length=500)
    files: dict[str, Annotated[list[str], Field(max_length=5)]] = Field(default_factory=dict, max_length=50)


@dataclass(frozen=True)
class Box:
    """What one person answered, opened and read: which survey, under which key, and their answers."""

    survey: SurveyRow
    sending: Sending


def public_key(tablet_id: uuid.UUID) -> bytes:
    """The key under which this tablet closes its boxes (65 bytes)."""
    return sealedbox.public_key(_seed(tablet_id))


def take(tablet: TabletRow, closed: bytes) -> bool:
    """Store what is in a box; True where it is new, False where it was stored before.

    Slow work comes first, then one write transaction. Refused ("tablet-box") for whatever no tablet of ours closed.
    Of whoever chose not to take part nothing is stored, whatever the tablet's own script has made of it.
    """
    box = _open(tablet, closed)
    if box is None:
        return False
    sender = SurveySender(box.survey.id, box.survey.slug)
    if sender.is_sent(box.sending.submission_key):
        return False
    store = sender.prepare(box.sending)
    session = begin_write()
    if sender.is_sent(box.sending.submission_key):
        return False
    try:
        store()
        session.flush()
        blanking.blank_latecomer(box.survey, box.sending.definition)
    except IntegrityError:
        session.rollback()
        if not sender.is_sent(box.sending.submission_key):
            raise
        return False
    return True


def _open(tablet: TabletRow, closed: bytes) -> Box | None:
    """What is in the box; None where its answers say that nothing may be kept."""
    content = _content(tablet.id, closed)
    survey = surveys.get_survey_by_id(tablet.survey_id)
    if survey is None or content.version not in {row.id for row in surveys.list_versions(survey.id)}:
        raise Refused("tablet-box")
    definition = surveys.readers_definition(content.version)
    answers, files = _read(definition, content)
    if path_for(definition, answers).is_dropped:
        return None
    sending = Sending(
        definition=definition,
        version_id=content.version,
        parts=split(definition, answers),
        language=content.language if content.language in definition.languages else "en",
        is_easy=content.easy,
        channel=CHANNEL,
        submission_key=_key(content.key),
        files=files,
    )
    return Box(survey, sending)


def _content(tablet_id: uuid.UUID, closed: bytes) -> _Content:
    try:
        opened = sealedbox.open_box(_seed(tablet_id), closed, aad=str(tablet_id).encode())
        content = _Content.model_validate(json.loads(opened))
        if len(opened) - sum(len(text) for sent in content.files.values() for text in sent) > MOST_WORDS:
            raise ValueError("more words than any survey has room for")
    except (SealError, ValidationError, ValueError, RecursionError):
        raise Refused("tablet-box") from None  # `from None`: the cause may quote somebody's words
    return content


def _read(definition: Definition, content: _Content) -> tuple[dict[str, Answer], dict[str, File]]:
    """The answers in a box, and the files in them by id. Nobody can be asked again: words are kept whole, what can't be
    read is left out. Where options are brought along, the question is read as this person was asked it.
    """
    answers: dict[str, Answer] = {}
    files: dict[str, File] = {}
    for question in definition.questions:
        form = content.fields.get(question.id)
        if form is None:
            continue
        asked: Question = question
        if definition.asker.steps[question.id].carry is not None:
            asked = definition.asker.asked(question.id, path_for(definition, answers).kept)
        if isinstance(asked, Attached):
            taken = _files(asked, content.files.get(question.id, ()))
            files |= taken
            form = {**form, asked.kept_field: list(taken)}
        answers[question.id] = asked.salvage(form)
    return answers, files


def _files(asked: Attached, sent: Sequence[str]) -> dict[str, File]:
    """Each made harmless as on the site, under an id of its own; what is none of what is taken here is left out."""
    taken: dict[str, File] = {}
    for text in sent[: asked.most_files]:
        with suppress(NotTaken, binascii.Error, ValueError):
            data = base64.b64decode(text, validate=True)
            taken[new_id().hex] = media.take(data, asked.takes, asked.most_seconds)
    return taken


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("tablet-box") from None
    if len(key) != _KEY_BYTES:
        raise Refused("tablet-box")
    return key


def _seed(tablet_id: uuid.UUID) -> bytes:
    return keyring().derive(f"tablet:{tablet_id}")
