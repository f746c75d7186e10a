"""Selects on closed answers, for releases alone: an import contract keeps every other module out (D1)."""

import uuid
from collections.abc import Iterator

import sqlalchemy as sa

from engage.core.database import db
from engage.listening.surveys.models import Response
from engage.listening.surveys.queries import BACKGROUND
from engage.safeguarding import withdrawals


def count_version(version_id: uuid.UUID) -> int:
    """How many responses a version has."""
    query = sa.select(sa.func.count()).select_from(Response).where(Response.version_id == version_id, *_counts())
    return db.session.scalar(query) or 0


def count_left_out(version_id: uuid.UUID) -> int:
    """How many responses of a version still stand and were taken back: they count no more."""
    mine = (Response.version_id == version_id, Response.id.in_(withdrawals.not_to_count()))
    return db.session.scalar(sa.select(sa.func.count()).select_from(Response).where(*mine)) or 0


def stored_answers(version_id: uuid.UUID) -> Iterator[tuple[str, str]]:
    """The closed answers to a version as they are stored, in no particular order.

    Each is (a JSON object, what is said of how it was given: the values of `BACKGROUND` joined by "|", "" not known).
    """
    query = (
        sa
        .select(sa.cast(Response.answers, sa.Text), *(getattr(Response, name) for name in BACKGROUND))
        .where(Response.version_id == version_id, *_counts())
        .execution_options(yield_per=10_000)
    )
    for answers, *about in db.session.execute(query):
        yield answers, "|".join(about)


def _counts() -> tuple[sa.ColumnElement[bool], ...]:
    """What was taken back counts no more, also while something keeps it from being deleted."""
    return (Response.id.not_in(withdrawals.not_to_count()),)
