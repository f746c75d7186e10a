"""The verbs of reports: start one, keep what was written and chosen, freeze it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engage.adapters.documents.text import clean, one_line
from engage.assurance.reports import queries
from engage.assurance.reports.content import compose, digest
from engage.assurance.reports.kinds import KINDS, LONGEST, LONGEST_TITLE
from engage.assurance.reports.models import Report
from engage.assurance.reports.queries import ReportRow
from engage.core import audit, clock
from engage.core.database import begin_write
from engage.core.errors import Conflict, NotFound, Refused

PERIOD = "period"


@dataclass(frozen=True)
class Chosen:
    """What goes into a report beside the texts: ids of releases, of themes and of cases that taught something."""

    releases: tuple[uuid.UUID, ...] = field(default=())
    themes: tuple[uuid.UUID, ...] = field(default=())
    lessons: tuple[uuid.UUID, ...] = field(default=())


def start_report(kind: str, title: str, chosen: Chosen, by: uuid.UUID | None) -> uuid.UUID:
    """A new report of that kind about `title`; returns its id. Refused ("report-title") without a title."""
    if kind not in KINDS:
        raise NotFound
    report = Report(
        kind=kind,
        title=_title(title),
        sections=_sections({}, chosen, revision=1),
        started_by=by,
        started_on=clock.today(),
    )
    session = begin_write()
    session.add(report)
    session.flush()
    audit.record("report-started", "report", report.id, kind=kind)
    return report.id


def save_report(report_id: uuid.UUID, *, title: str, texts: Mapping[str, str], chosen: Chosen, revision: int) -> None:
    """Keep what was written and chosen, by somebody who saw `revision`.

    Conflict ("report-changed") when somebody else saved since, ("report-frozen") when it can no longer change.
    """
    kept = _title(title)
    report = _open(report_id, revision)
    allowed = {PERIOD, *(one.key for one in KINDS[report.kind].fields)}
    written = {key: clean(text)[:LONGEST].strip() for key, text in texts.items() if key in allowed}
    report.title = kept
    report.sections = _sections(written, chosen, revision=revision + 1)
    audit.record("report-saved", "report", report_id, revision=revision + 1)


def freeze_report(report_id: uuid.UUID, by: uuid.UUID | None, language: str, *, revision: int | None = None) -> str:
    """Fix the report's whole content for good; returns its SHA-256.

    Every number in it comes from a release or a theme's frozen count and every quote was released by a person, because
    `compose` has no other source. `revision` is the one that was seen before freezing; Conflict as in `save_report`.
    """
    row = queries.get_report(report_id)
    if row is None:
        raise NotFound
    if revision not in {None, row.revision}:
        raise Conflict("report-changed")
    content = compose(replace(row, frozen_on=clock.today(), frozen_by=by), language)
    report = _open(report_id, row.revision)
    report.content = content
    report.sha256 = digest(content)
    report.frozen_on, report.frozen_by = clock.today(), by
    audit.record("report-frozen", "report", report_id, sha256=report.sha256)
    return report.sha256


def is_whole(row: ReportRow) -> bool:
    """Whether a frozen report still is what was frozen."""
    return row.content is not None and digest(row.content) == row.sha256


def _title(title: str) -> str:
    kept = one_line(title)[:LONGEST_TITLE].strip()
    if not kept:
        raise Refused("report-title")
    return kept


def _sections(texts: Mapping[str, str], chosen: Chosen, *, revision: int) -> dict[str, Any]:
    return {
        "texts": dict(texts),
        "releases": [str(one) for one in chosen.releases],
        "themes": [str(one) for one in chosen.themes],
        "lessons": [str(one) for one in chosen.lessons],
        "revision": revision,
    }


def _open(report_id: uuid.UUID, revision: int) -> Report:
    report = begin_write().get(Report, report_id, with_for_update=True)
    if report is None:
        raise NotFound
    if report.frozen_on is not None:
        raise Conflict("report-frozen")
    if report.sections["revision"] != revision:
        raise Conflict("report-changed")
    return report
