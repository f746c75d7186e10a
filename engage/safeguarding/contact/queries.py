"""Selects on requests to be contacted."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engage.core.database import db
from engage.safeguarding.contact.kinds import Outcome
from engage.safeguarding.contact.models import ContactRequest, ContactTold


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


Requests = Collection[uuid.UUID]


def list_open(*, without: Requests = ()) -> list[ContactRow]:
    """Whoever waits to be contacted: worrying words first, then the longest wait; none of `without`."""
    order = (ContactRequest.is_urgent.desc(), ContactRequest.received_on, ContactRequest.id)
    query = sa.select(ContactRequest).where(ContactRequest.outcome.is_(None), *_not(without)).order_by(*order)
    return [_row(found) for found in db.session.scalars(query)]


def list_closed(limit: int, *, without: Requests = ()) -> list[ContactRow]:
    """What ended, the newest week first; none of `without`."""
    query = sa.select(ContactRequest).where(ContactRequest.outcome.is_not(None), *_not(without))
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


def told(request_id: uuid.UUID, step: int) -> set[uuid.UUID]:
    """Who was told already of a request, at one step."""
    mine = (ContactTold.request_id == request_id, ContactTold.step == step)
    return set(db.session.scalars(sa.select(ContactTold.account_id).where(*mine)))


def all_sealed(*, without: Requests) -> list[tuple[uuid.UUID, bytes]]:
    """Id and sealed contact details of every request there is; none of `without`."""
    columns = sa.select(ContactRequest.id, ContactRequest.contact_sealed).where(*_not(without))
    return [(row.id, row.contact_sealed) for row in db.session.execute(columns.order_by(ContactRequest.id))]


def _not(requests: Requests) -> list[sa.ColumnElement[bool]]:
    return [ContactRequest.id.not_in(requests)] if requests else []


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
