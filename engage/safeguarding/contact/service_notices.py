"""The verbs of telling somebody of requests for contact: several that are due are one notice, and none is left out."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from engage.core import audit, clock, outbox
from engage.core.database import begin_write
from engage.core.ids import new_id
from engage.people.queries import Person
from engage.safeguarding import notices, queries_apart, queries_duty, service_duty
from engage.safeguarding.contact import queries
from engage.safeguarding.contact.models import ContactTold

NOTICES = ("contact-asked", *(f"contact-unopened-{step}" for step in queries_duty.STEPS))
"""The notices of one request: the first, and one for each step at which nobody had opened it."""


@dataclass(frozen=True)
class Gathered:
    """One notice to hand over: to whom, its name, and of how many requests it tells."""

    who: Person
    notice_id: uuid.UUID
    count: int


class _Recipients:
    """Who is told at a step and has an address, asked once for all requests that are kept from the same people."""

    def __init__(self, step: int, requests: Collection[uuid.UUID]) -> None:
        self._step, self._blocked = step, queries_apart.blocked(requests)
        self._found: dict[frozenset[uuid.UUID], list[Person]] = {}

    def of(self, request_id: uuid.UUID) -> list[Person]:
        blocked = self._blocked.get(request_id, frozenset())
        if blocked not in self._found:
            everybody = service_duty.recipients(self._step, blocked)
            self._found[blocked] = [who for who in everybody if notices.reaches(who)]
        return self._found[blocked]


def is_everybody_told(request_id: uuid.UUID, step: int) -> bool:
    """Whether nobody needs telling of a request any more: it was opened or closed, or all who have an address have been
    told. Where it is kept from everybody, or nobody has one, the notice stays: it is seen to be late, and whoever is
    appointed is told.
    """
    if request_id not in queries.unopened([request_id]):
        return True
    told, everybody = queries.told(request_id, step), _Recipients(step, [request_id]).of(request_id)
    return bool(everybody) and all(who.id in told for who in everybody)


def gather(step: int) -> list[Gathered]:
    """Write down, in the caller's transaction, who is told of what: for each person one notice of all that are due.

    What was written down before and did not go out is handed over again as it was, and nothing is added to it.
    """
    session = begin_write()
    requests = queries.unopened(outbox.due(NOTICES[step]))
    recipients = _Recipients(step, requests)
    _drop_kept_apart(step)
    fresh: dict[uuid.UUID, uuid.UUID] = {}
    written = queries.written(step)
    people = {who.id: who for each in requests for who in recipients.of(each)}
    free = people.keys() - queries.unsent(step).keys()
    for request_id in requests:
        for who in recipients.of(request_id):
            if who.id in free and (request_id, who.id) not in written:
                notice = fresh.setdefault(who.id, new_id())
                row = ContactTold(request_id=request_id, account_id=who.id, step=step, notice_id=notice, sent_at=None)
                session.add(row)
    session.flush()
    unsent = queries.unsent(step)
    return [Gathered(people[who], *unsent[who]) for who in sorted(unsent) if who in people]


def mark_told(notice_id: uuid.UUID, account_id: uuid.UUID, step: int) -> None:
    """A notice went out, in the caller's transaction; from the first step on it is written down with each request. Of
    when, only the full hour is kept: no time of a request by name stands beside the tick of a flag.
    """
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    mine = sa.update(ContactTold).where(ContactTold.notice_id == notice_id, ContactTold.sent_at.is_(None))
    told = begin_write().scalars(mine.values(sent_at=hour).returning(ContactTold.request_id)).all()
    if step:
        for request_id in sorted(told):
            audit.record("contact-escalated", "contact_request", request_id, step=step, account=str(account_id))


def _drop_kept_apart(step: int) -> None:
    """Forget what was written down for somebody from whom a request has been kept since."""
    session = begin_write()
    rows = queries.unsent_rows(step)
    blocked = queries_apart.blocked({request_id for _row_id, request_id, _account_id in rows}) if rows else {}
    apart = [row_id for row_id, request_id, account_id in rows if account_id in blocked.get(request_id, ())]
    if apart:
        session.execute(sa.delete(ContactTold).where(ContactTold.id.in_(apart)))
