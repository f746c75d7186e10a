"""Selects on who asks to see who a confidential case is from, and who may ask, decide and look (C5, C6).

An anonymous case has no contact details at all: nobody may do anything with it here.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from engage.core import clock, scope
from engage.core.database import db
from engage.listening.casework.kinds import GlassState
from engage.listening.casework.models import GlassNotice, GlassRequest
from engage.listening.casework.queries import CaseRow, get_case
from engage.people import queries as people
from engage.people.queries import Person
from engage.safeguarding import queries_apart, queries_rooms
from engage.web.access import Permission, Principal

ANSWER_WITHIN = timedelta(days=7)
"""How long a request waits for a second person before it lapses."""
OPEN_FOR = timedelta(hours=24)
"""How long name and contact details can be opened once it was agreed to."""
OPENED = "contact-details-opened"
"""The act, as the trail has it."""
_TOLD_FOR = timedelta(days=7)


@dataclass(frozen=True)
class GlassRow:
    """One request; its words stay sealed."""

    id: uuid.UUID
    case_id: uuid.UUID
    asked_by: uuid.UUID
    asked_at: datetime
    state: GlassState
    decided_by: uuid.UUID | None
    decided_at: datetime | None
    is_told: bool | None
    reason_sealed: bytes
    because_sealed: bytes | None

    @property
    def is_waiting(self) -> bool:
        """Whether a second person can still decide."""
        return self.state is GlassState.ASKED and clock.now() < self.asked_at + ANSWER_WITHIN

    @property
    def is_news(self) -> bool:
        """Whether whoever is told of an agreed one still is: a week long, as on Today."""
        return self.decided_at is not None and clock.now() < self.decided_at + _TOLD_FOR

    @property
    def open_until(self) -> datetime | None:
        """Until when whoever asked can open it; None where nobody can any more."""
        if self.state is not GlassState.AGREED or self.decided_at is None:
            return None
        until = self.decided_at + OPEN_FOR
        return until if clock.now() < until else None


def is_confidential(case: CaseRow) -> bool:
    """Whether somebody gave their name with this case and it is still here: what two people can open."""
    return not case.is_anonymous and case.contact_sealed is not None


def may_ask(case: CaseRow, who: Principal | Person) -> bool:
    """Whether this person sees the case, or decides on flags, and cannot open its contact details anyway."""
    sees = who.can(Permission.SEE_CASES) or who.can(Permission.TRIAGE_FLAGS)
    return sees and not who.can(Permission.HANDLE_CASES) and _is_in_reach(case, who)


def may_decide(case: CaseRow, who: Principal | Person) -> bool:
    """Whether this person can be the second one, for a request that is not theirs."""
    decides = who.can(Permission.HANDLE_CASES) or who.can(Permission.TRIAGE_FLAGS)
    return decides and _is_in_reach(case, who)


def deciders(case: CaseRow, besides: uuid.UUID) -> list[Person]:
    """Everybody here who can be the second person for a request of `besides`."""
    everybody = (who for who in people.list_people(scope.current()) if who.is_active and who.id != besides)
    return [who for who in everybody if may_decide(case, who)]


def finders(case_id: uuid.UUID) -> list[Person]:
    """Whoever can give somebody the role to decide, and is not kept from the case. Where each of them is, nobody: they
    are not told that anybody looks into it, and would choose who does. Whoever runs the host is (`places_without`).
    """
    everybody, kept = people.list_people_who(scope.current(), Permission.MANAGE_PEOPLE), _blocked(case_id)
    return [who for who in everybody if who.id not in kept]


def count_without_decider(asking: uuid.UUID) -> int:
    """How many requests wait on which nobody here may decide, of those that the administrator `asking` is to be told
    of: what they are kept from themselves is left to another.
    """
    return sum(any(who.id == asking for who in finders(case.id)) for case in _without_decider())


def places_without() -> list[str]:
    """Where a request waits on which nobody may decide, and nobody there may be told of it: the slug of each, but of
    invented ones. For whoever runs the host, outside of any scope: nothing of the case, nor how many.
    """
    slugs = {place.id: place.slug for place in people.list_partnerships() if not place.is_invented}
    with db.engine.connect().execution_options(engage_maintenance=True) as connection:
        waiting = sa.select(GlassRequest.partnership_id).where(*_waits()).distinct()
        places = [place for place in connection.scalars(waiting) if place in slugs]
    return sorted(slugs[place] for place in places if _is_without_anybody(place))


def _is_without_anybody(place: uuid.UUID) -> bool:
    scope.enter(place)
    try:
        return any(not finders(case.id) for case in _without_decider())
    finally:
        scope.leave()


def _without_decider() -> list[CaseRow]:
    """The case of each request that waits and on which nobody here may decide."""
    waiting = [(row, get_case(row.case_id)) for row in list_recent() if row.is_waiting]
    return [case for row, case in waiting if case is not None and not deciders(case, row.asked_by)]


def notices_on(cases: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """The ids of all notices of requests on these cases."""
    theirs = sa.select(GlassNotice.id).join(GlassRequest, GlassRequest.id == GlassNotice.request_id)
    return frozenset(db.session.scalars(theirs.where(GlassRequest.case_id.in_(cases))))


def leads(case: CaseRow) -> list[Person]:
    """Every safeguarding lead who is not kept from the case."""
    everybody = people.list_people_who(scope.current(), Permission.TRIAGE_FLAGS)
    return [who for who in everybody if may_decide(case, who)]


def get_request(request_id: uuid.UUID, case_id: uuid.UUID) -> GlassRow | None:
    """One request on this case."""
    mine = (GlassRequest.id == request_id, GlassRequest.case_id == case_id)
    return next(iter(_rows(sa.select(GlassRequest).where(*mine))), None)


def list_requests(case_id: uuid.UUID) -> list[GlassRow]:
    """Every request on a case, the newest first."""
    return _rows(sa.select(GlassRequest).where(GlassRequest.case_id == case_id))


def list_recent() -> list[GlassRow]:
    """Requests that wait for a second person, and those that were agreed to in the last week, the newest first."""
    new = sa.and_(GlassRequest.state == GlassState.AGREED, GlassRequest.decided_at > clock.now() - _TOLD_FOR)
    return _rows(sa.select(GlassRequest).where(sa.or_(sa.and_(*_waits()), new)))


def _waits() -> tuple[sa.ColumnElement[bool], ...]:
    return GlassRequest.state == GlassState.ASKED, GlassRequest.asked_at > clock.now() - ANSWER_WITHIN


def open_for(case_id: uuid.UUID, account_id: uuid.UUID) -> GlassRow | None:
    """What stands open to this person now."""
    mine = (row for row in list_requests(case_id) if row.asked_by == account_id)
    return next((row for row in mine if row.open_until is not None), None)


def unanswered() -> list[uuid.UUID]:
    """Requests that nobody decided on in time."""
    late = (GlassRequest.state == GlassState.ASKED, GlassRequest.asked_at <= clock.now() - ANSWER_WITHIN)
    return list(db.session.scalars(sa.select(GlassRequest.id).where(*late).order_by(GlassRequest.id)))


def to_tell(notice_id: uuid.UUID) -> tuple[Person, GlassRow] | None:
    """Whom a notice is for and of which request; None where it is gone, or kept from them since."""
    found = db.session.scalars(sa.select(GlassNotice).where(GlassNotice.id == notice_id)).first()
    who = people.get_person(found.account_id) if found is not None else None
    if found is None or who is None or not who.is_active:
        return None
    [row] = _rows(sa.select(GlassRequest).where(GlassRequest.id == found.request_id))
    return None if who.id in _blocked(row.case_id) else (who, row)


def _is_in_reach(case: CaseRow, who: Principal | Person) -> bool:
    """Neither the case nor anybody in their line is about this person (C6), and it went to no room that is not theirs:
    but for whoever handles cases, who reads it whatever was decided on its flags.
    """
    if not is_confidential(case) or who.id in _blocked(case.id):
        return False
    return who.can(Permission.HANDLE_CASES) or not queries_rooms.is_out_of_reach(case.id, who.id)


def _blocked(case_id: uuid.UUID) -> Collection[uuid.UUID]:
    return queries_apart.blocked([case_id]).get(case_id, frozenset())


def _rows(query: sa.Select[GlassRequest]) -> list[GlassRow]:
    found = db.session.scalars(query.order_by(GlassRequest.asked_at.desc(), GlassRequest.id)).all()
    return [
        GlassRow(
            row.id,
            row.case_id,
            row.asked_by,
            row.asked_at,
            row.state,
            row.decided_by,
            row.decided_at,
            row.is_told,
            row.reason_sealed,
            row.because_sealed,
        )
        for row in found
    ]
