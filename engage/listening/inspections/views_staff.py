"""What the supporters' pages are given: the list of visits, and one visit with its team and its trail."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.core import audit, clock
from engage.listening.inspections import queries
from engage.listening.inspections.criteria import get_set
from engage.listening.inspections.kinds import InspectionState
from engage.listening.inspections.queries import Member, Visit
from engage.listening.inspections.views import Reader, day
from engage.listening.inspections.words import one_line

PER_PAGE = 20

STATES: dict[InspectionState, tuple[LazyString, str]] = {
    InspectionState.PLANNED: (_l("Being scored"), "wait"),
    InspectionState.TOGETHER: (_l("Ready to publish"), "wait"),
    InspectionState.PUBLISHED: (_l("Published"), "good"),
    InspectionState.DECLINED: (_l("Said no"), "no"),
}

_TRAIL = {
    "visit-planned": _l("Visit planned"),
    "inspector-added": _l("An inspector joined the team"),
    "visit-declined": _l("The service said no"),
    "scoring-closed": _l("Scoring ended before everybody had locked"),
    "finding-added": _l("A line was added to the findings"),
    "finding-removed": _l("A line was taken off the findings"),
    "rating-published": _l("Star published"),
}


@dataclass(frozen=True)
class Narrowed:
    """What the list of visits is narrowed to by the address."""

    state: InspectionState | None = None
    words: str = ""
    page: int = 1

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Narrowed":
        """From the address; what makes no sense is left out."""
        state, page = args.get("state", ""), args.get("page", "1")
        return cls(
            InspectionState(state) if state in set(InspectionState) else None,
            one_line(args.get("q"))[:100],
            min(int(page), 10_000) if page.isascii() and page.isdigit() and int(page) > 0 else 1,
        )

    def address(self, page: int) -> dict[str, str | int]:
        """The address of another page of the same list."""
        kept: dict[str, str | int] = {"page": page}
        if self.state:
            kept["state"] = self.state.value
        if self.words:
            kept["q"] = self.words
        return kept


@dataclass(frozen=True)
class Listing:
    """One page of the list."""

    narrowed: Narrowed
    visits: tuple[Visit, ...]
    total: int
    pages: int

    @property
    def rows(self) -> list[list[object]]:
        """Cells of the table."""
        return [_row(visit) for visit in self.visits]


def listing(narrowed: Narrowed, without: Collection[uuid.UUID]) -> Listing:
    """The visits of one page; none of `without`."""
    offset = (narrowed.page - 1) * PER_PAGE
    visits, total = queries.list_visits(
        state=narrowed.state, words=narrowed.words, limit=PER_PAGE, offset=offset, without=without
    )
    return Listing(narrowed, tuple(visits), total, max(1, ceil(total / PER_PAGE)))


def _row(visit: Visit) -> list[object]:
    words, kind = STATES[visit.state]
    return [
        {"text": visit.service, "id": visit.id},
        visit.agency,
        day(visit.visit_on or visit.declined_on),
        {"tag": str(words), "kind": kind},
        _("%(locked)s of %(team)s", locked=visit.locked, team=visit.team) if visit.team else "",
    ]


@dataclass(frozen=True)
class Step:
    """One line of the trail: what, when, who."""

    what: str
    when: str
    iso: str
    who: str


@dataclass(frozen=True)
class StaffVisit:
    """One visit as its supporter sees it: never a score, only who has locked."""

    id: uuid.UUID
    visit: Visit
    state: str
    kind: str
    when: str
    criteria: str
    team: tuple[Member, ...]
    can_close: bool
    unlocked: int
    trail: tuple[Step, ...]

    @property
    def is_planned(self) -> bool:
        return self.visit.state is InspectionState.PLANNED

    @property
    def is_together(self) -> bool:
        return self.visit.state is InspectionState.TOGETHER

    @property
    def rows(self) -> list[list[object]]:
        """Cells of the team's table."""
        locked = {"tag": _("Locked"), "kind": "good"}
        waiting = {"tag": _("Waiting"), "kind": "wait"}
        return [[member.name, locked if member.locked_on else waiting] for member in self.team]


def staff_visit(visit: Visit, team: Sequence[Member], names: Mapping[uuid.UUID, str], who: Reader) -> StaffVisit:
    """One visit and what can be done with it now."""
    words, kind = STATES[visit.state]
    unlocked = visit.team - visit.locked
    criteria = get_set(visit.criteria_key, visit.criteria_version) if visit.criteria_key else None
    return StaffVisit(
        visit.id,
        visit,
        str(words),
        kind,
        day(visit.visit_on or visit.declined_on),
        _("%(name)s, version %(version)s", name=who.say(criteria.name), version=criteria.version) if criteria else "",
        tuple(team),
        criteria is not None and visit.locked >= criteria.inspectors and unlocked > 0,
        unlocked,
        tuple(_step(event, names) for event in audit.trail(visit.id)),
    )


def _step(event: audit.AuditEvent, names: Mapping[uuid.UUID, str]) -> Step:
    when = event.happened_at.astimezone(clock.LONDON).date()
    who = names.get(event.actor_id, "") if event.actor_id else ""
    return Step(str(_TRAIL.get(event.action, event.action)), day(when), when.isoformat(), who)
