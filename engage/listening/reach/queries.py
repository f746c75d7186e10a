"""Selects of reach: today's pile of papers."""

import uuid

import sqlalchemy as sa

from engage.core import clock
from engage.core.database import db
from engage.listening.reach.models import PaperDay


def papers_today(survey_id: uuid.UUID) -> int:
    """How many papers of a survey were typed in today, for whoever has the pile before them."""
    query = sa.select(PaperDay.count).where(PaperDay.survey_id == survey_id, PaperDay.day == clock.today())
    return db.session.scalar(query) or 0
