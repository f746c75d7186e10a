"""Forgetting, when a survey closes, how small groups answered: their language, their channel, who was with them."""

import uuid

import sqlalchemy as sa

from engage.core.database import begin_write
from engage.listening.surveys import forgetting
from engage.listening.surveys.models import Response, SurveyVersion
from engage.listening.surveys.queries import BACKGROUND, SurveyRow
from engage.rules.disclosure import Rule
from engage.rules.disclosure.blanking import to_blank
from engage.rules.questionnaire.definition import Definition


def blank_latecomer(row: SurveyRow, definition: Definition) -> None:
    """The same again once a response has come in after the end: alone with its channel or language it would stand out.

    In the write transaction that stored it.
    """
    if not row.is_open:
        blank_small_groups(row.id, Rule.for_audience(definition.threshold))


def blank_small_groups(survey_id: uuid.UUID, rule: Rule) -> None:
    """Blank every background value that fewer people share than may be shown, in the present write transaction."""
    session = begin_write()
    versions = sa.select(SurveyVersion.id).where(SurveyVersion.survey_id == survey_id)
    mine = Response.version_id.in_(versions)
    for name in BACKGROUND:
        column = getattr(Response, name)
        counted = session.execute(sa.select(column, sa.func.count()).where(mine).group_by(column))
        blanked = to_blank({row[0]: row[1] for row in counted}, rule.threshold)
        if blanked:
            session.execute(
                sa.update(Response).where(mine, column.in_(blanked)).values({name: ""}),
                execution_options={"synchronize_session": False},
            )
            for version_id in session.scalars(versions).all():
                forgetting.note(version_id, blanked=name)
