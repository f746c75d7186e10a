"""Selects on the keys of machines."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Literal

import sqlalchemy as sa

from engage.core import clock, scope
from engage.core.database import db
from engage.people import queries
from engage.people.models import Account, AccountRole, ApiKey
from engage.people.roles import PERMISSIONS
from engage.web.access import Permission

_MAKERS = [role for role, may in PERMISSIONS.items() if Permission.MANAGE_PARTNERSHIP in may]

State = Literal["works", "withdrawn", "ended", "without-maker"]


@dataclass(frozen=True)
class KeyRow:
    """A key as its page shows it; `state`: whether it works, or why not."""

    id: uuid.UUID
    name: str
    made_by: str
    made_on: date
    ends_on: date
    used_on: date | None
    state: State


@dataclass(frozen=True)
class Working:
    """A key that lets a machine in, and the day it last did."""

    id: uuid.UUID
    used_on: date | None


def list_keys() -> list[KeyRow]:
    """Every key of the present partnership, the newest first."""
    makers = {person.id: person for person in queries.list_people(scope.current())}
    rows = db.session.scalars(sa.select(ApiKey).order_by(ApiKey.made_on.desc(), ApiKey.name, ApiKey.id))
    return [_row(row, makers[row.made_by]) for row in rows]


def working(digest: bytes) -> Working | None:
    """The key of this digest if it works here today. One statement, whatever is wrong with it."""
    query = sa.select(ApiKey.id, ApiKey.used_on).join(Account, Account.id == ApiKey.made_by)
    role = sa.exists().where(AccountRole.account_id == Account.id, AccountRole.role.in_(_MAKERS))
    valid = (ApiKey.withdrawn_on.is_(None), ApiKey.ends_on >= clock.today(), Account.is_active, role)
    found = db.session.execute(query.where(ApiKey.digest == digest, *valid)).first()
    return Working(found.id, found.used_on) if found else None


def _row(key: ApiKey, maker: queries.Person) -> KeyRow:
    return KeyRow(key.id, key.name, maker.name, key.made_on, key.ends_on, key.used_on, _state(key, maker))


def _state(key: ApiKey, maker: queries.Person) -> State:
    if key.withdrawn_on is not None:
        return "withdrawn"
    if key.ends_on < clock.today():
        return "ended"
    return "works" if maker.is_active and maker.can(Permission.MANAGE_PARTNERSHIP) else "without-maker"
