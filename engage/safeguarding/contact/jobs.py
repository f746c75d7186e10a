"""Notice that somebody asked to be contacted: that something waits and how much, never who or what (N9); and to whoever
is next while nobody opens it, as for flags (C7). What is due together is one notice a person.
"""

import uuid
from functools import partial

from engage.adapters.mail import MailFailed, Notice
from engage.core import outbox
from engage.core.jobs import job
from engage.core.transaction import transaction
from engage.safeguarding import notices
from engage.safeguarding.contact import service_notices, service_together
from engage.safeguarding.contact.service_notices import NOTICES, Gathered


@job("forget-hours-of-contact", every_minutes=15)
def forget_hours() -> None:
    """Forget the hours of requests that a flood can no longer be told by."""
    with transaction():
        service_together.forget_hours()


def tell(request_id: uuid.UUID, step: int = 0) -> None:
    """Tell whoever is told at a step of this request and of all others that are due, each once, unless somebody has
    opened them; nobody who is kept apart. Raises MailFailed while anybody with an address is still to be told, or
    nobody has one: it is tried again, for those alone who were not reached.
    """
    if not notices.settings().site_url or service_notices.is_everybody_told(request_id, step):
        return
    with transaction():
        gathered = service_notices.gather(step)
    for notice in gathered:
        _hand_over(notice, step)
    if not service_notices.is_everybody_told(request_id, step):
        raise MailFailed("not everybody who contacts people could be reached")


for _step, _kind in enumerate(NOTICES):
    outbox.handler(_kind)(partial(tell, step=_step))


def _hand_over(notice: Gathered, step: int) -> None:
    name = notices.name_of(notice.who.id, step, notice.notice_id)
    if notices.send(notice.who, Notice.CONCERN, name, notice.count):
        with transaction():
            service_notices.mark_told(notice.notice_id, notice.who.id, step)
