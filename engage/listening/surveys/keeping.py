"""How long responses are kept: deleting one that its person takes back."""

import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from engage.core.database import begin_write, db
from engage.listening.surveys.models import Response, SurveyVersion


@dataclass(frozen=True)
class Given:
    """Where one response belongs, and the ISO week it was sent in."""

    survey_id: uuid.UUID
    version_id: uuid.UUID
    week: str


def given(response_id: uuid.UUID) -> Given | None:
    """Where a response belongs; None where there is none (any more)."""
    query = (
        sa
        .select(SurveyVersion.survey_id, Response.version_id, Response.week)
        .join(SurveyVersion, SurveyVersion.id == Response.version_id)
        .where(Response.id == response_id)
    )
    found = db.session.execute(query).first()
    return Given(*found) if found is not None else None


def delete_response(response_id: uuid.UUID) -> None:
    """Delete the closed answers of one response, in the present write transaction."""
    begin_write().execute(sa.delete(Response).where(Response.id == response_id))
