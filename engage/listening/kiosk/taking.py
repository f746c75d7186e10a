"""Takes in what was answered on a tablet without a network: a closed box becomes a response, once and only once."""

import base64
import binascii
import json
import re
import uuid
from collections.abc import Sequence
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.exc import IntegrityError

from engage.adapters.media import photos
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
from engage.rules.questionnaire import how
from engage.rules.questionnaire.answers import KIOSK, Answer, Form
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.attached import Attached
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.path import path_for
from engage.rules.questionnaire.split import split

CHANNEL = KIOSK
MOST_WORDS = 2 * 1024 * 1024
"""Bytes of the words in one box: every field of a long survey filled to its limit, in letters of three bytes."""

MOST_DOTS: Final = 64_000_000
"""Dots of all pictures in one box: 25 as large as a tablet makes them. What is beyond it is not decoded."""

_KEY_BYTES = 32
_FILE: Final = re.compile(rb'"[A-Za-z0-9+/=]{1000,}"')


class _Content(BaseModel):
    """What stands in a box."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(max_length=64)
    version: uuid.UUID
    language: str = Field(max_length=12)
    easy: bool
    helped: bool = False
    modes: dict[str, str] = Field(default_factory=dict, max_length=10)
    used: list[str] = Field(default_factory=list, max_length=10)
    how: dict[str, list[str]] = Field(default_factory=dict, max_length=10)
    fields: dict[str, dict[str, list[str]]] = Field(max_length=500)
    files: dict[str, Annotated[list[str], Field(max_length=5)]] = Field(default_factory=dict, max_length=50)


class _Files:
    """The files of one box, each made harmless as on the site under an id of its own. Of one that cannot be opened
    there is an id and nothing else: whoever reads the answers must know that something was there.
    """

    def __init__(self) -> None:
        self.taken: dict[str, File] = {}
        self._dots = MOST_DOTS

    def take(self, asked: Attached, sent: Sequence[str]) -> list[str]:
        """The ids of what was sent with one answer. What is our own fault (no memory, no disk) goes through: the
        tablet keeps its box. However long a recording lasts, nobody can be asked for a shorter one.
        """
        ids: list[str] = []
        for text in filter(None, sent[: asked.most_files]):
            ids.append(new_id().hex)
            try:
                data = base64.b64decode(text, validate=True)
                self._dots -= photos.dots(data)
                if self._dots >= 0:
                    self.taken[ids[-1]] = media.take(data, asked.takes)
            except (NotTaken, ValueError):
                continue
        return ids


def public_key(tablet_id: uuid.UUID) -> bytes:
    """The key under which this tablet closes its boxes (65 bytes)."""
    return sealedbox.public_key(_seed(tablet_id))


def take(tablet: TabletRow, closed: bytes) -> bool:
    """Store what is in a box; True where it is new, False where it was stored before.

    Slow work comes first, then one write transaction. Refused ("tablet-box") for whatever no tablet of ours closed.
    Of whoever chose not to take part nothing is stored, whatever the tablet's own script has made of it.
    """
    content = _content(tablet.id, closed)
    survey = surveys.get_survey_by_id(tablet.survey_id)
    if survey is None or content.version not in {row.id for row in surveys.list_versions(survey.id)}:
        raise Refused("tablet-box")
    key = _key(content.key)
    sender = SurveySender(survey.id, survey.slug)
    if sender.is_sent(key):
        return False
    sending = _sending(content, key)
    return sending is not None and _store(survey, sender, sending)


def _store(survey: SurveyRow, sender: SurveySender, sending: Sending) -> bool:
    store = sender.prepare(sending)
    session = begin_write()
    if sender.is_sent(sending.submission_key):
        return False
    try:
        store()
        session.flush()
        blanking.blank_latecomer(survey, sending.definition)
    except IntegrityError:
        session.rollback()
        if not sender.is_sent(sending.submission_key):
            raise
        return False
    return True


def _sending(content: _Content, key: bytes) -> Sending | None:
    """What one person answered, opened and read; None where their answers say that nothing may be kept."""
    definition = surveys.readers_definition(content.version)
    answers, files = _read(definition, content)
    if path_for(definition, answers).is_dropped:
        return None
    return Sending(
        definition=definition,
        version_id=content.version,
        parts=split(definition, answers),
        language=content.language if content.language in definition.languages else "en",
        is_easy=content.easy,
        channel=CHANNEL,
        asked_for_help=content.helped,
        submission_key=key,
        files=files,
        how={
            **how.seen({**content.modes, "easy": "yes" if content.easy else "no"}),
            **dict.fromkeys(how.used({how.USED_FIELD: content.used}), "yes"),
            **(how.read(content.how) if definition.asks_how else {}),
        },
    )


def _content(tablet_id: uuid.UUID, closed: bytes) -> _Content:
    try:
        opened = sealedbox.open_box(_seed(tablet_id), closed, aad=str(tablet_id).encode())
        if len(_FILE.sub(b"", opened)) > MOST_WORDS:  # before anything is made of it, which costs many times as much
            raise ValueError("more words than any survey has room for")
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
    files = _Files()
    for question in definition.questions:
        form = content.fields.get(question.id)
        if form is None:
            continue
        asked: Question = question
        if definition.asker.steps[question.id].carry is not None:
            asked = definition.asker.asked(question.id, path_for(definition, answers).kept)
        answers[question.id] = (
            _attached(asked, form, files, content.files.get(question.id, ()))
            if isinstance(asked, Attached)
            else asked.salvage(form)
        )
    return answers, files.taken


def _attached(asked: Attached, form: Form, files: _Files, sent: Sequence[str]) -> Answer:
    """An answer with files. Where none of them can be opened and there are no words it is skipped; the ids say that
    there was something. Whoever skipped it gave none.
    """
    if any(form.get(asked.skip_field, ())):
        sent = ()
    ids = files.take(asked, sent)
    answer = asked.salvage({**form, asked.kept_field: [each for each in ids if each in files.taken]})
    return {**answer, "attachments": ids} if ids else answer


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
