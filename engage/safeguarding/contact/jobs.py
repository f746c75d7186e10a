"""Notice that somebody asked to be contacted: that something waits, and never who or what (N9); and to whoever is next
while nobody opens it, as for flags (C7).
"""

import uuid
from functools import partial

from engage.adapters.mail import MailFailed, Notice
from engage.core import outbox
from engage.core.transaction import transaction
from engage.people.queries import Person
from engage.safeguarding import notices, queries_apart, service_duty
from engage.safeguarding.contact import queries, service


def tell(request_id: uuid.UUID, step: int = 0) -> None:
    """Tell whoever is told at a step, each once, unless somebody has opened it; nobody who is kept apart. Raises
    MailFailed where nobody could be reached: it is tried again.
    """
    row = queries.get(request_id)
    if row is None or row.opened_by is not None or row.outcome is not None or not notices.settings().site_url:
        return
    blocked = queries_apart.blocked([request_id]).get(request_id, frozenset())
    already = queries.told(request_id, step)
    waiting = [who for who in service_duty.recipients(step, blocked) if who.id not in already]
    reached = [_told(who, request_id, step) for who in waiting]
    if waiting and not any(reached):
        raise MailFailed("nobody who contacts people could be reached")


for _step, _kind in enumerate(service.NOTICES):
    outbox.handler(_kind)(partial(tell, step=_step))


def _told(who: Person, request_id: uuid.UUID, step: int) -> bool:
    if not notices.send(who, Notice.CONCERN, notices.name_of(who.id, step, request_id)):
        return False
    with transaction():
        service.mark_told(request_id, who.id, step)
    return True
