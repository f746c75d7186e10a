"""The three surveys with a year of answers: children's open, practitioners' closed, parents' open."""

import uuid

from engage import paths
from engage.core import clock
from engage.desk.demo import texts
from engage.desk.demo.answers import rows
from engage.desk.demo.audiences import Audience, audiences
from engage.desk.demo.cast import Cast, acting
from engage.listening.making import editing
from engage.listening.making import service as making
from engage.listening.surveys import importing, service, service_impact
from engage.listening.surveys.service_impact import Assessed
from engage.people.kinds import Role
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load

CLOSED = "staff-voice"
NEXT = "your-voice"
_ASKED_NEXT = {
    "id": "fun",
    "kind": "text",
    "symbol": "star",
    "text": {"en": {"plain": "What is fun where you live?", "easy": "What is fun where you live?"}},
}
_OPEN_DAYS, _TELL_DAYS = 33, 61


def build_surveys(cast: Cast) -> None:
    """Load, open and fill each survey, and close the practitioners'."""
    closes, tells = clock.in_days(_OPEN_DAYS), clock.in_days(_TELL_DAYS)
    with acting(cast.people[Role.SURVEY_MANAGER]):
        for audience in audiences():
            definition = _definition(audience)
            service.create_survey(audience.survey, definition)
            _assess(audience.survey, definition, cast.people[Role.SURVEY_MANAGER])
            service.open_survey(audience.survey, closes_on=closes, tell_by=tells)
            answered = rows(definition, audience.count, audience.person, audience.said())
            importing.store_import(importing.prepare_import(audience.survey, answered))
        service.close_survey(CLOSED)
    _begin_next(cast.people[Role.SURVEY_MANAGER])


def _begin_next(manager: uuid.UUID) -> None:
    """The children's survey has a working copy in progress: one question more, not translated yet."""
    with acting(manager):
        copy = making.begin(NEXT, manager)
        making.change(NEXT, copy.revision, editing.add(copy.definition, _ASKED_NEXT, "going_well"), manager)


def _assess(slug: str, definition: Definition, manager: uuid.UUID) -> None:
    """Nothing opens before somebody signed what could go wrong for those who are asked."""
    said = texts.place().impact.model_dump()
    service_impact.sign(slug, definition, Assessed(**said, residual="low", signed_on=clock.today()), manager)


def _definition(audience: Audience) -> Definition:
    path = paths.surveys() / f"{audience.survey}.yaml"
    return load(path.read_text(encoding="utf-8"), path.name)
