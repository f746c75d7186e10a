"""The table of the contact lane."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import UNORDERED, Base, Key
from engage.core.scope import Scoped
from engage.safeguarding.contact.kinds import Outcome


class ContactRequest(Scoped, Base):
    """Somebody who wants to be contacted: who and how, encrypted.

    `received_on` is the day, for the clock, and `came_at` the full hour, to tell a flood by: it goes when the request
    is opened, or the hour is over and was not strange. Both go when the request is closed, and the week stays.
    `form_key` is the hash of a random word in the form and of what was written, so that a form sent twice is one
    request. `words_key` is alike where what it is about says the same. `is_urgent`: words in it ask to be read
    first. `is_known`: it names something the partnership knows.
    """

    __tablename__ = "contact_request"
    __table_args__ = (
        sa.UniqueConstraint("form_key"),
        sa.CheckConstraint("(outcome IS NULL) = (received_on IS NOT NULL)", name="day_blanked"),
        sa.CheckConstraint("outcome IS NULL OR (came_at IS NULL AND words_key IS NULL)", name="hour_blanked"),
        UNORDERED,
    )

    id: Mapped[Key]
    form_key: Mapped[bytes]
    contact_sealed: Mapped[bytes]
    is_urgent: Mapped[bool]
    week: Mapped[str]
    received_on: Mapped[date | None]
    came_at: Mapped[datetime | None]
    words_key: Mapped[bytes | None]
    is_known: Mapped[bool] = mapped_column(server_default=sa.false())
    opened_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    outcome: Mapped[Outcome | None]
    closed_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    note_sealed: Mapped[bytes | None]


class ContactTold(Scoped, Base):
    """Somebody is told of one request at one step, so that nobody is told of it twice: gone once it is opened.

    `notice_id`: the one notice that tells this person of all that were due together; it is written down before the
    notice goes out, and `sent_at` (the full hour) after, so that whoever is stopped between hands over the very same.
    Neither is there for what was told before notices were gathered.
    """

    __tablename__ = "contact_told"
    __table_args__ = (sa.UniqueConstraint("request_id", "account_id", "step"), UNORDERED)

    id: Mapped[Key]
    request_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("contact_request.id", ondelete="CASCADE"))
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    step: Mapped[int]
    notice_id: Mapped[uuid.UUID | None]
    sent_at: Mapped[datetime | None]
