"""The keys with which machines of a partnership read frozen results: made, used, withdrawn."""

import uuid
from typing import Final

import sqlalchemy as sa

from engage.core import audit, clock, erasing
from engage.core.database import begin_write, db, write_aside
from engage.core.erasing import IsMarked
from engage.core.errors import NotFound
from engage.core.ids import hash_token, new_token
from engage.people import queries, queries_keys
from engage.people.models import ApiKey
from engage.web.access import Permission

_PREFIX: Final = "engage_"  # by which whoever searches files for forgotten keys finds one
_SORT: Final = "api-key"


def make_key(name: str, days: int, made_by: uuid.UUID) -> str:
    """A new key, valid for `days` from today. It is nowhere but in what this returns: what is kept is its SHA-256.

    A fast hash is enough, as for a session's token: 256 random bits cannot be tried out, as a password can.
    """
    key = _PREFIX + new_token()
    today = clock.today()
    row = ApiKey(digest=hash_token(key), name=name, made_by=made_by, made_on=today, ends_on=clock.in_days(days, today))
    begin_write().add(row)
    db.session.flush()
    audit.record("api-key-made", "api_key", row.id, name=name, ends_on=row.ends_on.isoformat())
    return key


def withdraw_key(key_id: uuid.UUID) -> None:
    """Let nobody in with it any more, nor when an older backup is put back; a repeat is a no-op."""
    begin_write()
    row = db.session.scalars(sa.select(ApiKey).where(ApiKey.id == key_id)).first()
    if row is None:
        raise NotFound
    if row.withdrawn_on is None:
        _withdraw(row)


def can_make(account_id: uuid.UUID) -> bool:
    """Whether the account may make keys and have those that it made work."""
    person = queries.get_person(account_id)
    return person is not None and person.is_active and person.can(Permission.MANAGE_PARTNERSHIP)


def end_keys_of(account_id: uuid.UUID, because: str) -> None:
    """Withdraw every key that an account made, for good: who has seen one is not who it was made by any more.

    `because`: the act that ended them, as the trail has it.
    """
    begin_write()
    made = sa.select(ApiKey).where(ApiKey.made_by == account_id, ApiKey.withdrawn_on.is_(None)).order_by(ApiKey.id)
    for row in db.session.scalars(made).all():
        _withdraw(row, because=because)


def is_let_in(key: str) -> bool:
    """Whether a machine that brings this key may read here today; marks the day it did.

    That is written once a day, or missed where the database does not take it at once: beside a staff session's
    last-seen the one exception to "a GET never writes".
    """
    found = queries_keys.working(hash_token(key))
    if found is not None and found.used_on != clock.today():
        write_aside(sa.update(ApiKey).where(ApiKey.id == found.id).values(used_on=clock.today()))
    return found is not None


def _withdraw(row: ApiKey, **why: str) -> None:
    row.withdrawn_on = clock.today()
    erasing.note([row.id], _SORT)
    audit.record("api-key-withdrawn", "api_key", row.id, name=row.name, **why)


@erasing.again(_SORT)
def _again(is_marked: IsMarked) -> None:
    for row in begin_write().scalars(sa.select(ApiKey).where(ApiKey.withdrawn_on.is_(None))).all():
        if is_marked(row.id):
            row.withdrawn_on = clock.today()
