"""How long requests for contact are kept once they are closed, and when one is erased for the person it is from."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from engage.core import audit, clock, erasing, holds
from engage.core.database import begin_write, db
from engage.core.errors import NotFound, Refused
from engage.core.holds import Held
from engage.core.retention import Kind
from engage.people import service_erasing
from engage.rules.keeping import Cutoff
from engage.safeguarding import queries_apart, service_apart
from engage.safeguarding.contact import queries
from engage.safeguarding.contact.kinds import Outcome
from engage.safeguarding.contact.models import ContactRequest

WAITING: Final = timedelta(days=28)
"""How long a request of which nobody was reached stays once it is closed: for others to see that it was."""

_UNHEARD: Final = frozenset({Outcome.WITHDRAWN, Outcome.NOT_REAL})


def _handlers(request_id: uuid.UUID) -> set[uuid.UUID | None]:
    acts = {"contact-opened", "contact-closed"}
    return {event.actor_id for event in audit.trail(request_id) if event.action in acts}


def _closed_at(request_id: uuid.UUID) -> datetime:
    closed = [event.happened_at for event in audit.trail(request_id) if event.action == "contact-closed"]
    return max(closed, default=datetime.min.replace(tzinfo=UTC))


@service_erasing.needs
def _is_in_an_open_request(account_id: uuid.UUID) -> bool:
    """Whether a request that has not ended is about whoever has this account."""
    mine = (ContactRequest.id.in_(queries_apart.about(account_id)), ContactRequest.outcome.is_(None))
    return db.session.scalar(sa.select(ContactRequest.id).where(*mine).limit(1)) is not None


def _old(old: Cutoff) -> tuple[sa.ColumnElement[bool], ...]:
    return ContactRequest.week < old.week, ContactRequest.outcome.is_not(None)


def _count_old(old: Cutoff, _held: Held) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(ContactRequest).where(*_old(old))) or 0


def _delete_old(old: Cutoff, _held: Held) -> int:
    for request_id in begin_write().scalars(sa.select(ContactRequest.id).where(*_old(old))).all():
        service_apart.forget(request_id)
    return erasing.delete(ContactRequest.id, *_old(old))


def reasons_to_keep(request_id: uuid.UUID, by: uuid.UUID) -> list[str]:
    """Why a request cannot be erased now by this person: "hold", "waits"; "yours" for whoever opened or closed it;
    "soon" where it ended as withdrawn or not real of late. [] where it can. NotFound for whoever may not know of it.
    """
    row = queries.get(request_id)
    if row is None or not service_apart.may_see(request_id, by):
        raise NotFound
    reasons = {
        "hold": holds.held().everything,
        "waits": row.outcome is None,
        "yours": by in _handlers(request_id) | {row.opened_by, row.closed_by},
        "soon": row.outcome in _UNHEARD and clock.now() - _closed_at(request_id) < WAITING,
    }
    return [reason for reason, stands in reasons.items() if stands]


def erase(request_id: uuid.UUID, by: uuid.UUID) -> None:
    """Erase a request that has ended, for the person it is from; only that it was done stays (P5). NotFound as above;
    Refused ("must-be-kept") for each of the reasons above.
    """
    begin_write()
    if reasons_to_keep(request_id, by):
        raise Refused("must-be-kept")
    service_apart.forget(request_id)
    erasing.delete(ContactRequest.id, ContactRequest.id == request_id)
    audit.record("contact-erased", "contact_request", request_id)


CONTACTS = Kind("contacts", 12, _count_old, _delete_old)
