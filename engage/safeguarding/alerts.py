"""Whether alerts go out, and what is said to staff when they do not: whoever relies on being told must know it."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_datetime
from flask_babel import gettext as _

from engage.core import clock, heartbeat, outbox
from engage.core.clock import LONDON
from engage.core.heartbeat import LATE, Why
from engage.people import queries as people
from engage.people.queries import Person
from engage.safeguarding import notices, queries_apart, queries_duty, service, service_duty
from engage.safeguarding.contact.service_notices import NOTICES
from engage.web.access import Permission

SubjectsOf = Callable[[Collection[uuid.UUID]], frozenset[uuid.UUID]]
_kinds: set[str] = set()
_subjects: set[SubjectsOf] = set()


def watch(kinds: Collection[str], subjects_of: SubjectsOf) -> None:
    """Count notices of these kinds as alerts: they wait until they can go out, and one that does not is told of.

    `subjects_of`: what notices of these kinds on some matters (their origins) are about, as the outbox has it.
    """
    _kinds.update(kinds)
    _subjects.add(subjects_of)
    outbox.only_while(kinds, notices.is_set_up)


def kinds() -> frozenset[str]:
    """The notices that are alerts."""
    return frozenset(_kinds)


watch((service.NOTICE, service_duty.ESCALATED, *NOTICES), queries_duty.subjects_of)


@dataclass(frozen=True)
class Silent:
    """Alerts do not go out: said in one sentence, and who of those that decide on flags is to be rung, in order."""

    title: str
    ring: list[str]
    is_worker: bool


def is_overdue_anywhere() -> bool:
    """Whether an alert of any partnership waits although it was to go out minutes ago; outside any scope."""
    return outbox.is_any_overdue(_kinds, clock.now() - LATE)


def is_mail_missing() -> bool:
    """Whether no alert can go out of this process, as it is set."""
    return heartbeat.has_begun() and not notices.is_set_up()


def is_anybody_unreachable() -> bool:
    """Whether there is a partnership of `places_unreachable`; outside any scope."""
    return heartbeat.has_begun() and bool(places_unreachable())


def places_relying() -> dict[str, list[Person]]:
    """Who decides on flags, by the slug of each partnership that is not invented and has somebody who does: another
    has nothing open that could raise one. Outside any scope.
    """
    real = [place for place in people.list_partnerships() if not place.is_invented]
    deciders = {place.slug: people.list_people_who(place.id, Permission.TRIAGE_FLAGS) for place in real}
    return {slug: found for slug, found in deciders.items() if found}


def places_unreachable() -> list[str]:
    """Slugs of the partnerships where nobody who decides on flags has an address; outside any scope."""
    return sorted(slug for slug, found in places_relying().items() if _are_unreachable(found))


def _are_unreachable(found: list[Person]) -> bool:
    return not any(notices.reaches(who) for who in found)


def silent(asking: uuid.UUID) -> Silent | None:
    """What is wrong with the alerts of the present partnership; None while they go out. Nothing of an alert on a matter
    that whoever is `asking` is kept from: that it reached nobody would tell them that it is about them.
    """
    still = heartbeat.standstill()
    first = service_duty.recipients(0, ())
    cannot = is_mail_missing() or (heartbeat.has_begun() and _are_unreachable(first))
    if still is None and not cannot and not _is_overdue(asking):
        return None
    ring = [person.name for person in first]
    if still is None and cannot:
        return Silent(_("Alerts do not go out: no e-mail can be sent to whoever decides"), ring, is_worker=False)
    if still is None:
        # No hour: an administrator sees this too, and must not learn when something was said.
        return Silent(_("An alert could not be sent to anybody"), ring, is_worker=False)
    if still.why is Why.STOPPED and still.since is not None:
        title = _("Alerts are not going out since %(when)s", when=_when(still.since))
    elif still.why is Why.CLOCK:
        title = _("Alerts may not go out: the clocks of two machines differ")
    else:
        title = _("Alerts are not going out: what sends them was never started")
    return Silent(title, ring, is_worker=True)


def _is_overdue(asking: uuid.UUID) -> bool:
    kept = queries_apart.hidden_from(asking)
    besides = frozenset[uuid.UUID]().union(*(subjects_of(kept) for subjects_of in _subjects)) if kept else frozenset()
    return outbox.is_overdue(_kinds, clock.now() - LATE, besides)


def _when(since: datetime) -> str:
    local = since.astimezone(LONDON)
    form = "HH:mm" if local.date() == clock.today() else "EEEE d MMMM, HH:mm"
    return str(format_datetime(local, form, rebase=False))
