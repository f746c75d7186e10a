"""The verbs of the invited: keep a list, plan when it is written to, queue each message once, stop, forget."""

import hashlib
import hmac
import re
import uuid
from collections.abc import Iterable
from datetime import date, timedelta

import sqlalchemy as sa

from engage.adapters import mail
from engage.core import audit, clock, erasing, outbox
from engage.core.crypto import keyring
from engage.core.database import begin_write, db
from engage.core.errors import NotFound, Refused
from engage.core.ids import new_id
from engage.listening.invited.models import Invited, Reminder, ReminderPlan
from engage.listening.invited.queries import ADDRESS, Plan

NOTICE = "survey-reminder"
MOST = 2000
"""Addresses of one survey."""
KEPT_DAYS = 30
"""Addresses are removed so many days after the survey's last day."""
_LATEST_DAY = 60
_STOPPED = "reminders-stopped"
_ADDRESS = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,180}\.[^@\s<>,;\".]{2,63}")


def read_list(text: str) -> tuple[list[tuple[str, str]], list[int]]:
    """A typed list, one a line ("address" or "name, address"), as (name, address); and the lines that are neither."""
    found, wrong = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        name, _, address = line.rpartition(",")
        address = address.strip()
        if _ADDRESS.fullmatch(address) and address.isascii() and mail.is_address(address):
            found.append((" ".join(name.split())[:120], address))
        else:
            wrong.append(number)
    return found, wrong


def invite(survey_id: uuid.UUID, people: Iterable[tuple[str, str]], language: str = "") -> int:
    """Add (name, address) to the list; how many are new. Who is on it already, or has said stop, is passed over.

    `language`: the one in which they are written to; "" for every language of the survey.
    """
    session = begin_write()
    known = set(session.scalars(sa.select(Invited.lookup).where(Invited.survey_id == survey_id)))
    added = 0
    for name, address in people:
        lookup = _lookup(survey_id, address)
        if lookup in known:
            continue
        known.add(lookup)
        if len(known) > MOST:
            raise Refused("invited-full", most=MOST)
        row_id = new_id()
        sealed = keyring().seal(f"{name}\n{address}\n{language}", row=row_id, purpose=ADDRESS)
        session.add(Invited(id=row_id, survey_id=survey_id, lookup=lookup, sealed=sealed))
        added += 1
    session.flush()
    audit.record("people-invited", "survey", survey_id, count=added)
    return added


def remove_all(survey_id: uuid.UUID) -> None:
    """Remove everybody from the list, and what was sent to them. Who said stop is still known by their hash alone."""
    _delete(survey_id, Invited.sealed.is_not(None))
    audit.record("invited-removed", "survey", survey_id)


def set_plan(survey_id: uuid.UUID, plan: Plan) -> None:
    """Keep when the invited are written to."""
    if any(not 1 <= days <= _LATEST_DAY for days in plan.days_before):
        raise Refused("reminder-days")
    session = begin_write()
    session.execute(sa.delete(ReminderPlan).where(ReminderPlan.survey_id == survey_id))
    days = sorted(set(plan.days_before), reverse=True)
    session.add(ReminderPlan(survey_id=survey_id, at_open=plan.at_open, days_before=days))
    session.flush()
    audit.record("reminders-planned", "survey", survey_id, at_open=plan.at_open, days=",".join(map(str, days)))


def occasion(plan: Plan, *, opens_on: date | None, closes_on: date | None, today: date) -> str | None:
    """What the invited are to be written to about today: the latest thing that is due; None for nothing.

    A day the worker missed is made good on the next; a survey that is extended is a new occasion.
    """
    if closes_on is not None and today <= closes_on:
        due = [days for days in plan.days_before if today >= closes_on - timedelta(days=days)]
        if due:
            return f"before-{min(due)}-{closes_on.isoformat()}"
    if plan.at_open and (opens_on is None or today >= opens_on) and (closes_on is None or today <= closes_on):
        return "open"
    return None


def queue(survey_id: uuid.UUID, about: str) -> int:
    """Queue a message to everybody on the list who has not had this one, in the present write transaction; how many."""
    session = begin_write()
    had = sa.select(Reminder.invited_id).where(Reminder.occasion == about)
    query = sa.select(Invited.id).where(
        Invited.survey_id == survey_id, Invited.sealed.is_not(None), Invited.id.not_in(had)
    )
    waiting = session.scalars(query).all()
    for invited_id in waiting:
        row = Reminder(id=new_id(), invited_id=invited_id, occasion=about)
        session.add(row)
        outbox.enqueue(NOTICE, row.id, minutes=60)
    session.flush()
    return len(waiting)


def token_of(invited_id: uuid.UUID) -> str:
    """What stands in the address with which somebody stops their reminders: not to be guessed, no sign-in."""
    return hmac.new(keyring().derive("stop-reminders"), invited_id.bytes, hashlib.sha256).hexdigest()[:40]


def stop(invited_id: uuid.UUID, token: str) -> bool:
    """Write to this address no more, and forget it; its hash stays, so that nobody adds it again."""
    if not hmac.compare_digest(token.encode(), token_of(invited_id).encode()):
        return False
    _forget_address(invited_id)
    return True


def remove(survey_id: uuid.UUID, invited_id: uuid.UUID) -> None:
    """Take one address off the list for whoever asked staff to: as if they had said stop themselves.

    Raises NotFound for an address that is not on this survey's list.
    """
    mine = (Invited.id == invited_id, Invited.survey_id == survey_id, Invited.sealed.is_not(None))
    if begin_write().scalars(sa.select(Invited.id).where(*mine)).first() is None:
        raise NotFound
    _forget_address(invited_id)
    audit.record("invited-removed", "survey", survey_id, count=1)


def _forget_address(invited_id: uuid.UUID) -> None:
    begin_write().execute(sa.update(Invited).where(Invited.id == invited_id).values(sealed=None))
    erasing.note([invited_id], _STOPPED)


@erasing.again(_STOPPED)
def stop_again(is_marked: erasing.IsMarked) -> None:
    """Forget the addresses once more that were stopped since a backup was made."""
    for invited_id in db.session.scalars(sa.select(Invited.id).where(Invited.sealed.is_not(None))).all():
        if is_marked(invited_id):
            _forget_address(invited_id)


def forget(survey_id: uuid.UUID, closes_on: date | None, today: date) -> None:
    """Remove the list of a survey whose last day is long past."""
    if closes_on is not None and today - closes_on > timedelta(days=KEPT_DAYS):  # the sum can lie past the last date
        _delete(survey_id)


def _delete(survey_id: uuid.UUID, *which: sa.ColumnElement[bool]) -> None:
    session, mine = begin_write(), (Invited.survey_id == survey_id, *which)
    session.execute(sa.delete(Reminder).where(Reminder.invited_id.in_(sa.select(Invited.id).where(*mine))))
    erasing.delete(Invited.id, *mine)


def _lookup(survey_id: uuid.UUID, address: str) -> bytes:
    return hmac.new(keyring().derive("invited"), survey_id.bytes + address.lower().encode(), hashlib.sha256).digest()


def is_sending_hour() -> bool:
    """Whether it is a time of day to write to people, in London."""
    return 8 <= clock.now().astimezone(clock.LONDON).hour < 19
