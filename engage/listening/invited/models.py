"""Tables of the invited: addresses, sealed; the days they are written to; what was sent."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, Key
from engage.core.scope import Scoped


class Invited(Scoped, Base):
    """One address. `lookup` is its keyed hash, so that nobody is written to twice, or again after saying stop."""

    __tablename__ = "invited"
    __table_args__ = (sa.UniqueConstraint("survey_id", "lookup"),)

    id: Mapped[Key]
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    lookup: Mapped[bytes]
    sealed: Mapped[bytes | None]


class ReminderPlan(Scoped, Base):
    """When the invited of a survey are written to: when it opens, and so many days before its last."""

    __tablename__ = "reminder_plan"

    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), primary_key=True)
    at_open: Mapped[bool]
    days_before: Mapped[list[int]] = mapped_column(sa.JSON())


class Reminder(Scoped, Base):
    """That one address was written to on one occasion: the row is there once, so the message is queued once."""

    __tablename__ = "reminder"
    __table_args__ = (sa.UniqueConstraint("invited_id", "occasion"),)

    id: Mapped[Key]
    invited_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("invited.id", ondelete="CASCADE"), index=True)
    occasion: Mapped[str]
