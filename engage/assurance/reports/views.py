"""Reports as their pages show them: the list, what can be chosen, what changed meanwhile, the trail."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import LazyString, format_date, format_datetime, gettext
from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from engage.assurance.reports.kinds import KINDS
from engage.assurance.reports.queries import ReportLine, ReportRow
from engage.assurance.reports.sources import Offer
from engage.assurance.reports.words import LESSONS
from engage.core import clock
from engage.core.audit import AuditEvent

EVENTS: Final[dict[str, LazyString]] = {
    "report-started": _l("Started"),
    "report-saved": _l("Saved"),
    "report-frozen": _l("Frozen"),
}


def _(message: str, **values: object) -> str:
    return str(gettext(message, **values))


@dataclass(frozen=True)
class Line:
    """One report of the list."""

    id: uuid.UUID
    title: str
    kind: str
    is_frozen: bool
    who: str
    when: str


@dataclass(frozen=True)
class Step:
    """One act on a report's trail."""

    what: str
    when: str
    iso: str
    who: str


@dataclass(frozen=True)
class Theirs:
    """A text that somebody else saved while this person was writing."""

    label: str
    text: str


def lines(reports: Iterable[ReportLine], names: Mapping[uuid.UUID, str]) -> list[Line]:
    """The list; drafts first."""
    return [
        Line(
            id=report.id,
            title=report.title,
            kind=str(KINDS[report.kind].title),
            is_frozen=report.frozen_on is not None,
            who=who(report.frozen_by if report.frozen_on else report.started_by, names),
            when=day(report.frozen_on or report.started_on),
        )
        for report in reports
    ]


def who(account: uuid.UUID | None, names: Mapping[uuid.UUID, str]) -> str:
    """A name, or where an act came from when nobody was signed in."""
    return names.get(account, "") if account else _("Command line")


def day(value: object) -> str:
    """A date in words."""
    return str(format_date(value, "d MMMM y"))


def choices(offer: Offer, language: str) -> dict[str, Sequence[SelectChoice]]:
    """What can be ticked, in words: the newest releases first, themes by name, the newest lessons first."""
    return {
        "releases": [
            SelectChoice(
                str(one.id),
                _(
                    "%(survey)s, release %(number)s, frozen %(day)s",
                    survey=title,
                    number=one.number,
                    day=day(one.frozen_on),
                ),
            )
            for one, title in offer.titled(language)
        ],
        "themes": [SelectChoice(str(one.id), one.name) for one in offer.themes],
        "lessons": [SelectChoice(str(one.id), f"{LESSONS[one.kind]}: {one.words}") for one in offer.lessons],
    }


def changed_since(mine: Mapping[str, str], row: ReportRow) -> list[Theirs]:
    """Where what is kept now differs from what this person has on the page: texts by key, with the title."""
    kept = dict(row.texts) | {"title": row.title}
    labels: dict[str, Any] = {"title": _("What it is about"), "period": _("Period it covers")}
    labels |= {field.key: field.label for field in KINDS[row.kind].fields}
    return [
        Theirs(str(label), kept.get(key, ""))
        for key, label in labels.items()
        if _same(kept.get(key, "")) != _same(mine.get(key, ""))
    ]


def _same(text: str) -> str:
    return "\n".join(text.split())


def empty_sections(row: ReportRow) -> list[str]:
    """Titles of sections in which nobody has written anything."""
    sections = KINDS[row.kind].sections
    return [
        f"{number}. {section.title}"
        for number, section in enumerate(sections, 1)
        if not any(row.texts.get(field.key) for field in section.fields)
    ]


def trail(events: Iterable[AuditEvent], names: Mapping[uuid.UUID, str]) -> list[Step]:
    """Who did what and when, oldest first."""
    return [
        Step(
            what=str(EVENTS.get(event.action, event.action)),
            when=str(format_datetime(event.happened_at.astimezone(clock.LONDON), "d MMMM y, HH:mm", rebase=False)),
            iso=event.happened_at.isoformat(),
            who=who(event.actor_id, names),
        )
        for event in events
    ]
