"""Selects on requests to be contacted."""

import uuid
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engage.core.database import db
from engage.safeguarding.contact.kinds import Outcome
from engage.safeguarding.contact.models import ContactRequest


@dataclass(frozen=True)
class ContactRow:
    """One request; who and how stay sealed. `received_on` is gone once it is closed, then only `week` tells when."""

    id: uuid.UUID
    is_urgent: bool
    week: str
    received_on: date | None
    opened_by: uuid.UUID | None
    outcome: Outcome | None
    closed_by: uuid.UUID | None


def list_open() -> list[ContactRow]:
    """Whoever waits to be contacted: worrying words first, then the longest wait."""
    order = (ContactRequest.is_urgent.desc(), ContactRequest.received_on, ContactRequest.id)
    query = sa.select(ContactRequest).where(ContactRequest.outcome.is_(None)).order_by(*order)
    return [_row(found) for found in db.session.scalars(query)]


def list_closed(limit: int) -> list[ContactRow]:
    """What ended, the newest week first."""
    query = sa.select(ContactRequest).where(ContactRequest.outcome.is_not(None))
    order = (ContactRequest.week.desc(), ContactRequest.id)
    return [_row(found) for found in db.session.scalars(query.order_by(*order).limit(limit))]


def get(request_id: uuid.UUID) -> ContactRow | None:
    """One request."""
    found = _found(request_id)
    return _row(found) if found is not None else None


def sealed(request_id: uuid.UUID) -> tuple[bytes, bytes | None] | None:
    """The sealed contact details of a request, and the sealed note of how it ended."""
    found = _found(request_id)
    return (found.contact_sealed, found.note_sealed) if found is not None else None


def is_sent(form_key: bytes) -> bool:
    """Whether this very form was sent already."""
    return db.session.scalar(sa.select(ContactRequest.id).where(ContactRequest.form_key == form_key)) is not None


def _found(request_id: uuid.UUID) -> ContactRequest | None:
    query = sa.select(ContactRequest).where(ContactRequest.id == request_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def _row(found: ContactRequest) -> ContactRow:
    return ContactRow(
        found.id,
        found.is_urgent,
        found.week,
        found.received_on,
        found.opened_by,
        found.outcome,
        found.closed_by,
    )
