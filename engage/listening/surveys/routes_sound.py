"""A question, or the promise, read aloud as one sound, for pages without script: joined from what was rendered."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from engage.adapters import speech
from engage.listening.surveys import queries, speaking
from engage.listening.surveys.kinds import SurveyState
from engage.rules.questionnaire.definition import Definition
from engage.web.access import public
from engage.web.appearance import appearance
from engage.web.layout import language

bp = Blueprint("survey_sound", __name__)


@bp.get("/<slug:partnership>/surveys/<slug:survey>/sound")
@public
def promise(survey: str) -> ResponseReturnValue:
    """What is promised before question 1."""
    words = speaking.intro_words(_definition(survey), language(), easy=appearance().easy)
    return _played(speaking.together(words))


@bp.get("/<slug:partnership>/surveys/<slug:survey>/sound/<string:question>")
@public
def question(survey: str, question: str) -> ResponseReturnValue:
    """One question with its answers: the same for everybody, whatever they have answered."""
    definition = _definition(survey)
    if question not in definition:
        abort(404)
    words = speaking.question_words(definition.question(question), language(), easy=appearance().easy)
    return _played(speaking.together(words))


def _definition(survey: str) -> Definition:
    row = queries.get_survey(survey)
    if row is None or row.definition is None or row.state is SurveyState.DRAFT:
        abort(404)
    return row.definition


def _played(sound: bytes | None) -> Response:
    return Response(sound, mimetype=speech.MEDIA_TYPE) if sound is not None else abort(404)
