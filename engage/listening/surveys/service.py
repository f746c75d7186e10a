"""The verbs of surveys: load a definition, publish it as a version, open, close."""

import uuid
from datetime import date
from functools import cache

import sqlalchemy as sa

from engage import paths
from engage.core import audit, clock
from engage.core.database import begin_write, db
from engage.core.errors import NotFound, Refused
from engage.listening.surveys import queries
from engage.listening.surveys.kinds import SurveyState
from engage.listening.surveys.models import Survey, SurveyVersion
from engage.listening.surveys.queries import SurveyRow, VersionRow
from engage.rules.questionnaire.checks import Finding, check
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import dump, load, version_hash


@cache
def ready_made(name: str) -> Definition:
    """A definition that comes with the product, by its file's name; raises NotFound."""
    path = paths.surveys() / f"{name}.yaml"
    if not path.is_file():
        raise NotFound(name)
    return load(path.read_text(encoding="utf-8"), path.name)


def findings(definition: Definition) -> tuple[Finding, ...]:
    """What must be put right before the survey may go live; () when nothing."""
    return check(definition)


def create_survey(slug: str, definition: Definition) -> uuid.UUID:
    """A new survey with its first version, not open yet; its id. Refused where the slug is taken."""
    if definition.purpose != "survey":
        raise Refused("not-a-survey")
    if queries.get_survey(slug) is not None:
        raise Refused("survey-exists")
    session = begin_write()
    survey = Survey(slug=slug, state=SurveyState.DRAFT)
    session.add(survey)
    session.flush()
    audit.record("survey-created", "survey", survey.id)
    publish_version(survey.id, definition)
    return survey.id


def publish_version(survey_id: uuid.UUID, definition: Definition) -> VersionRow:
    """Make `definition` the newest version; the same definition again changes nothing.

    Refused where the survey is open and something in `definition` must be put right first.
    """
    row = queries.get_survey_by_id(survey_id)
    if row is not None and row.is_open and findings(definition):
        raise Refused("survey-not-ready")
    session = begin_write()
    newest = next(iter(queries.list_versions(survey_id)), None)
    sha256 = version_hash(definition)
    if newest is not None and newest.sha256 == sha256:
        return newest
    version = SurveyVersion(
        survey_id=survey_id,
        number=newest.number + 1 if newest else 1,
        definition=dump(definition),
        sha256=sha256,
        published_on=clock.today(),
    )
    session.add(version)
    session.flush()
    audit.record("survey-version-published", "survey", survey_id, number=version.number, sha256=sha256)
    return VersionRow(version.id, version.number, version.sha256, version.published_on)


def open_survey(slug: str, *, closes_on: date | None = None, tell_by: date | None = None) -> SurveyRow:
    """Let people answer from today until `closes_on`; `tell_by` is when we promise to say what we heard.

    Refused for dates that can't be kept, and while something must be put right first (`findings`).
    """
    today = clock.today()
    if closes_on is not None and closes_on < today:
        raise Refused("closes-in-the-past")
    if closes_on is not None and tell_by is not None and tell_by < closes_on:
        raise Refused("tells-before-closing")
    definition = _found(slug).definition
    if definition is None or findings(definition):
        raise Refused("survey-not-ready")
    begin_write()
    survey = _survey(slug)
    survey.state, survey.opens_on = SurveyState.OPEN, survey.opens_on or today
    survey.closes_on, survey.tell_by = closes_on, tell_by
    db.session.flush()
    audit.record("survey-opened", "survey", survey.id, closes_on=_day(closes_on), tell_by=_day(tell_by))
    return _found(slug)


def close_survey(slug: str) -> SurveyRow:
    """Take no more answers."""
    begin_write()
    survey = _survey(slug)
    if survey.state is not SurveyState.OPEN:
        raise Refused("survey-not-open")
    survey.state = SurveyState.CLOSED
    survey.closes_on = min(survey.closes_on or clock.today(), clock.today())
    db.session.flush()
    audit.record("survey-closed", "survey", survey.id)
    return _found(slug)


def close_due() -> None:
    """Close the open surveys whose last day is past."""
    begin_write()
    past = sa.select(Survey.slug).where(Survey.state == SurveyState.OPEN, Survey.closes_on < clock.today())
    for slug in db.session.scalars(past).all():
        close_survey(slug)


def _survey(slug: str) -> Survey:
    found = db.session.scalars(sa.select(Survey).where(Survey.slug == slug).with_for_update()).first()
    if found is None:
        raise NotFound(slug)
    return found


def _found(slug: str) -> SurveyRow:
    row = queries.get_survey(slug)
    if row is None:
        raise NotFound(slug)
    return row


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
