"""Selects on surveys. What was answered is read in `queries_closed`, for releases alone."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from engage.core import clock
from engage.core.database import db
from engage.core.scope import HERE, quick
from engage.listening.ballots.kinds import Entry
from engage.listening.surveys.kinds import SurveyState
from engage.listening.surveys.models import Override, Response, Survey, SurveyVersion
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.how import ABOUT
from engage.rules.questionnaire.load import load
from engage.rules.questionnaire.translations import for_readers

BACKGROUND = ("language", "channel", *ABOUT)
"""The columns of a response that say how it was given."""


@dataclass(frozen=True)
class VersionRow:
    """A published version: what was asked, with the hash that reports quote."""

    id: uuid.UUID
    number: int
    sha256: str
    published_on: date


@dataclass(frozen=True)
class SurveyRow:
    """A survey as pages know it, with its newest version (None before the first is published)."""

    id: uuid.UUID
    slug: str
    state: SurveyState
    opens_on: date | None
    closes_on: date | None
    tell_by: date | None
    archived_on: date | None
    version: VersionRow | None
    entry: Entry = Entry.OPEN
    quota: int | None = None

    @property
    def opens_later(self) -> bool:
        """Whether it was opened for a day that is still to come."""
        return self.state is SurveyState.OPEN and self.opens_on is not None and self.opens_on > clock.today()

    @property
    def is_live(self) -> bool:
        """Whether it was opened and not closed since, whatever its days are: what it asks comes to people by itself."""
        return self.state is SurveyState.OPEN and self.archived_on is None

    @property
    def is_open(self) -> bool:
        """Whether somebody can answer today."""
        today = clock.today()
        return (
            self.version is not None
            and self.archived_on is None
            and self.state is SurveyState.OPEN
            and (self.opens_on is None or self.opens_on <= today)
            and (self.closes_on is None or today <= self.closes_on)
        )

    @property
    def definition(self) -> Definition | None:
        """What the newest version asks."""
        return definition_of(self.version.id) if self.version else None


@dataclass(frozen=True)
class Overridden:
    """One finding that a version was published with: what the gate said, and the reason of whoever decided."""

    code: str
    question: str | None
    place: str
    message: str
    reason: str
    by: uuid.UUID | None


_NEWEST = (
    sa
    .select(sa.func.max(SurveyVersion.number))
    .where(SurveyVersion.survey_id == Survey.id, SurveyVersion.partnership_id == HERE)
    .correlate(Survey)
    .scalar_subquery()
)
# Every page of a journey asks for its survey, so this is put together once, on columns.
_SURVEYS = (
    sa
    .select(
        Survey.id,
        Survey.slug,
        Survey.state,
        Survey.opens_on,
        Survey.closes_on,
        Survey.tell_by,
        Survey.archived_on,
        Survey.entry,
        Survey.quota,
        SurveyVersion.id,
        SurveyVersion.number,
        SurveyVersion.sha256,
        SurveyVersion.published_on,
    )
    .join(
        SurveyVersion,
        sa.and_(
            SurveyVersion.survey_id == Survey.id,
            SurveyVersion.number == _NEWEST,
            SurveyVersion.partnership_id == HERE,
        ),
        isouter=True,
    )
    .where(Survey.partnership_id == HERE)
)
_BY_SLUG = _SURVEYS.where(Survey.slug == sa.bindparam("wanted"))
_BY_ID = _SURVEYS.where(Survey.id == sa.bindparam("wanted"))
_ALL = _SURVEYS.order_by(Survey.slug)
# Asked of each version, by its key: as a join, SQLite walks through every response of the place on every page.
_OF_VERSION = sa.exists().where(
    Response.version_id == SurveyVersion.id,
    Response.submission_key == sa.bindparam("key"),
    Response.partnership_id == HERE,
)
_SENT = sa.select(_OF_VERSION.correlate(SurveyVersion).label("is_sent")).where(
    SurveyVersion.survey_id == sa.bindparam("survey"), SurveyVersion.partnership_id == HERE
)


def _row(found: Sequence[Any]) -> SurveyRow:
    version = VersionRow(*found[9:]) if found[9] is not None else None
    survey_id, slug, state, opens_on, closes_on, tell_by, archived_on, entry, quota = found[:9]
    return SurveyRow(survey_id, slug, state, opens_on, closes_on, tell_by, archived_on, version, entry, quota)


def _version(version: SurveyVersion) -> VersionRow:
    return VersionRow(version.id, version.number, version.sha256, version.published_on)


def list_surveys() -> list[SurveyRow]:
    """All surveys of the present partnership, by slug."""
    return [_row(found) for found in quick(_ALL)]


def list_open() -> list[SurveyRow]:
    """The surveys that can be answered today, by slug."""
    return [row for row in list_surveys() if row.is_open]


def list_with_room() -> list[SurveyRow]:
    """The surveys in which somebody new can begin today, by slug: open, and not heard from enough people yet."""
    return [row for row in list_open() if not has_enough(row.id, row.quota)]


def get_survey(slug: str) -> SurveyRow | None:
    """The survey of that slug."""
    return quick(_BY_SLUG, {"wanted": slug}).first_as(_row)


def get_survey_by_id(survey_id: uuid.UUID) -> SurveyRow | None:
    """The survey of that id."""
    return quick(_BY_ID, {"wanted": survey_id}).first_as(_row)


def list_versions(survey_id: uuid.UUID) -> list[VersionRow]:
    """All versions of a survey, newest first."""
    query = sa.select(SurveyVersion).where(SurveyVersion.survey_id == survey_id).order_by(SurveyVersion.number.desc())
    return [_version(version) for version in db.session.scalars(query)]


def list_overrides(version_id: uuid.UUID) -> list[Overridden]:
    """The findings a version was published with, each with its reason, in the gate's order."""
    query = sa.select(Override).where(Override.version_id == version_id).order_by(Override.position)
    return [
        Overridden(row.code, row.question, row.place, row.message, row.reason, row.decided_by)
        for row in db.session.scalars(query)
    ]


@lru_cache(maxsize=256)
def definition_of(version_id: uuid.UUID) -> Definition:
    """What a version asks. A version never changes, so it is read once a process; ids come from scoped queries."""
    return load(definition_text(version_id), f"version {version_id}")


@lru_cache(maxsize=256)
def readers_definition(version_id: uuid.UUID) -> Definition:
    """What a version asks, as people who answer it may see it: without stale translations."""
    return for_readers(definition_of(version_id))


def definition_text(version_id: uuid.UUID) -> str:
    """The stored YAML of a version."""
    return db.session.scalars(sa.select(SurveyVersion.definition).where(SurveyVersion.id == version_id)).one()


def is_sent(survey_id: uuid.UUID, submission_key: bytes) -> bool:
    """Whether a response to any version of the survey was stored under this key."""
    return any(row.is_sent for row in quick(_SENT, {"survey": survey_id, "key": submission_key}))


def keys_there(keys: Sequence[bytes]) -> Sequence[bytes]:
    """Those of these submission keys under which a response is stored."""
    return db.session.scalars(sa.select(Response.submission_key).where(Response.submission_key.in_(keys))).all()


def count_responses(survey_id: uuid.UUID) -> int:
    """How many responses a survey has: only to see whether they are enough, never for a page."""
    versions = sa.select(SurveyVersion.id).where(SurveyVersion.survey_id == survey_id)
    query = sa.select(sa.func.count()).select_from(Response).where(Response.version_id.in_(versions))
    return db.session.scalar(query) or 0


def has_enough(survey_id: uuid.UUID, quota: int | None) -> bool:
    """Whether as many have answered as the survey asks for; False where it sets no number."""
    return quota is not None and count_responses(survey_id) >= quota
