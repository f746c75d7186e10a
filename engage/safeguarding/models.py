"""Tables of flags, receipts and messages."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import UNORDERED, Base, Key
from engage.core.scope import Scoped
from engage.safeguarding.kinds import Decision, FlagReason
from engage.voices.kinds import Concern


class Flag(Scoped, Base):
    """Somebody may not be safe: a row in the triage queue.

    `raised_at` is a five-minute tick; when the flag closes every time on it is blanked and only `week` stays (N3).
    `level` is a concern ("red", "not_checked", "amber"); `categories` are kinds of harm that screening saw, or the
    questions whose answer was lowest. `source_key` and `language` are the context where no words came with it.
    """

    __tablename__ = "flag"
    __table_args__ = (
        sa.CheckConstraint("(decision IS NULL) = (decided_by IS NULL)", name="decider_known"),
        sa.CheckConstraint("decision IS NULL OR raised_at IS NULL", name="time_blanked"),
        UNORDERED,
    )

    id: Mapped[Key]
    origin_kind: Mapped[str]
    origin_id: Mapped[uuid.UUID] = mapped_column(index=True)
    level: Mapped[Concern]
    reason: Mapped[FlagReason]
    categories: Mapped[list[str]]
    source_key: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    week: Mapped[str]
    raised_at: Mapped[datetime | None]
    opened_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    decision: Mapped[Decision | None] = mapped_column(index=True)
    decided_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    note_sealed: Mapped[bytes | None]


class Receipt(Scoped, Base):
    """The way back for somebody without an account: only a slow hash of the words is kept (N4)."""

    __tablename__ = "receipt"
    __table_args__ = (sa.UniqueConstraint("lookup"), UNORDERED)

    id: Mapped[Key]
    lookup: Mapped[bytes]
    origin_kind: Mapped[str]
    origin_id: Mapped[uuid.UUID] = mapped_column(index=True)
    week: Mapped[str]


class Withdrawal(Scoped, Base):
    """Somebody took back what they said, and it cannot be deleted before something else is finished.

    `with_answers`: the closed answers too, which no release counts from then on.
    """

    __tablename__ = "withdrawal"
    __table_args__ = (sa.UniqueConstraint("origin_id", "origin_kind"), UNORDERED)

    id: Mapped[Key]
    origin_kind: Mapped[str]
    origin_id: Mapped[uuid.UUID]
    week: Mapped[str]
    with_answers: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class Message(Scoped, Base):
    """One message of the conversation that a receipt opens, encrypted; its time is the ISO week."""

    __tablename__ = "message"
    __table_args__ = (
        sa.CheckConstraint("(author_id IS NULL) = is_from_person", name="one_side"),
        UNORDERED,
    )

    id: Mapped[Key]
    receipt_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("receipt.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    is_from_person: Mapped[bool]
    author_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    text_sealed: Mapped[bytes]
    week: Mapped[str]
