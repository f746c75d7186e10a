"""Selects on whom a matter concerns: they, and everybody who manages them, see nothing of it (C6)."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from engage.core import scope
from engage.core.database import db
from engage.people import queries as people
from engage.rules.lines import line_above
from engage.safeguarding.kinds import APART
from engage.safeguarding.models import Flag
from engage.safeguarding.models_duty import Concerned


def blocked(origins: Collection[uuid.UUID] | None = None) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """Origin id -> the accounts that may see nothing of it: the named, their line when they were named, and their line
    as it stands now. Origins that concern nobody here are left out; None asks for all of them.
    """
    query = sa.select(Concerned.origin_id, Concerned.account_id, Concerned.is_named)
    if origins is not None:
        query = query.where(Concerned.origin_id.in_(origins))
    named: dict[uuid.UUID, set[uuid.UUID]] = {}
    kept: dict[uuid.UUID, set[uuid.UUID]] = {}
    for row in db.session.execute(query):
        kept.setdefault(row.origin_id, set()).add(row.account_id)
        if row.is_named:
            named.setdefault(row.origin_id, set()).add(row.account_id)
    managers = people.managers(scope.current()) if named else {}
    return {origin: frozenset(kept[origin]) | line_above(named.get(origin, set()), managers) for origin in kept}


def hidden_from(account_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Origins of which this person may see nothing, nor that they are there."""
    return frozenset(origin for origin, accounts in blocked().items() if account_id in accounts)


def named_in(origin_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """The accounts that a matter is about."""
    mine = (Concerned.origin_id == origin_id, Concerned.is_named)
    return frozenset(db.session.scalars(sa.select(Concerned.account_id).where(*mine)))


def about(account_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """The matters that name this account."""
    mine = (Concerned.account_id == account_id, Concerned.is_named)
    return frozenset(db.session.scalars(sa.select(Concerned.origin_id).where(*mine)))


def kept_apart() -> frozenset[uuid.UUID]:
    """Origins whose words stay with the safeguarding lead: no reader and no analyst meets them."""
    concerned = db.session.scalars(sa.select(Concerned.origin_id).distinct())
    decided = db.session.scalars(sa.select(Flag.origin_id).where(Flag.decision.in_(APART)).distinct())
    return frozenset(concerned) | frozenset(decided)
