"""Selects on people. Accounts are read before a scope is known, so each query names what it belongs to."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from engage.core import reading, scope
from engage.core.database import db
from engage.people.kinds import NOBODY, Role
from engage.people.models import (
    Account,
    AccountRole,
    Agency,
    HelpNumber,
    LineManager,
    Partnership,
    Service,
    StaffSession,
)
from engage.people.roles import permissions_of
from engage.web.access import Permission


@dataclass(frozen=True)
class PartnershipRow:
    """A partnership as pages and addresses know it."""

    id: uuid.UUID
    slug: str
    name: str
    short_name: str
    languages: list[str]
    readers: str
    reading_hours: str
    is_invented: bool
    shows_drafts: bool
    brand_ink: str | None = None
    brand_ground: str | None = None

    @property
    def brand(self) -> tuple[str, str] | None:
        """The colours of its words and of the ground below them; None where it has none of its own."""
        return (self.brand_ink, self.brand_ground) if self.brand_ink and self.brand_ground else None

    @property
    def strapline(self) -> str:
        """What stands under the short name: the rest of the full one."""
        return self.name.removeprefix(self.short_name).strip()


@dataclass(frozen=True)
class Person:
    """An account as pages know it: who, which roles, what they may do."""

    id: uuid.UUID
    partnership_id: uuid.UUID
    name: str
    sign_in: str
    is_active: bool
    roles: frozenset[Role]
    permissions: frozenset[Permission]

    @property
    def is_inspector(self) -> bool:
        """Whether this person only inspects: young inspectors have pages of their own."""
        return self.roles == frozenset({Role.YOUNG_INSPECTOR})

    def can(self, permission: str) -> bool:
        return permission in self.permissions


@dataclass(frozen=True)
class ServiceRow:
    """A service with the agency that runs it."""

    id: uuid.UUID
    name: str
    about: str
    agency: str
    is_open: bool


@dataclass(frozen=True)
class HelpRow:
    """A number to call."""

    id: uuid.UUID
    name: str
    number: str
    about: str
    checked_on: date


# Every public page begins with its partnership, so this is put together once, on columns.
_BY_SLUG = sa.select(
    Partnership.id,
    Partnership.slug,
    Partnership.name,
    Partnership.short_name,
    Partnership.languages,
    Partnership.readers,
    Partnership.reading_hours,
    Partnership.is_invented,
    Partnership.shows_drafts,
    Partnership.brand_ink,
    Partnership.brand_ground,
).where(Partnership.slug == sa.bindparam("wanted"))


def _row(partnership: Partnership) -> PartnershipRow:
    return PartnershipRow(
        partnership.id,
        partnership.slug,
        partnership.name,
        partnership.short_name,
        list(partnership.languages),
        partnership.readers,
        partnership.reading_hours,
        partnership.is_invented,
        partnership.shows_drafts,
        partnership.brand_ink,
        partnership.brand_ground,
    )


# Whoever has just sent, and whoever needs help, waits for these.
_NUMBERS = (
    sa
    .select(HelpNumber.id, HelpNumber.name, HelpNumber.number, HelpNumber.about, HelpNumber.checked_on)
    .where(HelpNumber.partnership_id == scope.HERE)
    .order_by(HelpNumber.position)
)


def list_partnerships() -> list[PartnershipRow]:
    """All partnerships, by name."""
    return [_row(found) for found in db.session.scalars(sa.select(Partnership).order_by(Partnership.name))]


def get_partnership(slug: str) -> PartnershipRow | None:
    """The partnership of that slug."""
    return reading.run(_BY_SLUG, {"wanted": slug}).first_as(_place)


def _place(found: Sequence[Any]) -> PartnershipRow:
    return PartnershipRow(*found)


def get_partnership_by_id(partnership_id: uuid.UUID) -> PartnershipRow | None:
    """The partnership of that id."""
    found = db.session.get(Partnership, partnership_id)
    return _row(found) if found else None


def _person(account: Account, roles: Sequence[Role]) -> Person:
    held = frozenset(roles)
    return Person(
        account.id,
        account.partnership_id,
        account.name,
        account.sign_in,
        account.is_active,
        held,
        permissions_of(held),
    )


def _people(condition: sa.ColumnElement[bool]) -> list[Person]:
    query = (
        sa
        .select(Account, AccountRole.role)
        .join(AccountRole, AccountRole.account_id == Account.id, isouter=True)
        .where(condition)
        .order_by(Account.name, Account.id)
    )
    found: dict[uuid.UUID, tuple[Account, list[Role]]] = {}
    for account, role in db.session.execute(query):
        found.setdefault(account.id, (account, []))[1].extend([role] if role else [])
    return [_person(account, roles) for account, roles in found.values()]


def list_people(partnership_id: uuid.UUID) -> list[Person]:
    """Everybody with an account in a partnership, by name."""
    return _people(Account.partnership_id == partnership_id)


def list_people_with(partnership_id: uuid.UUID, role: Role) -> list[Person]:
    """Everybody active in a partnership who holds `role`, by name."""
    return [person for person in list_people(partnership_id) if person.is_active and role in person.roles]


def list_people_who(partnership_id: uuid.UUID, permission: Permission) -> list[Person]:
    """Everybody active in a partnership who may do this, by name."""
    return [person for person in list_people(partnership_id) if person.is_active and permission in person.permissions]


def can_anybody(partnership_id: uuid.UUID, permission: Permission) -> bool:
    """Is there somebody active in a partnership who may do this?"""
    return any(person.is_active and permission in person.permissions for person in list_people(partnership_id))


def get_person(account_id: uuid.UUID) -> Person | None:
    """One account."""
    return next(iter(_people(Account.id == account_id)), None)


def names_of(partnership_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Account id -> name, for trails ("who, when, why")."""
    query = sa.select(Account.id, Account.name).where(Account.partnership_id == partnership_id)
    return {row.id: row.name for row in db.session.execute(query)}


def names_that_can_be_said(partnership_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Account id -> name, for finding out whom words name: without those of whom nothing but "left" is known."""
    return {account: name for account, name in names_of(partnership_id).items() if name != NOBODY}


def managers(partnership_id: uuid.UUID) -> dict[uuid.UUID, uuid.UUID]:
    """Account id -> the account id of whoever manages them; who has no manager here is left out."""
    mine = LineManager.account_id == Account.id
    query = sa.select(LineManager.account_id, LineManager.manager_id).join(Account, mine)
    rows = db.session.execute(query.where(Account.partnership_id == partnership_id))
    return {row.account_id: row.manager_id for row in rows}


def get_account(sign_in: str) -> Account | None:
    """The account row behind a sign-in name."""
    return db.session.scalars(sa.select(Account).where(Account.sign_in == sign_in)).first()


def get_session(token_hash: bytes) -> StaffSession | None:
    """The session row behind a token's hash."""
    return db.session.get(StaffSession, token_hash)


def list_services(*, only_open: bool = True) -> list[ServiceRow]:
    """The services of the present partnership with their agencies, by name."""
    query = sa.select(Service, Agency.name).join(Agency, Agency.id == Service.agency_id).order_by(Service.name)
    if only_open:
        query = query.where(Service.is_open)
    return [
        ServiceRow(service.id, service.name, service.about, agency, service.is_open)
        for service, agency in db.session.execute(query)
    ]


def read_services() -> sa.Select[uuid.UUID, str, str, uuid.UUID, str]:
    """Services by named column (id, name, about, agency_id, agency), for upper floors to join as a subquery."""
    return sa.select(Service.id, Service.name, Service.about, Service.agency_id, Agency.name.label("agency")).join(
        Agency, Agency.id == Service.agency_id
    )


def list_agencies() -> list[Agency]:
    """The agencies of the present partnership, by name."""
    return list(db.session.scalars(sa.select(Agency).order_by(Agency.name)))


def list_help_numbers() -> list[HelpRow]:
    """The help numbers of the present partnership in the order they are shown."""
    return [HelpRow(*found) for found in scope.quick(_NUMBERS)]
