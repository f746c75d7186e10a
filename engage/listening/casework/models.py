"""The table of cases, and those of asking who a confidential one is from."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import UNORDERED, Base, Key
from engage.core.scope import Scoped
from engage.listening.casework.kinds import CaseKind, GlassState, Outcome


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


class GlassRequest(Scoped, Base):
    """Somebody asks to see who a confidential case is from, and what a second person said to it (C5).

    `reason_sealed` is why they ask, `because_sealed` why the person is not told, or why it was refused. Agreed, it
    opens to whoever asked and to nobody else, for a day from `decided_at`. A request goes with its case. Nothing
    here is of anybody unknown, so its rows have an order and its times are whole.
    """

    __tablename__ = "glass_request"
    __table_args__ = (
        sa.CheckConstraint("decided_by <> asked_by", name="second_person"),
        sa.CheckConstraint("(decided_by IS NOT NULL) = (state IN ('agreed', 'refused'))", name="decided_by_somebody"),
        sa.CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided_has_time"),
        sa.CheckConstraint("(is_told IS NOT NULL) = (state = 'agreed')", name="agreed_says_told"),
        sa.CheckConstraint("is_told IS NULL OR is_told OR because_sealed IS NOT NULL", name="not_told_has_reason"),
    )

    id: Mapped[Key]
    case_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("case.id", ondelete="CASCADE"), index=True)
    asked_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    reason_sealed: Mapped[bytes]
    state: Mapped[GlassState]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    is_told: Mapped[bool | None]
    because_sealed: Mapped[bytes | None]


_WAITS = GlassRequest.state == GlassState.ASKED
sa.Index(
    "uq_glass_request_waiting",
    GlassRequest.case_id,
    GlassRequest.asked_by,
    unique=True,
    sqlite_where=_WAITS,
    postgresql_where=_WAITS,
)


class GlassNotice(Scoped, Base):
    """One person is told once that a request waits for a second person, or that it was agreed to: a row each, so that
    whoever was reached is not told again because somebody else was not.
    """

    __tablename__ = "glass_notice"

    id: Mapped[Key]
    request_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("glass_request.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"))
