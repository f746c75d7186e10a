"""Selects on requests to be contacted."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm

from engage.core.database import db
from engage.safeguarding.contact.kinds import Outcome
from engage.safeguarding.contact.models import ContactRequest, ContactTold


@dataclass(frozen=True)
class ContactRow:
    """One request; who and how stay sealed. Once it is closed only `week` tells when.

    `is_flood`: it came in an hour that the list was told is strange, and names nothing that is known here.
    """

    id: uuid.UUID
    is_urgent: bool
    week: str
    received_on: date | None
    opened_by: uuid.UUID | None
    outcome: Outcome | None
    closed_by: uuid.UUID | None
    came_at: datetime | None = None
    is_known: bool = False
    is_flood: bool = False


Requests = Collection[uuid.UUID]
Hour = tuple[datetime, bool]
"""A full hour, and whether it is about worrying words or about the others."""
Hours = Collection[Hour]
_UNSENT = sa.and_(ContactTold.notice_id.is_not(None), ContactTold.sent_at.is_(None))


@dataclass(frozen=True)
class Narrowed:
    """Which of those who wait are listed: everybody, unless something is said.

    `is_urgent`: with worrying words. `is_opened`: opened or not. `hours`: came in one of these strange hours.
    """

    is_urgent: bool | None = None
    is_opened: bool | None = None
    hours: Hours = ()
    without: Requests = ()


_EVERYBODY = Narrowed()


def list_open(*, without: Requests = ()) -> list[ContactRow]:
    """Whoever waits to be contacted: worrying words first, then the longest wait; none of `without`."""
    return list_waiting(Narrowed(without=without))


def list_waiting(
    narrowed: Narrowed = _EVERYBODY, strange: Hours = (), *, limit: int | None = None, offset: int = 0
) -> list[ContactRow]:
    """Whoever waits to be contacted: worrying words first, each of the two with what came in one of the `strange` hours
    behind, unless it names something known here; then the day on which it came, a strange hour after the other, and
    what says the same side by side. Nothing else is ordered by its hour.
    """
    is_flood = _is_flood(strange)
    order = (
        ContactRequest.is_urgent.desc(),
        is_flood,
        ContactRequest.received_on,
        sa.case((is_flood == 1, ContactRequest.came_at), else_=None),
        ContactRequest.words_key,
        ContactRequest.id,
    )
    query = sa.select(ContactRequest).where(*_waiting(narrowed)).order_by(*order).limit(limit).offset(offset)
    return [_row(found, strange) for found in db.session.scalars(query)]


def count_waiting(narrowed: Narrowed = _EVERYBODY) -> int:
    """How many wait to be contacted."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(ContactRequest).where(*_waiting(narrowed))) or 0


def count_by_hour(*, without: Requests = ()) -> dict[Hour, int]:
    """Hour -> how many of those who wait came in it, with worrying words and without."""
    mine = (ContactRequest.outcome.is_(None), ContactRequest.came_at.is_not(None), *_not(without))
    hour = (ContactRequest.came_at, ContactRequest.is_urgent)
    rows = db.session.execute(sa.select(*hour, sa.func.count()).where(*mine).group_by(*hour))
    return {(row[0], row[1]): row[2] for row in rows if row[0] is not None}


def came_in(hours: Hours) -> sa.ColumnElement[bool]:
    """Whether a request came in one of `hours`, each with worrying words or without; false for one without an hour."""
    came = sa.tuple_(ContactRequest.came_at, ContactRequest.is_urgent).in_(hours) if hours else sa.false()
    return sa.and_(ContactRequest.came_at.is_not(None), came)


def count_by_week(weeks: Collection[str]) -> dict[str, int]:
    """Week -> how many asked in it, without those that turned out not to be real."""
    real = sa.or_(ContactRequest.outcome.is_(None), ContactRequest.outcome != Outcome.NOT_REAL)
    columns = sa.select(ContactRequest.week, sa.func.count()).where(ContactRequest.week.in_(weeks), real)
    return {row[0]: row[1] for row in db.session.execute(columns.group_by(ContactRequest.week))}


def count_alike(requests: Requests, *, without: Requests = ()) -> dict[uuid.UUID, int]:
    """Request -> how many of those who wait say the very same, where more than one does."""
    twin = orm.aliased(ContactRequest)
    columns = sa.select(ContactRequest.id, sa.func.count()).join(twin, twin.words_key == ContactRequest.words_key)
    mine = [ContactRequest.id.in_(requests), *([twin.id.not_in(without)] if without else [])]
    rows = db.session.execute(columns.where(*mine).group_by(ContactRequest.id))
    return {row[0]: row[1] for row in rows if row[1] > 1}


def list_closed(limit: int, *, without: Requests = (), offset: int = 0) -> list[ContactRow]:
    """What ended, the newest week first; none of `without`."""
    query = sa.select(ContactRequest).where(ContactRequest.outcome.is_not(None), *_not(without))
    order = (ContactRequest.week.desc(), ContactRequest.id)
    return [_row(found) for found in db.session.scalars(query.order_by(*order).limit(limit).offset(offset))]


def count_closed(*, without: Requests = ()) -> int:
    """How many have ended."""
    ended = sa.select(sa.func.count()).select_from(ContactRequest)
    return db.session.scalar(ended.where(ContactRequest.outcome.is_not(None), *_not(without))) or 0


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
    mine = (ContactTold.request_id == request_id, ContactTold.step == step, ~_UNSENT)
    return set(db.session.scalars(sa.select(ContactTold.account_id).where(*mine)))


def unopened(requests: Requests) -> list[uuid.UUID]:
    """Those of `requests` that are open and that nobody has opened, in the order given."""
    mine = (ContactRequest.id.in_(requests), ContactRequest.opened_by.is_(None), ContactRequest.outcome.is_(None))
    found = set(db.session.scalars(sa.select(ContactRequest.id).where(*mine)))
    return [each for each in dict.fromkeys(requests) if each in found]


def urgent(requests: Requests) -> set[uuid.UUID]:
    """Those of `requests` that have worrying words."""
    mine = (ContactRequest.id.in_(requests), ContactRequest.is_urgent)
    return set(db.session.scalars(sa.select(ContactRequest.id).where(*mine)))


def written(step: int) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Request and account of everybody who was told, or is about to be, at one step."""
    rows = db.session.execute(sa.select(ContactTold.request_id, ContactTold.account_id).where(ContactTold.step == step))
    return {(row.request_id, row.account_id) for row in rows}


def unsent(step: int) -> dict[uuid.UUID, tuple[uuid.UUID, int]]:
    """Account -> the notice that did not go out yet at one step, and of how many requests it tells."""
    columns = sa.select(ContactTold.account_id, ContactTold.notice_id, sa.func.count().label("many"))
    mine = columns.where(ContactTold.step == step, _UNSENT).group_by(ContactTold.account_id, ContactTold.notice_id)
    return {row.account_id: (row.notice_id, row.many) for row in db.session.execute(mine)}


def unsent_rows(step: int) -> list[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]:
    """Row, request and account of what did not go out yet at one step."""
    columns = sa.select(ContactTold.id, ContactTold.request_id, ContactTold.account_id)
    rows = db.session.execute(columns.where(ContactTold.step == step, _UNSENT))
    return [(row.id, row.request_id, row.account_id) for row in rows]


def all_sealed(*, without: Requests) -> list[tuple[uuid.UUID, bytes]]:
    """Id and sealed contact details of every request there is; none of `without`."""
    columns = sa.select(ContactRequest.id, ContactRequest.contact_sealed).where(*_not(without))
    return [(row.id, row.contact_sealed) for row in db.session.execute(columns.order_by(ContactRequest.id))]


def _not(requests: Requests) -> list[sa.ColumnElement[bool]]:
    return [ContactRequest.id.not_in(requests)] if requests else []


def _found(request_id: uuid.UUID) -> ContactRequest | None:
    query = sa.select(ContactRequest).where(ContactRequest.id == request_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def _waiting(narrowed: Narrowed) -> list[sa.ColumnElement[bool]]:
    found = [ContactRequest.outcome.is_(None), *_not(narrowed.without)]
    if narrowed.is_urgent is not None:
        found.append(ContactRequest.is_urgent.is_(narrowed.is_urgent))
    if narrowed.is_opened is not None:
        is_opened = ContactRequest.opened_by.is_not(None)
        found.append(is_opened if narrowed.is_opened else ~is_opened)
    if narrowed.hours:
        found.append(came_in(narrowed.hours))
    return found


def _is_flood(strange: Hours) -> sa.ColumnElement[int]:
    return sa.case((sa.and_(came_in(strange), ~ContactRequest.is_known), 1), else_=0) if strange else sa.literal(0)


def _row(found: ContactRequest, strange: Hours = ()) -> ContactRow:
    return ContactRow(
        found.id,
        found.is_urgent,
        found.week,
        found.received_on,
        found.opened_by,
        found.outcome,
        found.closed_by,
        found.came_at,
        found.is_known,
        (found.came_at, found.is_urgent) in strange and not found.is_known,
    )
