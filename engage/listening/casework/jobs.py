"""What goes out and what ends for requests to see who a confidential case is from: never what it is about (N9, C5)."""

import uuid

from engage.adapters.mail import MailFailed, Notice
from engage.core import outbox
from engage.core.jobs import job
from engage.core.transaction import transaction
from engage.listening.casework import queries_glass, service_glass
from engage.listening.casework.service_glass import ASKED, BROKEN
from engage.safeguarding import notices


@job("lapse-glass", every_minutes=60)
def lapse() -> None:
    """Let requests lapse that nobody decided on."""
    if queries_glass.unanswered():
        with transaction():
            service_glass.lapse()


@outbox.handler(ASKED)
def tell_a_second_person(notice_id: uuid.UUID) -> None:
    """A request waits: tell one of those who can decide, while it waits."""
    found = queries_glass.to_tell(notice_id)
    if found is not None and found[1].is_waiting:
        _tell(notice_id)


@outbox.handler(BROKEN)
def tell_a_lead(notice_id: uuid.UUID) -> None:
    """A request was agreed to: tell one safeguarding lead, or whoever asked, for as long as Today says it. An address
    that takes nothing must not stand for ever as an alert that does not go out: behind it nobody saw one that counts.
    """
    found = queries_glass.to_tell(notice_id)
    if found is not None and found[1].is_news:
        _tell(notice_id)


def _tell(notice_id: uuid.UUID) -> None:
    """Raises MailFailed where they have an address and were not reached. Without one it stands on Today only."""
    found = queries_glass.to_tell(notice_id)
    if found is None or not notices.reaches(found[0]):
        return
    if not notices.send(found[0], Notice.WAITING, notices.name_of("glass", notice_id)):
        raise MailFailed("whoever was to be told of a request could not be reached")
