"""The verbs of the contact lane: ask, open, close. Whoever a request names, and their line, meet nothing of it (C6)."""

import hashlib
import hmac
import json
import re
import uuid
from dataclasses import astuple, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from engage.core import audit, clock, locks, outbox, scope
from engage.core.crypto import SealError, keyring
from engage.core.database import begin_write
from engage.core.errors import Conflict, NotFound
from engage.core.ids import new_id
from engage.core.logging import get_logger
from engage.people import queries as people
from engage.rules import namings, screening
from engage.safeguarding import queries_apart, queries_duty, service_apart
from engage.safeguarding.contact import queries
from engage.safeguarding.contact.kinds import Outcome
from engage.safeguarding.contact.models import ContactRequest, ContactTold
from engage.safeguarding.contact.queries import ContactRow
from engage.safeguarding.contact.service_notices import NOTICES

ORIGIN = "contact"
_CONTACT, _NOTE = "contact-request", "contact-note"
_HOUR = 60
_FORGOTTEN = {"received_on": None, "came_at": None, "words_key": None}


@dataclass(frozen=True)
class Details:
    """Who wants to be contacted, how, when it is safe, and what it is about."""

    name: str
    reach: str
    safe: str
    about: str


def ask(details: Details, *, form_key: str, language: str) -> None:
    """Keep a request, sealed; the same form sent twice with the same words is one request. With other words it is
    another one: nobody reads that their words have come when they were dropped (F7).

    All of it but the name is screened, to put the queue in order: nothing is left out. Whoever its words name sees
    nothing of it, nor does their line.
    """
    request_id, words = new_id(), json.dumps(details.__dict__)
    key = hashlib.sha256(f"{form_key} {words}".encode()).digest()
    sealed = keyring().seal(words, row=request_id, purpose=_CONTACT)
    is_urgent = any(_is_urgent(text, language) for text in (details.about, details.safe, details.reach))
    # Other writers wait from the first write on: whom the words name is found out before.
    named, is_known = _named_in(details)
    session = begin_write()
    if queries.is_sent(key):
        return
    values = {
        "id": request_id,
        "form_key": key,
        "contact_sealed": sealed,
        "is_urgent": is_urgent,
        "week": clock.iso_week(),
        "received_on": clock.today(),
        "came_at": _full_hour(),
        "words_key": _alike(details.about),
        "is_known": is_known,
    }
    try:
        with session.begin_nested():
            session.execute(sa.insert(ContactRequest).values(**values))
    except IntegrityError:
        if queries.is_sent(key):  # the same form, sent twice at this very moment
            return
        raise
    if named:
        service_apart.concern(ORIGIN, request_id, named)
    give_notice(request_id, is_urgent=is_urgent)


@dataclass(frozen=True)
class Opened:
    """A request as whoever contacts the person sees it; `details` is None where the seal does not open."""

    row: ContactRow
    details: Details | None
    note: str | None


def open_request(request_id: uuid.UUID, by: uuid.UUID) -> Opened:
    """Open who wants to be contacted and how; written down, and who was first stays on it. Its clock ends,
    and its hour is forgotten. NotFound for whoever may not know of it.
    """
    session = begin_write()
    if not service_apart.may_see(request_id, by):
        raise NotFound
    mine = sa.update(ContactRequest).where(ContactRequest.id == request_id, ContactRequest.opened_by.is_(None))
    session.execute(mine.values(opened_by=by, came_at=None))
    opened = held_on(request_id, by)
    _end_clock(request_id)
    audit.record("contact-opened", "contact_request", request_id)
    return opened


def held_on(request_id: uuid.UUID, by: uuid.UUID) -> Opened:
    """All of one request, for the person it is from; opens no clock. NotFound for whoever may not know of it."""
    row, sealed = queries.get(request_id), queries.sealed(request_id)
    if row is None or sealed is None or not service_apart.may_see(request_id, by):
        raise NotFound
    return _opened(row, *sealed)


def find(words: str, by: uuid.UUID) -> list[tuple[uuid.UUID, Details]]:
    """Requests whose name or way to be reached holds `words`, whatever their case; not those kept from `by`."""
    wanted = words.strip().casefold()
    if not wanted:
        return []
    found = [
        (request_id, details)
        for request_id, sealed in queries.all_sealed(without=queries_apart.hidden_from(by))
        if (details := _details(request_id, sealed)) is not None
        and (wanted in details.name.casefold() or wanted in details.reach.casefold())
    ]
    return sorted(found, key=lambda each: (each[1].name, each[0]))


def close(request_id: uuid.UUID, outcome: Outcome, note: str, by: uuid.UUID) -> None:
    """Say how it ended, with what was done, sealed; the day it came is forgotten, its week stays. Conflict where
    somebody else closed it first. NotFound for whoever may not know of it.
    """
    sealed = keyring().seal(note, row=request_id, purpose=_NOTE)
    locks.hold(ORIGIN, request_id)
    session = begin_write()
    row = queries.get(request_id)
    if row is None or not service_apart.may_see(request_id, by):
        raise NotFound
    if row.outcome is not None:
        raise Conflict
    values = {"outcome": outcome, "closed_by": by, "note_sealed": sealed, **_FORGOTTEN}
    session.execute(sa.update(ContactRequest).where(ContactRequest.id == request_id).values(values))
    _end_clock(request_id)
    audit.record("contact-closed", "contact_request", request_id, outcome=outcome.value)


def give_notice(request_id: uuid.UUID, *, is_urgent: bool) -> None:
    """Queue the first notice, and those of the steps at which nobody may have opened it: minutes on duty (C7).

    All are reckoned from the hour, so that no time of a request stands beside the tick of a flag. The first goes out
    when the hour is full; with worrying words within five minutes, and the steps count from when the hour began: told
    sooner, never later.
    """
    first = clock.tick(minutes=5 if is_urgent else _HOUR)
    since = _full_hour() if is_urgent else first
    duty = queries_duty.duty()
    due = (first, *(max(first, duty.hours.after(since, minutes)) for minutes in duty.steps))
    for kind, due_at in zip(NOTICES, due, strict=True):
        outbox.enqueue_at(kind, request_id, due_at)


def _full_hour() -> datetime:
    return clock.now().replace(minute=0, second=0, microsecond=0)


def _alike(about: str) -> bytes | None:
    """The same for the same words, whatever their case and signs, under a key of ours; None where nothing was said."""
    plain = "".join(re.findall(r"\w+", about.casefold()))
    return hmac.digest(keyring().derive("contact-alike"), plain.encode(), "sha256")[:16] if plain else None


def _named_in(details: Details) -> tuple[frozenset[uuid.UUID], bool]:
    """Whom a request names of those who work here; and whether what it says, besides whom it is from, names one of
    them, a service or an agency: that orders a flood, and hides nothing.
    """
    names = people.names_that_can_be_said(scope.current())
    places = {name for service in people.list_services() for name in (service.name, service.agency)}
    sender, *said = (namings.named_in(text, names) for text in astuple(details))
    is_known = any(said) or any(namings.says(text, places) for text in astuple(details)[1:])
    return sender.union(*said), is_known


def _end_clock(request_id: uuid.UUID) -> None:
    outbox.forget([request_id])
    begin_write().execute(sa.delete(ContactTold).where(ContactTold.request_id == request_id))


def _opened(row: ContactRow, contact: bytes, note: bytes | None) -> Opened:
    details = _details(row.id, contact)
    try:
        return Opened(row, details, keyring().unseal(note, row=row.id, purpose=_NOTE) if note and details else None)
    except SealError:
        return Opened(row, None, None)


def _details(request_id: uuid.UUID, sealed: bytes) -> Details | None:
    try:
        return Details(**json.loads(keyring().unseal(sealed, row=request_id, purpose=_CONTACT)))
    except SealError:
        return None


def _is_urgent(text: str, language: str) -> bool:
    """Whether somebody must look first: worrying words, and whatever could not be screened (S7)."""
    if not text.strip():
        return False
    try:
        return screening.screen(text, language).level != "none"
    except Exception:  # noqa: BLE001 - whatever goes wrong with the lists, a person looks
        get_logger().error("contact-not-screened", exc_info=True)
        return True
