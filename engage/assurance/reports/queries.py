"""Selects on reports."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from engage.assurance.reports.models import Report
from engage.core.database import db


@dataclass(frozen=True)
class ReportRow:
    """A report: what was written and chosen, and once frozen its content and fingerprint.

    revision: grows with every save, so that two people cannot overwrite each other unseen.
    """

    id: uuid.UUID
    kind: str
    title: str
    texts: Mapping[str, str]
    releases: tuple[uuid.UUID, ...]
    themes: tuple[uuid.UUID, ...]
    lessons: tuple[uuid.UUID, ...]
    revision: int
    started_by: uuid.UUID | None
    started_on: date
    frozen_on: date | None
    frozen_by: uuid.UUID | None
    content: dict[str, Any] | None
    sha256: str | None

    @property
    def is_frozen(self) -> bool:
        """Whether it can still change."""
        return self.frozen_on is not None


@dataclass(frozen=True)
class ReportLine:
    """A report in a list: without what it says."""

    id: uuid.UUID
    kind: str
    title: str
    started_by: uuid.UUID | None
    started_on: date
    frozen_on: date | None
    frozen_by: uuid.UUID | None


def list_reports(*, only_frozen: bool = False) -> list[ReportLine]:
    """Reports: drafts first, then the newest frozen ones."""
    query = sa.select(
        Report.id,
        Report.kind,
        Report.title,
        Report.started_by,
        Report.started_on,
        Report.frozen_on,
        Report.frozen_by,
    ).order_by(
        Report.frozen_on.is_not(None), Report.frozen_on.desc(), Report.started_on.desc(), Report.title, Report.id
    )
    if only_frozen:
        query = query.where(Report.frozen_on.is_not(None))
    return [ReportLine(*row) for row in db.session.execute(query)]


def get_report(report_id: uuid.UUID) -> ReportRow | None:
    """One report."""
    found = db.session.scalars(sa.select(Report).where(Report.id == report_id)).first()
    return _row(found) if found else None


def _row(report: Report) -> ReportRow:
    kept = report.sections
    return ReportRow(
        id=report.id,
        kind=report.kind,
        title=report.title,
        texts=dict(kept["texts"]),
        releases=_ids(kept["releases"]),
        themes=_ids(kept["themes"]),
        lessons=_ids(kept["lessons"]),
        revision=kept["revision"],
        started_by=report.started_by,
        started_on=report.started_on,
        frozen_on=report.frozen_on,
        frozen_by=report.frozen_by,
        content=report.content,
        sha256=report.sha256,
    )


def _ids(kept: list[str]) -> tuple[uuid.UUID, ...]:
    return tuple(uuid.UUID(one) for one in kept)
