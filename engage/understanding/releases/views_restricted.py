"""Restricted releases as pages draw them: who, what for, how far; and exact numbers as plain tables."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.core import clock
from engage.core.audit import AuditEvent
from engage.rules.disclosure import Tables
from engage.rules.questionnaire.definition import Definition
from engage.understanding.releases.queries_restricted import RestrictedRow, State
from engage.understanding.releases.views_words import asked_of, label_of

_STATES = {
    State.ASKED: (_l("Waits for a second person"), "wait"),
    State.AGREED: (_l("Agreed: made with the next release"), "wait"),
    State.REFUSED: (_l("Not made: beside what is public, exact numbers would show what somebody said"), "quiet"),
    State.READABLE: (_l("Can be read"), "done"),
    State.ENDED: (_l("Ended: nobody reads its numbers any more"), "quiet"),
}
_EVENTS = {
    "restricted-asked": _l("Asked for"),
    "restricted-agreed": _l("Agreed to"),
    "restricted-made": _l("Made"),
    "restricted-refused": _l("Not made"),
    "restricted-read": _l("Read"),
    "restricted-ended": _l("Ended"),
}


@dataclass(frozen=True)
class RestrictedView:
    """One restricted release in words, and what the person who looks may do with it."""

    id: uuid.UUID
    readers: str
    purpose: str
    ends_on: date
    state: str
    kind: str
    sha256: str
    can_agree: bool
    can_drop: bool
    can_read: bool
    why_not: str


@dataclass(frozen=True)
class ExactView:
    """One table of exact numbers over everybody."""

    title: str
    rows: list[list[str]]


def restricted_view(row: RestrictedRow, names: Mapping[uuid.UUID, str], who: uuid.UUID) -> RestrictedView:
    """As `who` sees it."""
    words, kind = _STATES[row.state]
    is_asked = row.state is State.ASKED
    why_not = ""
    if is_asked and row.asked_by == who:
        why_not = str(_("You asked for this. A second person, who does not read it, must agree."))
    elif is_asked and who in row.readers:
        why_not = str(_("You are one of its readers, so somebody else must agree."))
    return RestrictedView(
        id=row.id,
        readers=", ".join(sorted(names.get(one, "–") for one in row.readers)),
        purpose=row.purpose,
        ends_on=row.ends_on,
        state=str(words),
        kind=kind,
        sha256=row.sha256,
        can_agree=is_asked and not why_not,
        can_drop=is_asked,
        can_read=row.state is State.READABLE and who in row.readers,
        why_not=why_not,
    )


def trail_of(events: Iterable[AuditEvent], names: Mapping[uuid.UUID, str]) -> list[dict[str, str]]:
    """Who did what and when, oldest first; it holds no count."""
    return [
        {
            "what": str(_EVENTS.get(event.action, event.action.replace("-", " "))),
            "when": format_datetime(event.happened_at.astimezone(clock.LONDON), "d MMMM y, HH:mm", rebase=False),
            "iso": event.happened_at.isoformat(),
            "who": names.get(event.actor_id, "") if event.actor_id else "",
        }
        for event in events
    ]


def exact_views(tables: Tables, definition: Definition, language: str) -> list[ExactView]:
    """The tables over everybody, in the order of the questions."""
    found = {table.question: table for table in tables.tables if not table.filters}
    hidden = str(_("fewer than %(threshold)s, or hidden", threshold=tables.rule.threshold))
    return [
        ExactView(
            asked.title,
            [
                [label_of(asked.labels, cell.option), hidden if cell.count is None else str(cell.count)]
                for cell in found[key].cells
            ],
        )
        for key, asked in asked_of(definition, language).items()
        if key in found
    ]
