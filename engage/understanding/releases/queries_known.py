"""Selects on known totals: how many people there are, whoever was heard."""

import uuid
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engage.core.database import db
from engage.understanding.releases.models import KnownTotal


@dataclass(frozen=True)
class Known:
    """How many people there are in one group; `question` and `option` are empty for everybody."""

    question: str
    option: str
    people: int
    source: str
    counted_on: date


def known_totals(survey_id: uuid.UUID) -> dict[tuple[str, str], Known]:
    """What is known for a survey, by (question, option)."""
    rows = db.session.scalars(sa.select(KnownTotal).where(KnownTotal.survey_id == survey_id))
    return {
        (row.question, row.option): Known(row.question, row.option, row.people, row.source, row.counted_on)
        for row in rows
    }
