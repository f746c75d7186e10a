"""The verbs of surveys: load a definition, publish it as a version, open, close."""

import uuid
from datetime import date

import sqlalchemy as sa

from engage.core import audit, clock
from engage.core.database import begin_write, db
from engage.core.errors import NotFound, Refused
from engage.listening.surveys import queries
from engage.listening.surveys.kinds import SurveyState
from engage.listening.surveys.models import Survey, SurveyVersion
from engage.listening.surveys.queries import SurveyRow, VersionRow
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import dump, load, version_hash


def load_definition(text: str, source_name: str) -> Definition:
    """The definition in a YAML text; raises DefinitionError with every line that is wrong."""
    return load(text, source_name)


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
    """Make `definition` the newest version; the same definition again changes nothing."""
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
    """Let people answer from today until `closes_on`; `tell_by` is when we promise to say what we heard."""
    today = clock.today()
    if closes_on is not None and closes_on < today:
        raise Refused("closes-in-the-past")
    if closes_on is not None and tell_by is not None and tell_by < closes_on:
        raise Refused("tells-before-closing")
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
