"""Tables of duty: hours and clocks, who is on duty, which alerts are due and were sent, what has to be looked at again.

What stands beside an anonymous flag here holds no time but the flag's own tick, and goes when the flag is decided.
"""

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import UNORDERED, Base, Key
from engage.core.scope import Scoped


class Duty(Scoped, Base):
    """When a partnership reads and how soon: one row, or none where nothing was changed.

    `days` are ISO weekdays ("1" is Monday); times are "09:00" of London; `minutes` are minutes on duty by name of the
    clock.
    """

    __tablename__ = "duty"
    __table_args__ = (sa.UniqueConstraint("partnership_id"),)

    id: Mapped[Key]
    opens_at: Mapped[str]
    closes_at: Mapped[str]
    days: Mapped[list[str]]
    on_bank_holidays: Mapped[bool]
    minutes: Mapped[dict[str, Any]]
    follow_up_days: Mapped[int]


class OnDuty(Scoped, Base):
    """Who is told of a flag, in order: the designated lead first, then the deputies."""

    __tablename__ = "on_duty"
    __table_args__ = (sa.UniqueConstraint("account_id"),)

    id: Mapped[Key]
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"))
    position: Mapped[int]


class Alert(Scoped, Base):
    """One step of escalation of one flag: the row is there once, so the step is taken once (C7)."""

    __tablename__ = "alert"
    __table_args__ = (sa.UniqueConstraint("flag_id", "step"), UNORDERED)

    id: Mapped[Key]
    flag_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("flag.id", ondelete="CASCADE"))
    step: Mapped[int]


class Told(Scoped, Base):
    """Somebody was told of everything that was raised on one tick, at one step: forgotten with the last flag of it."""

    __tablename__ = "told"
    __table_args__ = (sa.UniqueConstraint("account_id", "step", "tick"), UNORDERED)

    id: Mapped[Key]
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"))
    step: Mapped[int]
    tick: Mapped[datetime] = mapped_column(index=True)


class Concerned(Scoped, Base):
    """Somebody with an account whom a matter is about (`is_named`), or who manages them: kept from it (C6).

    `kept_for`: the ids of those named whose line they stood in while these were; None where nobody wrote that down.
    """

    __tablename__ = "concerned"
    __table_args__ = (sa.UniqueConstraint("origin_id", "account_id"), UNORDERED)

    id: Mapped[Key]
    origin_kind: Mapped[str]
    origin_id: Mapped[uuid.UUID]
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    is_named: Mapped[bool]
    kept_for: Mapped[list[str] | None]


class FollowUp(Scoped, Base):
    """A decided flag that somebody looks at again on a day."""

    __tablename__ = "follow_up"
    __table_args__ = (UNORDERED,)

    flag_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("flag.id", ondelete="CASCADE"), primary_key=True)
    due_on: Mapped[date]
    is_reminded: Mapped[bool] = mapped_column(default=False)
    done_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))


class Employment(Scoped, Base):
    """A matter of employment that staff raised, for their agency: a subject out of a closed list, and nothing else.

    No flag, no voice, no week, no time: nothing leads from here to whoever wrote it.
    """

    __tablename__ = "employment"
    __table_args__ = (UNORDERED,)

    id: Mapped[Key]
    agency_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agency.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str]
    is_told: Mapped[bool] = mapped_column(default=False)
