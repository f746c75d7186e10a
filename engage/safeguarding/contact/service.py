"""The verbs of the contact lane: ask, open, close."""

import hashlib
import json
import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from engage.core import audit, clock, outbox
from engage.core.crypto import SealError, keyring
from engage.core.database import begin_write
from engage.core.errors import Conflict, NotFound
from engage.core.ids import new_id
from engage.core.logging import get_logger
from engage.rules import screening
from engage.safeguarding.contact import queries
from engage.safeguarding.contact.kinds import Outcome
from engage.safeguarding.contact.models import ContactRequest
from engage.safeguarding.contact.queries import ContactRow

NOTICE = "contact-asked"
_CONTACT, _NOTE = "contact-request", "contact-note"
_HOUR = 60


@dataclass(frozen=True)
class Details:
    """Who wants to be contacted, how, when it is safe, and what it is about."""

    name: str
    reach: str
    safe: str
    about: str


def ask(details: Details, *, form_key: str, language: str) -> None:
    """Keep a request, sealed; the same form sent twice is one request.

    What it is about is screened, to put the queue in order: nothing is left out. Notice goes out on the hour, so
    that it stands beside no other tick; with worrying words within five minutes.
    """
    request_id, key = new_id(), hashlib.sha256(form_key.encode()).digest()
    words = json.dumps(details.__dict__)
    sealed = keyring().seal(words, row=request_id, purpose=_CONTACT)
    is_urgent = _is_urgent(details.about, language)
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
    }
    session.execute(sa.insert(ContactRequest).values(**values))
    outbox.enqueue(NOTICE, request_id, minutes=5 if is_urgent else _HOUR)


@dataclass(frozen=True)
class Opened:
    """A request as whoever contacts the person sees it; `details` is None where the seal does not open."""

    row: ContactRow
    details: Details | None
    note: str | None


def open_request(request_id: uuid.UUID, by: uuid.UUID) -> Opened:
    """Open who wants to be contacted and how; written down, and who was first stays on it."""
    session = begin_write()
    mine = sa.update(ContactRequest).where(ContactRequest.id == request_id, ContactRequest.opened_by.is_(None))
    session.execute(mine.values(opened_by=by))
    row, sealed = queries.get(request_id), queries.sealed(request_id)
    if row is None or sealed is None:
        raise NotFound
    audit.record("contact-opened", "contact_request", request_id)
    contact, note = sealed
    try:
        details = Details(**json.loads(keyring().unseal(contact, row=request_id, purpose=_CONTACT)))
        return Opened(row, details, keyring().unseal(note, row=request_id, purpose=_NOTE) if note else None)
    except SealError:
        return Opened(row, None, None)


def close(request_id: uuid.UUID, outcome: Outcome, note: str, by: uuid.UUID) -> None:
    """Say how it ended, with what was done, sealed; the day it came is forgotten, its week stays. Conflict where
    somebody else closed it first.
    """
    sealed = keyring().seal(note, row=request_id, purpose=_NOTE)
    session = begin_write()
    row = queries.get(request_id)
    if row is None:
        raise NotFound
    if row.outcome is not None:
        raise Conflict
    values = {"outcome": outcome, "closed_by": by, "note_sealed": sealed, "received_on": None}
    session.execute(sa.update(ContactRequest).where(ContactRequest.id == request_id).values(values))
    audit.record("contact-closed", "contact_request", request_id, outcome=outcome.value)


def _is_urgent(text: str, language: str) -> bool:
    """Whether somebody must look first: worrying words, and whatever could not be screened (S7)."""
    if not text.strip():
        return False
    try:
        return screening.screen(text, language).level != "none"
    except Exception:  # noqa: BLE001 - whatever goes wrong with the lists, a person looks
        get_logger().error("contact-not-screened", exc_info=True)
        return True
