"""How long requests for contact are kept once they are closed."""

import sqlalchemy as sa

from engage.core import erasing
from engage.core.database import begin_write, db
from engage.core.holds import Held
from engage.core.retention import Kind
from engage.rules.keeping import Cutoff
from engage.safeguarding import service_apart
from engage.safeguarding.contact.models import ContactRequest


def _old(old: Cutoff) -> tuple[sa.ColumnElement[bool], ...]:
    return ContactRequest.week < old.week, ContactRequest.outcome.is_not(None)


def _count_old(old: Cutoff, _held: Held) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(ContactRequest).where(*_old(old))) or 0


def _delete_old(old: Cutoff, _held: Held) -> int:
    for request_id in begin_write().scalars(sa.select(ContactRequest.id).where(*_old(old))).all():
        service_apart.forget(request_id)
    return erasing.delete(ContactRequest.id, *_old(old))


CONTACTS = Kind("contacts", 12, _count_old, _delete_old)
