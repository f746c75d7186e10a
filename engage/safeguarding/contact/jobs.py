"""Notice that somebody asked to be contacted: that something waits, and never who or what (N9)."""

import uuid

from flask import current_app

from engage.adapters import mail
from engage.adapters.mail import MailFailed, Notice
from engage.core import outbox, scope
from engage.core.logging import get_logger
from engage.people import queries as people
from engage.people.queries import Person
from engage.safeguarding.contact import queries
from engage.safeguarding.contact.service import NOTICE
from engage.settings import Settings
from engage.web.access import Permission


@outbox.handler(NOTICE)
def tell(request_id: uuid.UUID) -> None:
    """Write to everybody who may open it, unless somebody has. Raises MailFailed where nobody could be reached."""
    settings: Settings = current_app.extensions["engage_settings"]
    row = queries.get(request_id)
    if row is None or row.opened_by is not None or row.outcome is not None or not settings.site_url:
        return
    able = people.list_people_who(scope.current(), Permission.TRIAGE_FLAGS)
    reached = [_sent(settings, person, request_id) for person in able]
    if able and not any(reached):
        raise MailFailed("nobody who contacts people could be reached")


def _sent(settings: Settings, person: Person, request_id: uuid.UUID) -> bool:
    outgoing = mail.from_settings(settings)
    if "@" not in person.sign_in or not outgoing.enabled:
        return True
    link, name = f"{settings.site_url.rstrip('/')}/staff/today", uuid.uuid5(request_id, str(person.id)).hex
    try:
        outgoing.send(person.sign_in, Notice.CONCERN, link, name=name)
    except (MailFailed, ValueError) as error:
        get_logger().error("notice-not-sent", error=type(error).__name__)
        return False
    return True
