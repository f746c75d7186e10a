"""Bulk answers from elsewhere: every row becomes a response like any other, its words voices that wait to be read.

A file is loaded whole in one transaction or not at all. The same file loaded again is refused, and so is one that has
an earlier file's row in the same line, until somebody says that those are other people.
"""

import hashlib
import hmac
import json
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from engage.core import audit, clock
from engage.core.crypto import keyring
from engage.core.database import begin_write
from engage.core.errors import NotFound, Refused
from engage.core.ids import new_id
from engage.listening.surveys import queries
from engage.listening.surveys.models import Response
from engage.listening.surveys.sender import ORIGIN
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.import_rows import ImportedRow
from engage.rules.questionnaire.split import split
from engage.safeguarding import service as safeguarding
from engage.voices import service as voices
from engage.voices.kinds import Channel
from engage.voices.service import PreparedVoice

_BATCH, _KEY_BYTES = 500, 32


class LowAnswer(NamedTuple):
    """Safety questions that got a low answer in one response."""

    response_id: uuid.UUID
    questions: tuple[str, ...]
    language: str
    week: str


@dataclass
class Load:
    """What one file becomes, made ready before the write transaction."""

    slug: str
    survey_id: uuid.UUID
    responses: list[dict[str, Any]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    heard: dict[str, list[PreparedVoice]] = field(default_factory=dict)
    raised: list[LowAnswer] = field(default_factory=list)


def prepare_import(slug: str, rows: Sequence[ImportedRow], *, are_others: bool = False) -> Load:
    """Make rows ready to be stored as responses to the survey's newest version. Slow: before the write transaction.
    `are_others`: rows like those of an earlier file are other people's.

    Raises NotFound for an unknown survey.
    """
    survey = queries.get_survey(slug)
    if survey is None or survey.version is None:
        raise NotFound(slug)
    definition = queries.definition_of(survey.version.id)
    load = Load(slug, survey.id)
    for row in rows:
        key = secrets.token_bytes(_KEY_BYTES) if are_others else _key(survey.version.id, row)
        _add(load, survey.version.id, definition, row, key)
    return load


def lines_loaded_before(load: Load) -> list[int]:
    """Lines of the file whose very row stood in that line of a file that was loaded before."""
    lines = {response["submission_key"]: line for response, line in zip(load.responses, load.lines, strict=True)}
    keys = list(lines)
    parts = (keys[place : place + _BATCH] for place in range(0, len(keys), _BATCH))
    return sorted(lines[key] for part in parts for key in queries.keys_there(part))


def store_import(load: Load) -> int:
    """Store all of it in the caller's write transaction; how many responses.

    Raises Refused ("import-loaded-before") where a row was loaded before.
    """
    session = begin_write()
    try:
        for place in range(0, len(load.responses), _BATCH):
            session.execute(sa.insert(Response), load.responses[place : place + _BATCH])
    except IntegrityError as error:
        raise Refused("import-loaded-before") from error
    for week, heard in load.heard.items():
        voices.store(heard, week=week)
        safeguarding.raise_flags(heard, week=week)
    for low in load.raised:
        context = {"source_key": load.slug, "language": low.language, "week": low.week}
        safeguarding.raise_low_answer(ORIGIN, low.response_id, low.questions, **context)
    audit.record("responses-imported", "survey", load.survey_id, rows=len(load.responses))
    return len(load.responses)


def _add(load: Load, version_id: uuid.UUID, definition: Definition, row: ImportedRow, key: bytes) -> None:
    parts = split(definition, row.answers)
    response_id, week = new_id(), row.week or clock.iso_week()
    load.responses.append({
        "id": response_id,
        "version_id": version_id,
        "submission_key": key,
        "answers": dict(parts.closed),
        "language": row.language,
        "channel": row.channel,
        "week": week,
    })
    load.lines.append(row.line)
    load.heard.setdefault(week, []).extend(
        voices.prepare(
            channel=Channel.SURVEY,
            audience=definition.audience,
            origin_kind=ORIGIN,
            origin_id=response_id,
            source_key=load.slug,
            question_key=said.question_id,
            language=row.language,
            text=said.words,
        )
        for said in parts.voices
    )
    if parts.raised:
        load.raised.append(LowAnswer(response_id, parts.raised, row.language, week))


def _key(version_id: uuid.UUID, row: ImportedRow) -> bytes:
    # The same row of the same file makes the same key, so that a file can't be loaded twice.
    said = json.dumps([str(version_id), row.line, row.week, dict(row.answers)], sort_keys=True)
    return hmac.new(keyring().derive("import"), said.encode(), hashlib.sha256).digest()
