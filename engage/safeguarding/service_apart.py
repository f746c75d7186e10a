"""The verbs of keeping a matter from those it is about: name them, and their line sees nothing of it either (C6)."""

import uuid
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from engage.core import audit, erasing, scope
from engage.core.database import begin_write
from engage.core.errors import NotFound
from engage.people import queries as people
from engage.people.queries import Person
from engage.rules.lines import line_above
from engage.safeguarding import queries, queries_apart, queries_rooms
from engage.safeguarding.kinds import Decision
from engage.safeguarding.models import Flag
from engage.safeguarding.models_duty import Concerned
from engage.safeguarding.queries import FlagRow
from engage.voices import queries as heard
from engage.voices import service as voices
from engage.web.access import Permission

ROOM = "flag-in-a-room"
"""The notice that a matter went to allegations or to whistleblowing."""


def concern(origin_kind: str, origin_id: uuid.UUID, accounts: Collection[uuid.UUID]) -> None:
    """Say whom a matter is about, in the caller's transaction: exactly these. The line of each as it stands is kept
    with it, and stays while they are named: saying it again after somebody got another manager opens nothing, and who
    is named no more takes only their own line with them. Its words go back to unread, away from readers and analysts.
    """
    session, named = begin_write(), frozenset(accounts)
    rows = session.scalars(sa.select(Concerned).where(Concerned.origin_id == origin_id)).all()
    line = _line_of(named, rows)
    session.execute(sa.delete(Concerned).where(Concerned.origin_id == origin_id))
    for each in named | line.keys():
        of = line.get(each, frozenset())
        written = None if of is None else sorted(map(str, of))
        what = {"origin_kind": origin_kind, "origin_id": origin_id, "account_id": each}
        session.add(Concerned(**what, is_named=each in named, kept_for=written))
    # Whoever may not see it has not opened it for anybody: its clock runs on, and the next is told.
    theirs = (Flag.origin_id == origin_id, Flag.decision.is_(None), Flag.opened_by.in_(named | line.keys()))
    session.execute(sa.update(Flag).where(*theirs).values(opened_by=None))
    session.flush()
    if named:
        voices.withhold([row.id for row in heard.list_of_origin(origin_kind, origin_id)])


def _line_of(named: frozenset[uuid.UUID], rows: Sequence[Concerned]) -> dict[uuid.UUID, frozenset[uuid.UUID] | None]:
    """Whoever stands in the line of `named`, whom a matter is about from now on -> of whom of these; None: not known,
    so of anybody who was named before. `rows` say who was, and who was kept from it then.
    """
    managers, is_still = people.managers(scope.current()), any(row.is_named and row.account_id in named for row in rows)
    line: dict[uuid.UUID, frozenset[uuid.UUID] | None] = {}
    for row in rows:
        of = named.intersection(map(uuid.UUID, row.kept_for or ()))
        if of or (row.kept_for is None and is_still and not row.is_named):
            line[row.account_id] = of or None
    for one in named:
        for above in line_above({one}, managers):
            of_before = line.get(above, frozenset())
            line[above] = None if of_before is None else of_before | {one}
    return line


def say_whom(flag_id: uuid.UUID, accounts: Collection[uuid.UUID], by: uuid.UUID) -> None:
    """Somebody who opened a flag says which people with an account it is about; written down. An empty list says:
    nobody with an account. NotFound for whoever may not see the flag, and for whoever is shown only what is new of it:
    they do not know who was named before.
    """
    begin_write()
    matter = queries.matter_of(flag_id, lock=True)
    if matter is None or not may_open(matter.worst, by) or is_new_only(matter.worst, by):
        raise NotFound
    here = {person.id for person in people.list_people(scope.current())}
    concern(matter.worst.origin_kind, matter.worst.origin_id, here & set(accounts))
    audit.record("flag-concerns", "flag", flag_id, count=len(here & set(accounts)))


def named_so_far(origin_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Whom a matter is about, as far as was said."""
    return queries_apart.named_in(origin_id)


def may_see(origin_id: uuid.UUID, account_id: uuid.UUID) -> bool:
    """Whether this person may know of a matter at all."""
    return account_id not in queries_apart.blocked([origin_id]).get(origin_id, frozenset())


def may_open(flag: FlagRow, account_id: uuid.UUID) -> bool:
    """Whether this person may open a flag: they may know of its matter, and it went to no room that is not theirs, or
    nobody there hears what is new of it.
    """
    flag_of = (flag.origin_id, flag.decision, account_id)
    in_reach = queries_rooms.may_open(*flag_of) or queries_rooms.may_open_new(*flag_of)
    return in_reach and may_see(flag.origin_id, account_id)


def is_new_only(flag: FlagRow, account_id: uuid.UUID) -> bool:
    """Whether somebody who may open a flag is shown only what is new of its matter."""
    return not queries_rooms.may_open(flag.origin_id, flag.decision, account_id)


def require(flag_id: uuid.UUID, account_id: uuid.UUID) -> None:
    """NotFound for a flag that is not there, and for one that this person may not open."""
    matter = queries.matter_of(flag_id)
    if matter is None or not may_open(matter.worst, account_id):
        raise NotFound


def forget(origin_id: uuid.UUID) -> None:
    """Forget whom something was about, when it is deleted itself; in the caller's transaction."""
    begin_write().execute(sa.delete(Concerned).where(Concerned.origin_id == origin_id))
    erasing.note([origin_id], erasing.ORIGIN)


def count_without_anybody(asking: uuid.UUID, waiting: Collection[uuid.UUID] | None = None) -> int:
    """How many of `waiting` (None: of the undecided flags' origins) nobody here may open, because everybody who decides
    (and holds the room it went to) is named or manages who is.

    Those that the administrator `asking` is kept from themselves are left to another, and without another to whoever
    runs the host (`is_anything_untold`): they would learn of it, and choose who opens it.
    """
    return sum(asking not in blocked for blocked in _alone(waiting))


def rooms_without_anybody(asking: uuid.UUID) -> list[Decision]:
    """The rooms to which something went and which nobody here reads; what `asking` is kept from is left out, too."""
    return [made for made, kept in _unread_rooms().items() if any(asking not in blocked for blocked in kept)]


def is_anything_untold(requests: Collection[uuid.UUID]) -> bool:
    """Whether something waits that nobody here may open, and every administrator is kept from it: an undecided flag,
    one of `requests`, or what went to a room that nobody reads.
    """
    finders = _ids(people.list_people_who(scope.current(), Permission.MANAGE_PEOPLE))
    rooms = (blocked for kept in _unread_rooms().values() for blocked in kept)
    return any(finders <= blocked for blocked in (*_alone(None), *_alone(requests), *rooms))


def _unread_rooms() -> dict[Decision, list[frozenset[uuid.UUID]]]:
    """The rooms that nobody here reads -> who is kept from each matter that went there."""
    kept = queries_apart.blocked()
    return {made: [kept.get(each, frozenset()) for each in went] for made, went in queries_rooms.unread().items()}


def _alone(waiting: Collection[uuid.UUID] | None) -> list[frozenset[uuid.UUID]]:
    """Who is kept from each matter that nobody here may open."""
    kept, rooms = queries_apart.blocked(), queries_rooms.rooms()
    if not kept and not rooms:
        return []
    deciders = frozenset({Permission.TRIAGE_FLAGS})
    able = {needed: _ids(queries_rooms.holders(needed)) for needed in {deciders, *rooms.values()}}
    apart = (kept.keys() | rooms.keys()) & _waiting(waiting)
    found = ((able[rooms.get(origin, deciders)], kept.get(origin, frozenset())) for origin in apart)
    return [blocked for readers, blocked in found if readers | able[deciders] <= blocked]


def _ids(persons: Collection[Person]) -> frozenset[uuid.UUID]:
    return frozenset(person.id for person in persons)


def _waiting(origins: Collection[uuid.UUID] | None) -> set[uuid.UUID]:
    return queries.open_origins() if origins is None else set(origins)
