"""Selects on releases: what was frozen, table by table. Nothing here can reach an answer."""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict, cast

import sqlalchemy as sa

from engage.core import clock
from engage.core.database import db
from engage.listening.surveys import queries as surveys
from engage.rules.disclosure import Cell, Reason, Rule, Table, Tables, as_filters
from engage.rules.disclosure.ladder import Rung, Step
from engage.understanding.releases.models import PublishedTable, Release

VERSIONS = "versions"
"""What a release keeps beside its rule of each version that it counts."""
LISTED = "listed"
"""The same versions, and those that nobody had answered: that nobody had is private, too."""


class LineJson(TypedDict):
    """counted: answers of this version. deleted: how many had been deleted by then. always, never: in which columns all
    of these people have an answer, and which nobody asked them."""

    counted: int
    deleted: int
    always: list[str]
    never: list[str]


@dataclass(frozen=True)
class ReleaseRow:
    """A release as pages and reports cite it; the true number of answers stays behind. version_id: the newest of the
    `versions` whose answers it counts, if there are any."""

    id: uuid.UUID
    survey_id: uuid.UUID
    version_id: uuid.UUID
    number: int
    frozen_on: date
    made_by: uuid.UUID | None
    version_sha256: str
    sha256: str
    base: int | None
    rule: Rule
    rung: Rung = "full"
    audit: tuple[Step, ...] = ()
    versions: frozenset[uuid.UUID] = frozenset()


def latest_row(survey_id: uuid.UUID, among: Collection[uuid.UUID] | None = None) -> Release | None:
    """The newest release's own row, with the private count: for the service of this package only."""
    query = sa.select(Release).where(Release.survey_id == survey_id).order_by(Release.number.desc()).limit(1)
    return db.session.scalars(query if among is None else query.where(Release.id.in_(among))).first()


def _row(release: Release) -> ReleaseRow:
    rule = Rule(release.rule["threshold"], release.rule["rounding"], release.rule["max_filters"])
    return ReleaseRow(
        release.id,
        release.survey_id,
        release.version_id,
        release.number,
        release.frozen_on,
        release.made_by,
        release.version_sha256,
        release.sha256,
        release.base,
        rule,
        cast("Rung", release.rung),
        tuple(Step(**step) for step in release.audit),
        frozenset(uuid.UUID(version) for version in release.rule.get(LISTED, counted_lines(release))),
    )


def latest(survey_id: uuid.UUID, among: Collection[uuid.UUID] | None = None) -> ReleaseRow | None:
    """The newest release of a survey; the newest of `among` where that is given."""
    found = latest_row(survey_id, among)
    return _row(found) if found else None


def counted_on(version_id: uuid.UUID, week: str) -> date | None:
    """The day on which a release may first have counted what was sent to this version in that ISO week; None: none.

    Of an answer only its week is known, so a release of that same week counts as one that has it.
    """
    since = sa.select(Release).where(Release.frozen_on >= clock.week_start(week))
    return min(
        (row.frozen_on for row in db.session.scalars(since) if str(version_id) in counted_lines(row)), default=None
    )


def counted_lines(release: Release) -> Mapping[str, LineJson]:
    """The versions whose answers a release counts, by their ids; of an older release that is the one it names."""
    found = release.rule.get(VERSIONS)
    if found is not None:
        return cast("Mapping[str, LineJson]", found)
    alone = LineJson(counted=release.counted, deleted=int(release.rule.get("deleted", 0)), always=[], never=[])
    return {str(release.version_id): alone}


def rows_of(survey_id: uuid.UUID) -> Sequence[Release]:
    """The releases of a survey with their private counts, oldest first: for the service of this package only."""
    return db.session.scalars(sa.select(Release).where(Release.survey_id == survey_id).order_by(Release.number)).all()


def list_releases(survey_id: uuid.UUID | None = None) -> list[ReleaseRow]:
    """Releases of one survey or of all, newest first."""
    query = sa.select(Release).order_by(Release.frozen_on.desc(), Release.number.desc(), Release.id)
    if survey_id is not None:
        query = query.where(Release.survey_id == survey_id)
    return [_row(release) for release in db.session.scalars(query)]


def numbered(survey_id: uuid.UUID, number: int | None) -> ReleaseRow | None:
    """The release of a survey with this number; the newest for None."""
    return next((row for row in list_releases(survey_id) if number in {None, row.number}), None)


def tables(release_id: uuid.UUID, filters: Mapping[str, str] | None = None) -> list[Table]:
    """The published tables of a release under exactly these filters (none: over everybody), in question order."""
    # As text, for PostgreSQL cannot compare JSON: what was stored is written in this one way.
    wanted = json.dumps(dict(as_filters(filters or {})))
    here = PublishedTable.release_id == release_id, sa.cast(PublishedTable.filters, sa.Text) == wanted
    query = sa.select(PublishedTable).where(*here).order_by(PublishedTable.position)
    return [_table(row) for row in db.session.scalars(query)]


def groups(release: ReleaseRow) -> dict[str, list[str]]:
    """The groups that a release divides people into, by what they were asked; {} where it shows everybody alone."""
    query = sa.select(PublishedTable.filters).where(PublishedTable.release_id == release.id)
    found: dict[str, dict[str, None]] = {}
    for filters in db.session.scalars(query.order_by(PublishedTable.position)):
        for name, value in filters.items():
            found.setdefault(name, {})[value] = None
    return {name: list(values) for name, values in found.items()}


def all_tables(release_id: uuid.UUID) -> list[Table]:
    """Every published table of a release, in the order they were frozen."""
    query = sa.select(PublishedTable).where(PublishedTable.release_id == release_id).order_by(PublishedTable.position)
    return [_table(row) for row in db.session.scalars(query)]


def frozen(release: Release) -> Tables:
    """All that a release published: for the ledger."""
    return Tables(_row(release).rule, release.base, tuple(all_tables(release.id)))


def _table(row: PublishedTable) -> Table:
    cells = tuple(Cell(cell["option"], cell["count"]) for cell in row.cells)
    reason = cast("Reason | None", row.hidden[0] if row.hidden else None)
    return Table(row.question, row.is_multiple, as_filters(row.filters), cells, row.base, reason)


def show(slug: str, number: int | None = None) -> dict[str, Any] | None:
    """Exactly what may be seen of a survey's release (the newest, or the one numbered): nothing else knows more."""
    survey = surveys.get_survey(slug)
    if survey is None:
        return None
    rows = [row for row in list_releases(survey.id) if number in {None, row.number}]
    if not rows:
        return None
    release = rows[0]
    return {
        "survey": slug,
        "release": release.number,
        "version_sha256": release.version_sha256,
        "frozen_on": release.frozen_on.isoformat(),
        "rule": {
            "threshold": release.rule.threshold,
            "rounding": release.rule.rounding,
            "max_filters": release.rule.max_filters,
        },
        "base": release.base,
        "tables": [table.to_json() for table in all_tables(release.id)],
    }
