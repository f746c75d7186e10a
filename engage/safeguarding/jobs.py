"""What goes out for flags: a notice that something waits, to whoever is next to be told, and never what (N9, C7)."""

import uuid
from collections.abc import Collection
from datetime import datetime

from engage.adapters import mail
from engage.adapters.mail import MailFailed, Notice
from engage.core import clock, outbox
from engage.core.jobs import job
from engage.core.transaction import transaction
from engage.people import queries as people
from engage.people.queries import Person
from engage.safeguarding import (
    notices,
    queries,
    queries_apart,
    queries_duty,
    queries_rooms,
    service_apart,
    service_duty,
    service_employment,
)
from engage.safeguarding.service import NOTICE
from engage.safeguarding.service_duty import ESCALATED, FOLLOW_UP


@job("escalate-flags", every_minutes=5)
def escalate() -> None:
    """Take the steps that are due for flags nobody has opened."""
    with transaction():
        service_duty.escalate()


@job("remind-of-flags", every_minutes=60)
def remind() -> None:
    """Give notice of decided flags that somebody wanted to look at again today."""
    if queries_duty.reminders_due(clock.today()):
        with transaction():
            service_duty.remind(clock.today())


@outbox.handler(NOTICE)
def tell_the_leads(flag_id: uuid.UUID) -> None:
    """A flag was raised: tell whoever is first. Raises MailFailed where nobody could be reached: it is tried again."""
    _tell(flag_id, 0)


@outbox.handler(ESCALATED)
def tell_the_next(alert_id: uuid.UUID) -> None:
    """Nobody opened a flag in time: tell whoever is next, unless somebody opened it meanwhile."""
    found = queries_duty.alert(alert_id)
    if found is not None:
        _tell(*found)


@outbox.handler(FOLLOW_UP)
def tell_the_decider(flag_id: uuid.UUID) -> None:
    """The day has come on which a decided flag is looked at again: tell whoever decided, or, where it went to a room
    that is not theirs, whoever holds it.
    """
    found = next((row for row in queries_duty.follow_ups(clock.today()) if row.flag_id == flag_id), None)
    if found is None:
        return
    keepers, decider = queries_rooms.keepers(found.origin_id, found.decision), people.get_person(found.decided_by)
    is_theirs = decider is not None and (keepers is None or decider.id in {who.id for who in keepers})
    persons = [decider] if decider is not None and is_theirs else keepers or []
    _tell_one(persons, found.origin_id, "")


@outbox.handler(service_apart.ROOM)
def tell_the_room(flag_id: uuid.UUID) -> None:
    """A matter went to allegations or to whistleblowing: tell those who read there, where there is nobody the
    administrators, and not whoever decided.
    """
    matter = queries.matter_of(flag_id)
    if matter is None or matter.worst.decision is None:
        return
    flag = matter.worst
    blocked = queries_apart.blocked([flag.origin_id]).get(flag.origin_id, frozenset())
    keepers = [who for who in queries_rooms.keepers(flag.origin_id, flag.decision) or [] if who.id not in blocked]
    if flag.decided_by not in {who.id for who in keepers}:
        _tell_one(keepers or service_duty.finders(), flag.origin_id, notices.name_of("room", flag_id))


def _tell_one(persons: Collection[Person], origin_id: uuid.UUID, name: str) -> None:
    """Tell each of `persons` who is not kept from the matter, or, where none of them is left with an address, the
    administrators, who find somebody; raises MailFailed where none of these was reached. Without an address it stands
    on the page only: there is nothing to try again.
    """
    blocked = queries_apart.blocked([origin_id]).get(origin_id, frozenset())
    found = ([who for who in some if _can_be_told(who, blocked)] for some in (persons, service_duty.finders()))
    able = next(filter(None, found), [])
    told = [notices.send(who, Notice.WAITING, name and notices.name_of(name, who.id)) for who in able]
    if notices.is_set_up() and told and not any(told):
        raise MailFailed("nobody who reads it could be reached")


def _can_be_told(who: Person, blocked: Collection[uuid.UUID]) -> bool:
    return who.is_active and who.id not in blocked and notices.reaches(who)


@outbox.handler(service_employment.NOTICE)
def tell_the_agency(employment_id: uuid.UUID) -> None:
    """Send a subject of employment to the agency's address. Without one it stands on the page only."""
    found = service_employment.to_send(employment_id)
    outgoing = mail.from_settings(notices.settings())
    if found is None or not outgoing.enabled or not notices.settings().site_url:
        return
    contact, subject = found
    outgoing.send(contact, Notice(f"employment-{subject.value}"), f"{notices.settings().site_url.rstrip('/')}/")
    with transaction():
        service_employment.mark_sent(employment_id)


def _tell(flag_id: uuid.UUID, step: int) -> None:
    """One notice a person for all that was raised on one tick; it is kept who was told, so that nobody is told twice.

    Whether or not mail is set up, the flag stands on the page. Raises MailFailed while anybody with an address is still
    to be told, or nobody has one, or it is kept from everybody: it stays, is seen to be overdue, and whoever is
    appointed is told.
    """
    flag = queries_duty.waiting(flag_id)
    if flag is None:
        return
    blocked = queries_apart.blocked([flag.origin_id]).get(flag.origin_id, frozenset())
    already, everybody = (
        queries_duty.told(flag.tick, step),
        service_duty.recipients(
            step, blocked, queries_rooms.keepers(flag.origin_id), is_grave=flag.level in queries_duty.GRAVE
        ),
    )
    reached = [who.id in already or _told(who, step, flag.tick) for who in everybody if notices.reaches(who)]
    if not (reached and all(reached)):
        raise MailFailed("nobody who decides on flags could be reached")


def _told(who: Person, step: int, tick: datetime) -> bool:
    if not notices.send(who, Notice.CONCERN, notices.name_of(who.id, step, tick.isoformat())):
        return False
    with transaction():
        service_duty.mark_told(who.id, step, tick)
    return True
