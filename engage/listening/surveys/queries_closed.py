"""Selects on closed answers, for releases alone: an import contract keeps every other module out (D1)."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import sqlalchemy as sa

from engage.core.database import db
from engage.listening.surveys.models import Response
from engage.listening.surveys.queries import BACKGROUND
from engage.rules.questionnaire.answers import Answer
from engage.safeguarding import withdrawals


@dataclass(frozen=True)
class AnswersRow:
    """The closed answers of one response; `about` says how it was given, "" what is not known."""

    answers: Mapping[str, Answer]
    about: Mapping[str, str]


def count_version(version_id: uuid.UUID) -> int:
    """How many responses a version has."""
    query = sa.select(sa.func.count()).select_from(Response).where(Response.version_id == version_id, *_counts())
    return db.session.scalar(query) or 0


def closed_answers(version_ids: Sequence[uuid.UUID]) -> Iterator[AnswersRow]:
    """The closed answers to these versions, a thousand at a time, in no particular order."""
    query = (
        sa
        .select(Response.answers, *(getattr(Response, name) for name in BACKGROUND))
        .where(Response.version_id.in_(version_ids), *_counts())
        .execution_options(yield_per=1000)
    )
    for answers, *about in db.session.execute(query):
        yield AnswersRow(cast("dict[str, Answer]", answers), dict(zip(BACKGROUND, about, strict=True)))


def _counts() -> tuple[sa.ColumnElement[bool], ...]:
    """What was taken back counts no more, also while something keeps it from being deleted."""
    return (Response.id.not_in(withdrawals.not_to_count()),)
