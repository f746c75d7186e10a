"""Selects on the rooms a decision leads to: allegations (LADO) and whistleblowing, each with readers of its own (C6).

What went to a room is read by whoever holds that room, and so is whatever comes to the same matter later. This is apart
from `queries_apart.blocked`, which other floors read too: a complaint stays with whoever handles complaints.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa

from engage.core import scope
from engage.core.database import db
from engage.people import queries as people
from engage.people.queries import Person
from engage.safeguarding import queries_apart
from engage.safeguarding.kinds import Decision
from engage.safeguarding.models import Flag
from engage.safeguarding.models_duty import Alert
from engage.safeguarding.queries_duty import GRAVE, STEPS
from engage.web.access import Permission

ROOMS: Final[Mapping[Decision, Permission]] = MappingProxyType({
    Decision.LADO: Permission.READ_ALLEGATIONS,
    Decision.WHISTLEBLOWING: Permission.READ_WHISTLEBLOWING,
})
_Held = frozenset[Permission]


@dataclass(frozen=True)
class Seen:
    """Which matters one person is shown: none of the origins in `without`, and only those in `only` (None: any).

    `hidden` of them name this person or their line; `held` is what the person may do. Of `unheard` they open what is
    new, and nothing that was decided on.
    """

    without: frozenset[uuid.UUID]
    only: frozenset[uuid.UUID] | None
    hidden: frozenset[uuid.UUID]
    held: _Held
    unheard: frozenset[uuid.UUID] = frozenset()

    @property
    def without_new(self) -> frozenset[uuid.UUID]:
        """What lists of undecided flags leave out: `without`, but for what nobody else hears."""
        return self.without - self.unheard

    def opens(self, origin_id: uuid.UUID, decision: Decision) -> bool:
        """Whether this person may open a decided flag: what `service_apart.may_open` says, for many at once."""
        if decision in ROOMS:
            return origin_id not in self.hidden and ROOMS[decision] in self.held
        return origin_id not in self.without and (self.only is None or origin_id in self.only)


def rooms(origins: Collection[uuid.UUID] | None = None) -> dict[uuid.UUID, _Held]:
    """Origin id -> the permissions of the rooms it went to, of which one is enough: each was a decision of somebody who
    could read it. Origins that went to none are left out; None asks for all of them.
    """
    query = sa.select(Flag.origin_id, Flag.decision).where(Flag.decision.in_(ROOMS)).distinct()
    if origins is not None:
        query = query.where(Flag.origin_id.in_(origins))
    found: dict[uuid.UUID, set[Permission]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.origin_id, set()).add(ROOMS[row.decision])
    return {origin: frozenset(needed) for origin, needed in found.items()}


def seen_by(account_id: uuid.UUID) -> Seen:
    """The matters that this person may know of: nothing that names them, nothing of a room that is not theirs; who does
    not decide on flags, only what went to a room of theirs.
    """
    hidden, taken, held = queries_apart.hidden_from(account_id), rooms(), _held(account_id)
    mine = frozenset(origin for origin, needed in taken.items() if needed & held)
    without = hidden | (taken.keys() - mine)
    is_decider = Permission.TRIAGE_FLAGS in held
    return Seen(without, None if is_decider else mine, hidden, held, unheard() - hidden if is_decider else frozenset())


def may_open(origin_id: uuid.UUID, decision: Decision | None, account_id: uuid.UUID) -> bool:
    """Whether this person may open a flag: one that went to a room is for those who hold that very room; any other on
    the same matter for whoever holds one that the matter went to; the rest for everybody who decides.
    """
    return bool(_needed(origin_id, decision) & _held(account_id))


def may_open_new(origin_id: uuid.UUID, decision: Decision | None, account_id: uuid.UUID) -> bool:
    """Whether this person may open what is new of a matter that went to a room of which they hold none: whoever decides
    on flags, an undecided one that is `unheard`.
    """
    return decision is None and Permission.TRIAGE_FLAGS in _held(account_id) and bool(unheard([origin_id]))


def unheard(origins: Collection[uuid.UUID] | None = None) -> frozenset[uuid.UUID]:
    """Matters of a room with a new flag that no reader there answers: all who read there are kept from the matter or
    there is none, or every step of escalation was taken for one that is grave. None asks for all of them.
    """
    taken = rooms(origins)
    if not taken:
        return frozenset()
    undecided = (Flag.decision.is_(None), Flag.origin_id.in_(taken))
    new = frozenset(db.session.scalars(sa.select(Flag.origin_id).where(*undecided).distinct()))
    blocked = queries_apart.blocked(new)
    able = {needed: frozenset(who.id for who in holders(needed)) for needed in {taken[each] for each in new}}
    alone = {each for each in new if able[taken[each]] <= blocked.get(each, frozenset())}
    last = (*undecided, Flag.level.in_(GRAVE), Alert.step >= len(STEPS))
    late = sa.select(Flag.origin_id).join(Alert, Alert.flag_id == Flag.id).where(*last).distinct()
    return frozenset(alone) | frozenset(db.session.scalars(late))


def is_out_of_reach(origin_id: uuid.UUID, account_id: uuid.UUID) -> bool:
    """Whether a matter went to rooms of which this person holds none."""
    needed = rooms([origin_id]).get(origin_id)
    return needed is not None and not needed & _held(account_id)


def keepers(origin_id: uuid.UUID, decision: Decision | None = None) -> list[Person] | None:
    """Who reads a matter that went to a room (`decision`: to that one), by name; None for one that went to none."""
    needed = _needed(origin_id, decision)
    return None if Permission.TRIAGE_FLAGS in needed else holders(needed)


def holders(needed: Collection[Permission]) -> list[Person]:
    """Everybody here who may read one of these rooms, once."""
    found = (person for each in sorted(needed) for person in people.list_people_who(scope.current(), each))
    return list({person.id: person for person in found}.values())


def unread() -> dict[Decision, frozenset[uuid.UUID]]:
    """The rooms that nobody here reads, with the origins that went there; those to which nothing went are left out."""
    taken = sa.select(Flag.decision, Flag.origin_id).where(Flag.decision.in_(ROOMS)).distinct()
    found: dict[Decision, set[uuid.UUID]] = {}
    for row in db.session.execute(taken):
        found.setdefault(row.decision, set()).add(row.origin_id)
    return {made: frozenset(found[made]) for made in sorted(found) if not holders({ROOMS[made]})}


def _needed(origin_id: uuid.UUID, decision: Decision | None) -> _Held:
    if decision is not None and decision in ROOMS:
        return frozenset({ROOMS[decision]})
    return rooms([origin_id]).get(origin_id) or frozenset({Permission.TRIAGE_FLAGS})


def _held(account_id: uuid.UUID) -> _Held:
    person = people.get_person(account_id)
    is_here = person is not None and person.is_active and person.partnership_id == scope.current()
    return person.permissions if person is not None and is_here else frozenset()
