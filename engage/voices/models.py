"""The table of voices."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import UNORDERED, Base, Key
from engage.core.scope import Scoped
from engage.voices.kinds import Channel, Concern


class Voice(Scoped, Base):
    """What one person said in their own words: encrypted, with the ISO week and nothing finer.

    `origin_kind` and `origin_id` say where it came from ("response", "case", "inspection"); `source_key` and
    `question_key` name the survey and question (or the case kind, or the criterion). `is_wordless`: there is a file
    and not one word with it, so nothing an analyst could read. `is_taken_back`: its person wants it gone, and it stays
    only until something that has to be finished first is finished; no analyst reads it meanwhile. `is_handed_on`: it
    was decided on in a matter of allegations or whistleblowing, and only whoever reads there opens it.
    """

    __tablename__ = "voice"
    __table_args__ = (
        sa.CheckConstraint("(read_on IS NULL) = (reader_id IS NULL)", name="reader_known"),
        UNORDERED,
    )

    id: Mapped[Key]
    channel: Mapped[Channel] = mapped_column(index=True)
    audience: Mapped[str]
    origin_kind: Mapped[str]
    origin_id: Mapped[uuid.UUID] = mapped_column(index=True)
    source_key: Mapped[str] = mapped_column(index=True)
    question_key: Mapped[str]
    language: Mapped[str]
    week: Mapped[str]
    text_sealed: Mapped[bytes]
    concern: Mapped[Concern] = mapped_column(index=True)
    concern_order: Mapped[int]
    categories: Mapped[list[str]]
    reader_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    read_on: Mapped[date | None] = mapped_column(index=True)
    is_wordless: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    is_taken_back: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    is_handed_on: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class Attachment(Scoped, Base):
    """A file that came with a voice: padded and encrypted; it goes with its voice. Its week is the voice's."""

    __tablename__ = "attachment"
    __table_args__ = (UNORDERED,)

    id: Mapped[Key]
    voice_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("voice.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    media_type: Mapped[str]
    sealed: Mapped[bytes]
