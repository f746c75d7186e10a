"""What a report rests on, read from the floors below: frozen releases, frozen theme counts, released words, answers.

The only module of this package that reads anything about people. None of its sources can count an answer or open a
comment (D1).
"""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from engage.answering.you_said import queries as you_said
from engage.answering.you_said.queries import AnswerRow, OwedRow
from engage.assurance.reports.queries import ReportRow
from engage.core import clock
from engage.listening.casework import queries as cases
from engage.listening.casework import service as casework
from engage.listening.casework.kinds import CaseKind
from engage.listening.casework.queries import CaseRow
from engage.listening.inspections import queries as inspections
from engage.listening.inspections.kinds import InspectionState
from engage.listening.inspections.queries import Visit
from engage.listening.surveys import queries as surveys
from engage.rules.disclosure import Table
from engage.rules.questionnaire.definition import Definition
from engage.rules.themes import Group, group_of
from engage.safeguarding import queries_apart as apart
from engage.understanding.releases import queries as releases
from engage.understanding.releases.queries import ReleaseRow
from engage.understanding.themes import queries as themes
from engage.understanding.themes.queries import ThemeRow
from engage.understanding.themes.queries_quotes import QuoteRow, released_quotes

_LESSONS_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Source:
    """One frozen release with what was asked and its tables over everybody."""

    survey: str
    release: ReleaseRow
    definition: Definition
    tables: tuple[Table, ...]

    @property
    def group(self) -> Group:
        """Who answered."""
        return group_of(self.definition.audience)


@dataclass(frozen=True)
class Lesson:
    """What a closed case taught, in its handler's words."""

    id: uuid.UUID
    kind: CaseKind
    closed_on: date | None
    words: str


class Standing(StrEnum):
    """How a service stands with young inspectors today."""

    STARS = "stars"
    RUN_OUT = "run-out"
    SAID_NO = "said-no"
    NOT_SEEN = "not-seen"


@dataclass(frozen=True)
class Rating:
    """One service's newest published visit; `stars` only while they are in force."""

    service: str
    standing: Standing
    stars: int | None
    phrase: str
    expires_on: date | None


@dataclass(frozen=True)
class Evidence:
    """All that one report rests on."""

    sources: tuple[Source, ...]
    themes: tuple[ThemeRow, ...]
    quotes: tuple[QuoteRow, ...]
    answers: tuple[AnswerRow, ...]
    owed: tuple[OwedRow, ...]
    ratings: tuple[Rating, ...]
    lessons: tuple[Lesson, ...]

    def of(self, *groups: Group) -> tuple[Source, ...]:
        """The releases of what these groups answered."""
        return tuple(source for source in self.sources if source.group in groups)


@dataclass(frozen=True)
class Offer:
    """What can be chosen for a report."""

    releases: tuple[ReleaseRow, ...]
    themes: tuple[ThemeRow, ...]
    lessons: tuple[Lesson, ...]

    def titled(self, language: str) -> list[tuple[ReleaseRow, str]]:
        """The releases with the titles of their surveys."""
        found = [(one, surveys.definition_of(one.version_id)) for one in self.releases]
        return [(one, definition.title.say(language).text) for one, definition in found]


def gather(row: ReportRow) -> Evidence:
    """Everything that `row` chose, as it stands today."""
    chosen = set(row.themes)
    return Evidence(
        sources=tuple(sorted(_sources(set(row.releases)), key=lambda one: list(Group).index(one.group))),
        themes=tuple(one for one in themes.list_themes() if one.id in chosen),
        quotes=tuple(one for one in released_quotes() if one.theme_id in chosen),
        answers=tuple(one for one in you_said.list_published() if one.theme_id in chosen),
        # A theme whose numbers are hidden looks like one that nobody spoke of, here too.
        owed=tuple(one for one in you_said.owed() if one.theme_id in chosen and one.heard),
        ratings=_ratings(clock.today()),
        lessons=tuple(_lessons(set(row.lessons))),
    )


def offer(row: ReportRow) -> Offer:
    """Everything that may be chosen: what is closed or old only where `row` already has it."""
    return Offer(
        releases=tuple(releases.list_releases()),
        themes=tuple(one for one in themes.list_themes() if one.is_open or one.id in row.themes),
        lessons=tuple(_lessons(None)),
    )


def newest() -> dict[str, tuple[uuid.UUID, ...]]:
    """What a new report begins with: each survey's newest release, every open theme, the lessons of a year."""
    latest = {one.survey_id: one.id for one in reversed(releases.list_releases())}
    since = clock.today() - _LESSONS_FOR
    return {
        "releases": tuple(latest.values()),
        "themes": tuple(one.id for one in themes.list_themes(is_open=True)),
        "lessons": tuple(one.id for one in _taught() if (one.closed_on or since) >= since),
    }


def _sources(wanted: Collection[uuid.UUID]) -> Iterator[Source]:
    slugs = {row.id: row.slug for row in surveys.list_surveys()}
    chosen = [one for one in releases.list_releases() if one.id in wanted]
    for release in sorted(chosen, key=lambda one: (slugs[one.survey_id], one.number)):
        definition = surveys.definition_of(release.version_id)
        yield Source(slugs[release.survey_id], release, definition, tuple(releases.tables(release.id)))


def _taught() -> list[CaseRow]:
    """Closed cases that taught something. None that is kept apart, whoever writes: a report is read by many, and
    whoever the matter is about may be among them (C6).
    """
    hidden = apart.kept_apart()
    return [row for row in cases.list_with_learning() if row.id not in hidden]


def _lessons(wanted: Collection[uuid.UUID] | None) -> list[Lesson]:
    found = [row for row in _taught() if wanted is None or row.id in wanted]
    words = casework.learning_of(found)
    return [Lesson(row.id, row.kind, row.closed_on, words[row.id]) for row in found]


def _ratings(today: date) -> tuple[Rating, ...]:
    """Every service that was visited or asked: those with most stars first."""
    visits = inspections.by_service(inspections.list_published_ratings())
    found = [_rating(history, today) for history in visits.values()]
    return tuple(sorted(found, key=lambda one: (-(one.stars or 0), one.service.casefold())))


def _rating(history: Sequence[Visit], today: date) -> Rating:
    latest = next((one for one in history if one.state is InspectionState.PUBLISHED), None)
    if latest is None:
        return Rating(history[0].service, Standing.SAID_NO, None, "", None)
    if latest.is_expired(today):
        return Rating(latest.service, Standing.RUN_OUT, None, "", latest.expires_on)
    standing = Standing.STARS if latest.stars is not None else Standing.NOT_SEEN
    return Rating(latest.service, standing, latest.stars, latest.phrase or "", latest.expires_on)
