"""The table of cases."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import UNORDERED, Base, Key
from engage.core.scope import Scoped
from engage.listening.casework.kinds import CaseKind, Outcome


class Case(Scoped, Base):
    """One complaint, compliment, worry or idea.

    Nobody who told us something without a name can be found by its time: `received_on` of an anonymous case is the
    Monday of its ISO week, so a clock is never late for the person (N3). Contact details are encrypted.
    `keep_until`: not deleted before that day, whatever the period of cases is.
    """

    __tablename__ = "case"
    __table_args__ = (
        sa.CheckConstraint("NOT is_anonymous OR contact_sealed IS NULL", name="anonymous_has_no_contact"),
        sa.CheckConstraint("(closed_on IS NULL) = (outcome IS NULL)", name="closed_has_outcome"),
        sa.UniqueConstraint("partnership_id", "reference"),
        sa.UniqueConstraint("submission_key"),
        UNORDERED,
    )

    id: Mapped[Key]
    reference: Mapped[str]
    kind: Mapped[CaseKind]
    regime: Mapped[str]
    submission_key: Mapped[bytes]
    is_anonymous: Mapped[bool]
    told_by: Mapped[str | None]
    wants_advocate: Mapped[str | None]
    contact_sealed: Mapped[bytes | None]
    service_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("service.id"))
    handler_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    received_on: Mapped[date]
    read_on: Mapped[date | None]
    acknowledged_on: Mapped[date | None]
    responded_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    outcome: Mapped[Outcome | None]
    learning_sealed: Mapped[bytes | None]
    keep_until: Mapped[date | None]
