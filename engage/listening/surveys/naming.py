"""What a reader of somebody's words is told was asked: the survey's title and the question, in plain English."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from engage.core.database import db
from engage.listening.surveys import queries
from engage.listening.surveys.models import Survey, SurveyVersion
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.piping import unanswered
from engage.rules.questionnaire.texts import ENGLISH
from engage.voices.sources import Asked, Named


def name_asked(asked: Collection[Asked]) -> Mapping[Asked, Named]:
    """Names for (survey, question); a question that newer versions dropped is found in the older ones."""
    definitions = _definitions({slug for slug, _ in asked})
    found: dict[Asked, Named] = {}
    for slug, question_id in asked:
        versions = definitions.get(slug, [])
        if versions:
            found[slug, question_id] = Named(versions[0].title.say(ENGLISH).text, _question(versions, question_id))
    return found


def _definitions(slugs: Collection[str]) -> dict[str, list[Definition]]:
    query = sa.select(Survey.slug, SurveyVersion.id).join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
    found: dict[str, list[Definition]] = {}
    for row in db.session.execute(query.where(Survey.slug.in_(slugs)).order_by(SurveyVersion.number.desc())):
        found.setdefault(row.slug, []).append(queries.definition_of(row.id))
    return found


def _question(versions: list[Definition], question_id: str) -> str:
    for definition in versions:
        for question in definition.questions:
            if question.id == question_id:
                return unanswered(question.text).say(ENGLISH).text
    return ""
