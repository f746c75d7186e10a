"""Whether alerts go out, and what is said to staff when they do not: whoever relies on being told must know it."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_datetime
from flask_babel import gettext as _

from engage.core import clock, heartbeat, outbox
from engage.core.clock import LONDON
from engage.core.heartbeat import LATE, Why
from engage.safeguarding import service, service_duty
from engage.safeguarding.contact.service_notices import NOTICES

KINDS = (service.NOTICE, service_duty.ESCALATED, *NOTICES)


@dataclass(frozen=True)
class Silent:
    """Alerts do not go out: said in one sentence, and who of those that decide on flags is to be rung, in order."""

    title: str
    ring: list[str]
    is_worker: bool


def is_overdue_anywhere() -> bool:
    """Whether an alert of any partnership waits although it was to go out minutes ago; outside any scope."""
    return outbox.is_any_overdue(KINDS, clock.now() - LATE)


def silent() -> Silent | None:
    """What is wrong with the alerts of the present partnership; None while they go out."""
    still = heartbeat.standstill()
    if still is None and not outbox.is_overdue(KINDS, clock.now() - LATE):
        return None
    ring = [person.name for person in service_duty.recipients(0, ())]
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


def _when(since: datetime) -> str:
    local = since.astimezone(LONDON)
    form = "HH:mm" if local.date() == clock.today() else "EEEE d MMMM, HH:mm"
    return str(format_datetime(local, form, rebase=False))
