"""What the pages of the codebook show, ready to be drawn."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString, format_datetime
from flask_babel import lazy_gettext as _l

from engage.core import clock
from engage.core.audit import AuditEvent
from engage.understanding.themes import words
from engage.understanding.themes.queries import ThemeRow

# What a page says after a form was kept; the address names which.
DONE: dict[str, LazyString] = {
    "added": _l("The theme is in the codebook."),
    "saved": _l("Saved."),
    "counted": _l("Themes were counted. The numbers stay as they are until enough has changed."),
    "not-counted": _l("No number may change yet. Too little has changed, or the day has not come."),
    "coded": _l("Saved. Here is the next one."),
    "flagged": _l("The safeguarding lead has it now."),
    "prepared": _l("The quote waits for a second person."),
    "released": _l("The quote may be shown."),
    "refused": _l("The quote will not be shown."),
}


@dataclass(frozen=True)
class ThemeLine:
    """One line of the codebook."""

    id: uuid.UUID
    name: str
    phrases: tuple[str, ...]
    heard: list[str]
    counted_on: date | None
    is_open: bool


@dataclass(frozen=True)
class TrailLine:
    """One act on a trail."""

    what: str
    when: str
    iso: str
    who: str


def theme_lines(rows: Iterable[ThemeRow], wanted: str = "") -> list[ThemeLine]:
    """The codebook, narrowed to themes that have `wanted` in their name, description or phrases."""
    needle = wanted.casefold()
    return [
        ThemeLine(row.id, row.name, row.phrases, words.heard_from(row.heard), row.counted_on, row.is_open)
        for row in rows
        if needle in "\n".join((row.name, row.about, *row.phrases)).casefold()
    ]


def trail(
    events: Iterable[AuditEvent], names: Mapping[uuid.UUID, str], called: Mapping[str, LazyString] = words.EVENTS
) -> list[TrailLine]:
    """Who did what and when, oldest first; `called` says what acts are called."""
    return [
        TrailLine(
            what=str(called.get(event.action, event.action.replace("-", " "))),
            when=str(format_datetime(event.happened_at.astimezone(clock.LONDON), "d MMMM y, HH:mm", rebase=False)),
            iso=event.happened_at.isoformat(),
            who=names.get(event.actor_id, "") if event.actor_id else "",
        )
        for event in events
    ]
