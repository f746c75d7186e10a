"""The verbs of saying whom a request is about: it is kept from them and their line, until that was a mistake (C6)."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from engage.core import audit, scope
from engage.core.database import begin_write
from engage.core.errors import NotFound, Refused
from engage.people import queries as people
from engage.safeguarding import queries_duty, service_apart
from engage.safeguarding.contact import queries, service
from engage.safeguarding.contact.kinds import Mistaken
from engage.safeguarding.contact.models import ContactRequest
from engage.safeguarding.contact.queries import ContactRow
from engage.web.access import Permission


def say_whom(
    request_id: uuid.UUID,
    accounts: Collection[uuid.UUID],
    by: uuid.UUID,
    mistaken: Mistaken | None = None,
    *,
    shown: Collection[uuid.UUID] | None = None,
) -> None:
    """Whoever opened a request, or is on duty, says which people with an account it is about, beside those who were
    named so far; written down. Opened by whoever may not see it, it counts as not opened: its clock begins again.

    Whoever is on duty takes off who is among `shown`, those who stood named on their page, and not among `accounts`,
    saying why it is not about them: words name a namesake too. Whoever was named since then stays (None: nobody was).

    NotFound for whoever may not know of it; Refused("contact-not_yours") for whoever neither opened it nor is on duty,
    ("contact-not_on_duty") and ("contact-why_not") for taking somebody off without being that or without a reason, and
    ("contact-nobody_else") where nobody else could see it any more: nobody makes a request their own.
    """
    session = begin_write()
    row = queries.get(request_id)
    if row is None or not service_apart.may_see(request_id, by):
        raise NotFound
    if not may_say_whom(row, by):
        raise Refused("contact-not_yours")
    named = {person.id for person in people.list_people(scope.current())} & set(accounts)
    so_far = service_apart.named_so_far(request_id)
    taken_off = so_far.intersection(so_far if shown is None else shown) - named
    named |= so_far - taken_off
    if taken_off and not may_take_off(request_id, by):
        raise Refused("contact-not_on_duty")
    if taken_off and mistaken is None:
        raise Refused("contact-why_not")
    others = _who_may_see(request_id) - {by}
    service_apart.concern(service.ORIGIN, request_id, named)
    if others and not _who_may_see(request_id) - {by}:
        raise Refused("contact-nobody_else")
    _write_down(request_id, len(named), taken_off, mistaken)
    if row.outcome is None and row.opened_by is not None and not service_apart.may_see(request_id, row.opened_by):
        session.execute(sa.update(ContactRequest).where(ContactRequest.id == request_id).values(opened_by=None))
        service.give_notice(request_id, is_urgent=row.is_urgent)


def _write_down(request_id: uuid.UUID, named: int, taken_off: Collection[uuid.UUID], mistaken: Mistaken | None) -> None:
    audit.record("contact-concerns", "contact_request", request_id, count=named)
    for account in sorted(taken_off):
        audit.record("contact-taken-off", "contact_request", request_id, account=str(account), reason=str(mistaken))


def may_say_whom(row: ContactRow, by: uuid.UUID) -> bool:
    """Whether somebody who may see a request may say whom it is about: whoever opened it first, the lead and the
    deputies. Without an order of these, or where all of them are kept from it, everybody who decides is on duty.
    """
    return row.opened_by == by or may_take_off(row.id, by)


def may_take_off(request_id: uuid.UUID, by: uuid.UUID) -> bool:
    """Whether somebody who may see a request may say that it is not about somebody it is kept from: the lead and the
    deputies; whoever decides where there is no order of these, or where all of them are kept from it. Nobody whom it
    was kept from takes themselves off: they do not see it.
    """
    on_duty = {one for one in queries_duty.order_told() if service_apart.may_see(request_id, one)}
    return service_apart.may_see(request_id, by) and (by in on_duty or not on_duty)


def _who_may_see(request_id: uuid.UUID) -> set[uuid.UUID]:
    """Whoever decides on requests, and administrators, who find somebody else where those are all kept from one."""
    able = (Permission.TRIAGE_FLAGS, Permission.MANAGE_PEOPLE)
    people_here = {person.id for each in able for person in people.list_people_who(scope.current(), each)}
    return {one for one in people_here if service_apart.may_see(request_id, one)}
