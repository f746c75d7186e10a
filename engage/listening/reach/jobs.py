"""What the worker does for those who were invited: queue what is due, send it, forget the list when it is over."""

import uuid

from flask import current_app

from engage.adapters import mail
from engage.core import clock, holds, outbox
from engage.core.jobs import job
from engage.core.transaction import transaction
from engage.listening.ballots import service as ballots
from engage.listening.invited import queries as invited_queries
from engage.listening.invited import service as invited
from engage.listening.reach import invitations
from engage.listening.surveys import queries
from engage.settings import Settings


@job("queue-reminders", every_minutes=60)
def queue_reminders() -> None:
    """Queue what is due today to everybody on the lists of surveys that can be begun, by day only; whoever has answered
    or not.
    """
    if not invited.is_sending_hour() or not _settings().site_url:
        return
    with transaction():
        for row in queries.list_with_room():
            plan = invited_queries.plan_of(row.id)
            about = invited.occasion(plan, opens_on=row.opens_on, closes_on=row.closes_on, today=clock.today())
            if about is not None:
                invited.queue(row.id, about)


@outbox.handler(invited.NOTICE, can_wait=True)
def send_reminder(reminder_id: uuid.UUID) -> None:
    """Send one queued message; nothing where they said stop, or nobody can begin the survey any more.

    Raises MailFailed where it could not be handed over, so that it is tried again.
    """
    reminder = invited_queries.get_reminder(reminder_id)
    row = queries.get_survey_by_id(reminder.survey_id) if reminder is not None else None
    if reminder is None or reminder.to is None or row is None or not row.is_open:
        return
    if queries.has_enough(row.id, row.quota):
        return
    outgoing = mail.from_settings(_settings())
    outgoing.invite(reminder.to.address, invitations.invitation(row, reminder, reminder_id, _settings().site_url))


@job("forget-invited", every_minutes=24 * 60)
def forget_invited() -> None:
    """Remove the lists of surveys that are long over, and the words of codes that are past their day."""
    with transaction():
        for row in queries.list_surveys():
            if not holds.is_held(holds.HoldOn.SURVEY, row.id):
                invited.forget(row.id, row.closes_on, clock.today())
        ballots.forget_printed()


def _settings() -> Settings:
    settings: Settings = current_app.extensions["engage_settings"]
    return settings
