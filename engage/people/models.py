"""Tables of people: partnerships, agencies, services, accounts, sessions, help numbers."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, Key
from engage.core.scope import Scoped
from engage.people.kinds import AgencyKind, Role


class Partnership(Base):
    """A safeguarding children partnership: the owner of every scoped row.

    `shows_drafts`: the public may see translations of surveys that nobody has checked, marked as that. `brand_ink` on
    `brand_ground` ("#rrggbb", both or neither): the colours of its own at the top of public pages.
    """

    __tablename__ = "partnership"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    languages: Mapped[list[str]]
    readers: Mapped[str]
    reading_hours: Mapped[str]
    is_invented: Mapped[bool] = mapped_column(default=False)
    shows_drafts: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    brand_ink: Mapped[str | None]
    brand_ground: Mapped[str | None]


class Agency(Scoped, Base):
    """An organisation that works with the partnership. `contact` is an address for matters of employment."""

    __tablename__ = "agency"
    __table_args__ = (sa.UniqueConstraint("partnership_id", "name"),)

    id: Mapped[Key]
    name: Mapped[str]
    kind: Mapped[AgencyKind]
    contact: Mapped[str] = mapped_column(default="", server_default="")


class Service(Scoped, Base):
    """Something children and families use, run by an agency."""

    __tablename__ = "service"
    __table_args__ = (sa.UniqueConstraint("partnership_id", "name"),)

    id: Mapped[Key]
    agency_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agency.id"), index=True)
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    is_open: Mapped[bool] = mapped_column(default=True)


class HelpNumber(Scoped, Base):
    """A number to call for help, with the day it was last checked."""

    __tablename__ = "help_number"

    id: Mapped[Key]
    position: Mapped[int]
    name: Mapped[str]
    number: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    checked_on: Mapped[date]


class Account(Base):
    """A person who signs in. Looked up before a scope is known, so every query names the partnership itself."""

    __tablename__ = "account"

    id: Mapped[Key]
    partnership_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("partnership.id"), index=True)
    agency_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("agency.id"))
    name: Mapped[str]
    sign_in: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None]


class AccountRole(Base):
    """One role of one account."""

    __tablename__ = "account_role"

    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)


class LineManager(Base):
    """Who manages whom: an allegation is kept from the person it is about and from everybody above them (C6)."""

    __tablename__ = "line_manager"

    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    manager_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"))


class StaffSession(Base):
    """A signed-in browser: only the hash of its token is kept."""

    __tablename__ = "staff_session"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class ApiKey(Scoped, Base):
    """What a machine of the partnership reads frozen results with: only the key's digest is kept.

    It works up to and with `ends_on`, until it is withdrawn, and while whoever made it may still make one.
    """

    __tablename__ = "api_key"

    id: Mapped[Key]
    digest: Mapped[bytes] = mapped_column(unique=True)
    name: Mapped[str]
    made_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    made_on: Mapped[date]
    ends_on: Mapped[date]
    used_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]


class PasswordLink(Base):
    """A one-time link with which a person sets their own password."""

    __tablename__ = "password_link"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]
