"""The words of an invitation for one survey and one address: the same for the message and for its preview."""

import uuid
from dataclasses import replace

from flask_babel import force_locale, format_date

from engage.adapters.mail import Invitation
from engage.core import scope
from engage.listening.invited.queries import InvitedRow, ReminderRow
from engage.listening.invited.service import token_of
from engage.listening.surveys.queries import SurveyRow
from engage.people import queries as people
from engage.rules.questionnaire.texts import ENGLISH


def invitation(row: SurveyRow, reminder: ReminderRow, reminder_id: uuid.UUID, site: str) -> Invitation:
    """What one address is told on one occasion. `site`: this site's address as people type it."""
    place = next(found for found in people.list_partnerships() if found.id == scope.current())
    here = f"{site.rstrip('/')}/{place.slug}"
    to = reminder.to.id if reminder.to is not None else reminder_id
    definition = row.definition
    with force_locale(ENGLISH):
        closes = str(format_date(row.closes_on, "EEEE d MMMM")) if row.closes_on is not None else ""
    return Invitation(
        place=f"{place.name} (an invented place, for trying things out)" if place.is_invented else place.name,
        title=definition.title.say(ENGLISH).text if definition is not None else row.slug,
        closes=closes,
        days_left=None if reminder.occasion == "open" else int(reminder.occasion.split("-")[1]),
        link=f"{here}/surveys/{row.slug}",
        stop_link=f"{here}/reminders/{to}/{token_of(to)}",
        message_id=reminder_id.hex,
    )


def preview(row: SurveyRow, occasion: str, site: str) -> Invitation:
    """What somebody on the list will be told, with a link that stops nothing."""
    nobody = uuid.UUID(int=0)
    told = invitation(row, ReminderRow(row.id, occasion, InvitedRow(nobody, "", "")), nobody, site or "https://...")
    # A list is often written before the survey has its days: what is sent later names the day itself.
    return told if told.closes or told.days_left is None else replace(told, closes="the last day")
