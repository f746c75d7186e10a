"""Looking through several requests at once, and closing those that are not real: a person says so of each."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from engage.core import audit, clock, locks
from engage.core.database import begin_write
from engage.core.errors import Conflict, NotFound, Refused
from engage.rules import floods
from engage.safeguarding import service_apart
from engage.safeguarding.contact import queries, service
from engage.safeguarding.contact.kinds import Outcome
from engage.safeguarding.contact.models import ContactRequest
from engage.safeguarding.contact.service import Opened

MOST = 50
"""How many are looked through on one page."""
_WEEKS = 8
_LOOKED, _REOPENED = "contact-looked-at", "contact-reopened"


def strange_hours(*, without: Collection[uuid.UUID] = ()) -> frozenset[queries.Hour]:
    """The hours that brought more requests than a usual one of the last eight weeks did; they are listed behind. Those
    with worrying words are reckoned by themselves: one of them is in no flood because of a flood of others.
    """
    weeks = [clock.iso_week(clock.in_days(-7 * ago)) for ago in range(1, _WEEKS + 1)]
    came = queries.count_by_week(weeks)
    return floods.strange(queries.count_by_hour(without=without), [came.get(week, 0) for week in weeks])


def forget_hours() -> int:
    """Forget in which hour a request came, once that is over and was not strange: it is needed to tell a flood by, and
    would stand beside the flags of those who answered in it. How many were forgotten.
    """
    session = begin_write()
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    mine = sa.update(ContactRequest).where(ContactRequest.came_at < now, ~queries.came_in(strange_hours()))
    return len(session.scalars(mine.values(came_at=None).returning(ContactRequest.id)).all())


def open_all(requests: Collection[uuid.UUID], by: uuid.UUID) -> list[Opened]:
    """What those of `requests` say that still wait and that this person may know of; each is written down. In the order
    given. Their clocks go on, and nobody counts as having opened them: whoever looks through fifty has taken none.
    """
    begin_write()
    waiting = [each for each in dict.fromkeys(requests) if _waits(each) and service_apart.may_see(each, by)]
    for each in waiting[:MOST]:
        audit.record(_LOOKED, "contact_request", each)
    return [service.held_on(each, by) for each in waiting[:MOST]]


def close_unreal(requests: Collection[uuid.UUID], reason: str, by: uuid.UUID) -> int:
    """Say of each of these that it is not a real request, for one reason; each is sealed and written down by itself.
    How many were closed: what somebody else closed meanwhile stays as it is.

    NotFound where one is not there or may not be known of; Refused("contact-not_opened") where nobody has opened one,
    and this person has not looked at it beside others: nobody says so of words that nobody has read.
    """
    ids = sorted(set(requests))
    for each in ids:  # in one order, whoever closes the same ones: two never wait for each other
        locks.hold(service.ORIGIN, each)
    rows = [queries.get(each) for each in ids]
    found = [row for row in rows if row is not None and service_apart.may_see(row.id, by)]
    if len(found) < len(rows):
        raise NotFound
    still = [row.id for row in found if row.outcome is None]
    if any(row.opened_by is None and not _has_looked(row.id, by) for row in found if row.outcome is None):
        raise Refused("contact-not_opened")
    for each in still:
        service.close(each, Outcome.NOT_REAL, reason, by)
    return len(still)


def reopen(request_id: uuid.UUID, by: uuid.UUID) -> None:
    """It was real after all: it waits again as if it came today, opened by nobody, and whoever is told is told anew.
    What was written when it was closed stays on it until it ends again. Conflict where it ended in another way.
    """
    locks.hold(service.ORIGIN, request_id)
    session = begin_write()
    row = queries.get(request_id)
    if row is None or not service_apart.may_see(request_id, by):
        raise NotFound
    if row.outcome is not Outcome.NOT_REAL:
        raise Conflict
    values = {"outcome": None, "closed_by": None, "opened_by": None, "received_on": clock.today()}
    session.execute(sa.update(ContactRequest).where(ContactRequest.id == request_id).values(values))
    audit.record(_REOPENED, "contact_request", request_id)
    service.give_notice(request_id, is_urgent=row.is_urgent)


def _has_looked(request_id: uuid.UUID, by: uuid.UUID) -> bool:
    """Whether somebody looked at a request beside others since it waits."""
    events = audit.trail(request_id)
    again = max((event.position for event in events if event.action == _REOPENED), default=0)
    return any(event.action == _LOOKED and event.actor_id == by and event.position > again for event in events)


def _waits(request_id: uuid.UUID) -> bool:
    row = queries.get(request_id)
    return row is not None and row.outcome is None
