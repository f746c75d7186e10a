"""Surveys of a test: a ready-made definition, loaded and open."""

import re
import uuid
from datetime import timedelta
from functools import cache

from flask import Flask

from engage import paths
from engage.core import clock
from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.surveys import service
from engage.listening.surveys.kinds import SurveyState
from engage.listening.surveys.models import Survey
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load
from engage.rules.questionnaire.texts import Text
from engage.rules.questionnaire.translations import Unit, with_texts
from tests.support.apps import within


@cache
def ready_made(name: str) -> Definition:
    """A definition that the product carries: "your-voice", "staff-voice", "examples/faces" ..."""
    path = paths.surveys() / f"{name}.yaml"
    return load(path.read_text(encoding="utf-8"), path.name)


FOREIGN = {"ar": "كلمات للتجربة، أطول قليلاً", "ur": "آزمائش کے الفاظ، کچھ لمبے"}
"""Words that stand for a translation where only direction, script and length matter."""


def spoken(definition: Definition) -> Definition:
    """The definition with invented words in Arabic and Urdu for every text, as if a speaker had checked them."""

    def change(unit: Unit, text: Text) -> Text:
        said = text.model_dump(mode="json", exclude_defaults=True)
        tail = "".join(re.findall(r"\{answer:[^}]*\}", text.root["en"].plain))
        easy = {"easy": "."} if text.root["en"].easy else {}
        made = {code: {"plain": f"{words} {unit.key[-3:]}{tail}", **easy} for code, words in FOREIGN.items()}
        return Text.model_validate({**said, **made})

    languages = tuple(dict.fromkeys((*definition.languages, *FOREIGN)))
    return with_texts(definition, change, languages=languages, checked=dict.fromkeys(FOREIGN, "speaker"))


def open_as_it_is(app: Flask, partnership: uuid.UUID, definition: Definition, slug: str) -> uuid.UUID:
    """An open survey of this definition, whatever would have to be put right in it first; its id."""
    with within(app, partnership), transaction():
        survey_id = service.create_survey(slug, definition)
        survey = db.session.get_one(Survey, survey_id)
        survey.state, survey.opens_on = SurveyState.OPEN, clock.today()
        return survey_id


def open_survey(app: Flask, partnership: uuid.UUID, name: str = "your-voice", slug: str | None = None) -> uuid.UUID:
    """A survey of that definition, open for three weeks; its id."""
    definition = ready_made(name)
    slug = slug or definition.survey
    with within(app, partnership), transaction():
        survey_id = service.create_survey(slug, definition)
        closes = clock.today() + timedelta(days=21)
        service.open_survey(slug, closes_on=closes, tell_by=closes + timedelta(days=28))
        return survey_id
