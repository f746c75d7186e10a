"""The verbs of surveys: begin one, publish a definition as its version, open, close, archive."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

import sqlalchemy as sa

from engage import paths
from engage.core import audit, clock
from engage.core.database import begin_write, db
from engage.core.errors import NotFound, Refused
from engage.listening.ballots.kinds import Entry
from engage.listening.surveys import blanking, queries, supplying
from engage.listening.surveys.kinds import SurveyState
from engage.listening.surveys.models import Override, Survey, SurveyVersion
from engage.listening.surveys.queries import Overridden, SurveyRow, VersionRow
from engage.listening.surveys.service_gate import findings, unanswered
from engage.rules.disclosure import Rule
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import dump, load, version_hash

RESERVED = frozenset({"new", "library", "bank", "media", "ready-made"})
"""What no survey may be called: pages about all surveys stand at these addresses."""

SMALLEST_QUOTA, LARGEST_QUOTA = 20, 1_000_000
"""A quota of a few would show by the page being full that somebody in particular has answered."""
QUOTA_STEP = 10
"""With any number to choose, trying one after the other would tell how many have answered, and a person later, who."""


@cache
def ready_made(name: str) -> Definition:
    """A definition that comes with the product, by its file's name; raises NotFound."""
    path = paths.surveys() / f"{name}.yaml"
    if not path.is_file():
        raise NotFound(name)
    return load(path.read_text(encoding="utf-8"), path.name)


def begin_survey(slug: str) -> uuid.UUID:
    """A new survey that asks nothing yet; its id. Refused where the slug is taken or kept for pages."""
    if slug in RESERVED:
        raise Refused("survey-reserved")
    if queries.get_survey(slug) is not None:
        raise Refused("survey-exists")
    session = begin_write()
    survey = Survey(slug=slug, state=SurveyState.DRAFT)
    session.add(survey)
    session.flush()
    audit.record("survey-created", "survey", survey.id)
    return survey.id


def create_survey(slug: str, definition: Definition) -> uuid.UUID:
    """A new survey with its first version, not open yet; its id. Refused where the slug is taken."""
    if definition.purpose != "survey":
        raise Refused("not-a-survey")
    survey_id = begin_survey(slug)
    publish_version(survey_id, definition)
    return survey_id


def publish_version(survey_id: uuid.UUID, definition: Definition, overridden: Sequence[Overridden] = ()) -> VersionRow:
    """Make `definition` the newest version, with the services of today written in where it asks for them; the same
    definition (and services) again changes nothing.

    Refused where the survey is live and something in `definition` must be put right first, but for what is
    `overridden`: each of those is a finding with a named person's reason, and stays with the version.
    """
    definition = supplying.of_today(definition)
    row = queries.get_survey_by_id(survey_id)
    if row is not None and row.is_live and unanswered(row.slug, definition, overridden):
        raise Refused("survey-not-ready")
    session = begin_write()
    newest = next(iter(queries.list_versions(survey_id)), None)
    sha256 = version_hash(definition)
    if newest is not None and newest.sha256 == sha256:
        _keep(newest, overridden)
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
    published = VersionRow(version.id, version.number, version.sha256, version.published_on)
    _keep(published, overridden)
    return published


def answer_for(slug: str, reasons: Mapping[str, str], by: uuid.UUID | None) -> None:
    """Keep a named person's reasons, by finding's code, for opening the newest version in spite of what is found."""
    row = _found(slug)
    definition = row.definition
    if row.version is None or definition is None:
        raise Refused("survey-not-ready")
    given = {code: words.strip() for code, words in reasons.items() if words.strip()}
    overridden = [
        Overridden(found.code, found.question, found.place, found.message, given[found.code], by)
        for found in findings(slug, definition)
        if found.code in given
    ]
    begin_write()
    _keep(row.version, overridden)


def _keep(version: VersionRow, overridden: Sequence[Overridden]) -> None:
    """Store the reasons a version is published with; those it has already stay as they are."""
    had = {(each.code, each.question, each.place) for each in queries.list_overrides(version.id)}
    new = [each for each in overridden if (each.code, each.question, each.place) not in had]
    for position, each in enumerate(new, start=len(had)):
        db.session.add(
            Override(
                version_id=version.id,
                position=position,
                code=each.code,
                question=each.question,
                place=each.place,
                message=each.message,
                reason=each.reason,
                decided_by=each.by,
            )
        )
    db.session.flush()
    for code in sorted({each.code for each in new}):
        audit.record("survey-finding-overridden", "survey-version", version.id, code=code)


def open_survey(slug: str, *, closes_on: date | None = None, tell_by: date | None = None) -> SurveyRow:
    """Let people answer from today until `closes_on`; `tell_by` is when we promise to say what we heard.

    Refused for dates that can't be kept, and while something must be put right first (`findings`).
    """
    today = clock.today()
    if closes_on is not None and closes_on < today:
        raise Refused("closes-in-the-past")
    if closes_on is not None and tell_by is not None and tell_by < closes_on:
        raise Refused("tells-before-closing")
    row = _found(slug)
    if row.archived_on is not None:
        raise Refused("survey-archived")
    if row.version is None:
        raise Refused("survey-not-ready")
    definition, overridden = queries.definition_of(row.version.id), queries.list_overrides(row.version.id)
    if unanswered(slug, definition, overridden):
        raise Refused("survey-not-ready")
    begin_write()
    survey = _survey(slug)
    survey.state, survey.opens_on = SurveyState.OPEN, survey.opens_on or today
    survey.closes_on, survey.tell_by = closes_on, tell_by
    db.session.flush()
    audit.record("survey-opened", "survey", survey.id, closes_on=_day(closes_on), tell_by=_day(tell_by))
    return _found(slug)


def set_dates(slug: str, *, opens_on: date, closes_on: date, tell_by: date) -> SurveyRow:
    """Change the days of a survey that is open or opens later: the worker keeps them, to the minute in London.

    Refused for days that can't be kept.
    """
    if closes_on < clock.today() or closes_on < opens_on:
        raise Refused("closes-in-the-past" if closes_on < clock.today() else "closes-before-opening")
    if tell_by < closes_on:
        raise Refused("tells-before-closing")
    begin_write()
    survey = _survey(slug)
    if survey.state is not SurveyState.OPEN:
        raise Refused("survey-not-open")
    survey.opens_on, survey.closes_on, survey.tell_by = opens_on, closes_on, tell_by
    db.session.flush()
    days = {"opens_on": _day(opens_on), "closes_on": _day(closes_on), "tell_by": _day(tell_by)}
    audit.record("survey-dates-changed", "survey", survey.id, **days)
    return _found(slug)


def set_entry(slug: str, entry: Entry, quota: int | None) -> SurveyRow:
    """Say who may begin, and after how many responses nobody more; those who have begun may always finish."""
    if quota is not None and (not SMALLEST_QUOTA <= quota <= LARGEST_QUOTA or quota % QUOTA_STEP):
        raise Refused("quota-size")
    begin_write()
    survey = _survey(slug)
    survey.entry, survey.quota = entry, quota
    db.session.flush()
    audit.record("survey-entry-set", "survey", survey.id, entry=entry.value, quota=quota)
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
    definition = _found(slug).definition
    if definition is not None:
        blanking.blank_small_groups(survey.id, Rule.for_audience(definition.threshold))
    audit.record("survey-closed", "survey", survey.id)
    return _found(slug)


def archive_survey(slug: str) -> None:
    """Put a survey away: it is off the list and cannot open. Refused while it is open."""
    begin_write()
    survey = _survey(slug)
    if survey.state is SurveyState.OPEN:
        raise Refused("survey-open")
    if survey.archived_on is None:
        survey.archived_on = clock.today()
        db.session.flush()
        audit.record("survey-archived", "survey", survey.id)


def bring_back(slug: str) -> None:
    """Take an archived survey out again."""
    begin_write()
    survey = _survey(slug)
    if survey.archived_on is not None:
        survey.archived_on = None
        db.session.flush()
        audit.record("survey-brought-back", "survey", survey.id)


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
