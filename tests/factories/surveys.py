"""Surveys of a test: a ready-made definition, loaded and open."""

import re
import uuid
from datetime import timedelta
from functools import cache

import sqlalchemy as sa
from flask import Flask

from engage import paths
from engage.core import clock, scope
from engage.core.database import begin_write, db
from engage.core.transaction import transaction
from engage.listening.surveys import service, service_impact
from engage.listening.surveys.kinds import SurveyState
from engage.listening.surveys.models import Survey
from engage.listening.surveys.service_impact import Assessed
from engage.people.models import Account
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


def assess(slug: str, definition: Definition) -> None:
    """A signed assessment of what the survey of that slug asks, in the present transaction: nothing opens without."""
    texts = dict.fromkeys(("condition", "necessity", "risks", "consulted", "signed_by"), "As agreed")
    signed = Assessed(**texts, residual="low", signed_on=clock.today())
    service_impact.sign(slug, definition, signed, _officer())


def _officer() -> uuid.UUID:
    """Whoever signs: an account that nobody can use, once in a partnership."""
    sign_in = f"officer-{scope.current().hex}"
    found = db.session.scalar(sa.select(Account.id).where(Account.sign_in == sign_in))
    if found is not None:
        return found
    officer = Account(partnership_id=scope.current(), name="Officer", sign_in=sign_in, is_active=False)
    begin_write().add(officer)
    db.session.flush()
    return officer.id


def open_as_it_is(app: Flask, partnership: uuid.UUID, definition: Definition, slug: str) -> uuid.UUID:
    """An open survey of this definition, whatever would have to be put right in it first; its id."""
    with within(app, partnership), transaction():
        survey_id = service.create_survey(slug, definition)
        survey = db.session.get_one(Survey, survey_id)
        survey.state, survey.opens_on = SurveyState.OPEN, clock.today()
        return survey_id


def open_survey(
    app: Flask,
    partnership: uuid.UUID,
    name: str = "your-voice",
    slug: str | None = None,
    definition: Definition | None = None,
) -> uuid.UUID:
    """A survey of that definition (or of the ready-made one of that name), open for three weeks; its id."""
    definition = definition or ready_made(name)
    slug = slug or definition.survey
    with within(app, partnership), transaction():
        survey_id = service.create_survey(slug, definition)
        assess(slug, definition)
        closes = clock.today() + timedelta(days=21)
        service.open_survey(slug, closes_on=closes, tell_by=closes + timedelta(days=28))
        return survey_id
