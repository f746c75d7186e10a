"""Selects on the invited. Addresses come out one at a time, to be written to, and as a list for whoever keeps it."""

import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from engage.core.crypto import keyring
from engage.core.database import db
from engage.listening.invited.models import Invited, Reminder, ReminderPlan

ADDRESS = "invited"


@dataclass(frozen=True)
class Plan:
    """When the invited are written to."""

    at_open: bool = True
    days_before: tuple[int, ...] = (7, 1)


@dataclass(frozen=True)
class InvitedRow:
    """One address, with the agency's or person's name where one was given, and the language chosen for it, or "".

    Whoever keeps the list chooses the language: what language somebody answers in is not known here.
    """

    id: uuid.UUID
    name: str
    address: str
    language: str = ""


@dataclass(frozen=True)
class ReminderRow:
    """One message to send: to whom, about which survey, on which occasion. `to` is None once they said stop."""

    survey_id: uuid.UUID
    occasion: str
    to: InvitedRow | None


def plan_of(survey_id: uuid.UUID) -> Plan:
    """The plan of a survey; the usual one where none was kept."""
    found = db.session.scalars(sa.select(ReminderPlan).where(ReminderPlan.survey_id == survey_id)).first()
    return Plan(found.at_open, tuple(found.days_before)) if found is not None else Plan()


def list_invited(survey_id: uuid.UUID) -> list[InvitedRow]:
    """Everybody who is written to, by name and address."""
    query = sa.select(Invited).where(Invited.survey_id == survey_id, Invited.sealed.is_not(None))
    return sorted((_opened(row) for row in db.session.scalars(query)), key=lambda row: (row.name, row.address))


def get_reminder(reminder_id: uuid.UUID) -> ReminderRow | None:
    """One queued message; None where the address was removed since."""
    query = sa.select(Reminder, Invited).join(Invited, Reminder.invited_id == Invited.id)
    found = db.session.execute(query.where(Reminder.id == reminder_id)).first()
    if found is None:
        return None
    reminder, invited = found
    return ReminderRow(invited.survey_id, reminder.occasion, _opened(invited) if invited.sealed is not None else None)


def _opened(row: Invited) -> InvitedRow:
    name, address, *language = keyring().unseal(row.sealed or b"", row=row.id, purpose=ADDRESS).split("\n")
    return InvitedRow(row.id, name, address, *language)
