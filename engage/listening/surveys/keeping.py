"""How long responses are kept: deleting one that its person takes back, and what is old."""

import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from engage.core import erasing
from engage.core.database import begin_write, db
from engage.core.holds import Held
from engage.core.retention import Kind
from engage.listening.surveys import forgetting
from engage.listening.surveys.kinds import SurveyState
from engage.listening.surveys.models import Response, Survey, SurveyVersion
from engage.rules.keeping import Cutoff

_SORT = "response"


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


def hold(response_id: uuid.UUID) -> None:
    """Until the end of the present write transaction no release is stored that could count this response."""
    found = given(response_id)
    if found is not None:
        forgetting.hold(found.version_id)


def delete_response(response_id: uuid.UUID) -> None:
    """Delete the closed answers of one response, in the present write transaction."""
    begin_write()
    found = given(response_id)
    if found is not None:
        forgetting.note(found.version_id, deleted=1)
        erasing.delete(Response.id, Response.id == response_id, sort=_SORT)


@erasing.again(_SORT)
def delete_again(is_marked: erasing.IsMarked) -> None:
    """Delete the answers once more that were deleted since a backup was made, and count them as gone."""
    for response_id in db.session.scalars(sa.select(Response.id)).all():
        if is_marked(response_id):
            delete_response(response_id)


def _old(old: Cutoff, held: Held) -> tuple[sa.ColumnElement[bool], ...]:
    """Closed answers of an earlier week, of surveys that are closed and not held; what was published of them stays."""
    over = sa.select(Survey.id).where(Survey.state == SurveyState.CLOSED, Survey.id.not_in(held.surveys))
    versions = sa.select(SurveyVersion.id).where(SurveyVersion.survey_id.in_(over))
    return Response.week < old.week, Response.version_id.in_(versions)


def _count_old(old: Cutoff, held: Held) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Response).where(*_old(old, held))) or 0


def _delete_old(old: Cutoff, held: Held) -> int:
    session = begin_write()
    each = sa.select(Response.version_id, sa.func.count()).where(*_old(old, held)).group_by(Response.version_id)
    for version_id, count in sorted(session.execute(each).all()):  # in one order: no two wait for each other
        forgetting.note(version_id, deleted=count)
    return erasing.delete(Response.id, *_old(old, held), sort=_SORT)


RESPONSES = Kind("responses", 24, _count_old, _delete_old)
