"""What goes out when a flag was raised: a notice to each safeguarding lead that something waits, on the tick (N9)."""

import uuid

from flask import current_app

from engage.adapters import mail
from engage.adapters.mail import MailFailed, Notice
from engage.core import outbox, scope
from engage.core.logging import get_logger
from engage.people import queries as people
from engage.people.kinds import Role
from engage.safeguarding import queries
from engage.safeguarding.service import NOTICE
from engage.settings import Settings


@outbox.handler(NOTICE)
def tell_the_leads(flag_id: uuid.UUID) -> None:
    """Write to every safeguarding lead whose sign-in name is an address: a fixed sentence and where to sign in.

    Flags of one tick share one notice; one that is opened or decided already needs none. Whether or not mail is set
    up, the flag stands on the page. Raises MailFailed where nobody could be reached, so that it is tried again.
    """
    settings: Settings = current_app.extensions["engage_settings"]
    if not settings.site_url or not queries.speaks_for_its_tick(flag_id):
        return
    outgoing = mail.from_settings(settings)
    leads = people.list_people_with(scope.current(), Role.SAFEGUARDING_LEAD)
    reached = [_sent(outgoing, lead.sign_in, f"{settings.site_url.rstrip('/')}/staff/today") for lead in leads]
    if leads and not any(reached):
        raise MailFailed("no safeguarding lead could be reached")


def _sent(outgoing: mail.Mail, address: str, link: str) -> bool:
    if "@" not in address or not outgoing.enabled:
        return True  # nothing to try again: this lead looks at the page
    try:
        outgoing.send(address, Notice.CONCERN, link)
    except (MailFailed, ValueError) as error:
        get_logger().error("notice-not-sent", error=type(error).__name__)
        return False
    return True
