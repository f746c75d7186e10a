"""Tables of themes, codings and quotes."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, Key
from engage.core.scope import Scoped


class Theme(Scoped, Base):
    """One entry of the codebook: a name, what belongs in it, and phrases that suggest it."""

    __tablename__ = "theme"
    __table_args__ = (sa.UniqueConstraint("partnership_id", "name"),)

    id: Mapped[Key]
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    phrases: Mapped[list[str]] = mapped_column(default=list)
    is_open: Mapped[bool] = mapped_column(default=True)


class Coding(Scoped, Base):
    """A person gave a voice a theme: who and when."""

    __tablename__ = "coding"
    __table_args__ = (sa.UniqueConstraint("voice_id", "theme_id"),)

    id: Mapped[Key]
    voice_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("voice.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("theme.id"), index=True)
    coder_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    coded_on: Mapped[date]


class Finished(Scoped, Base):
    """The analyst is done with a voice, whether or not a theme fitted."""

    __tablename__ = "finished"

    voice_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("voice.id", ondelete="CASCADE"), primary_key=True)
    coder_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    finished_on: Mapped[date]


class Quote(Scoped, Base):
    """Words prepared for showing (names taken out or paraphrased) and released by a second person."""

    __tablename__ = "quote"
    __table_args__ = (
        sa.CheckConstraint("(released_by IS NULL) = (released_on IS NULL)", name="release_known"),
        sa.CheckConstraint("released_by IS NULL OR released_by <> prepared_by", name="second_person"),
    )

    id: Mapped[Key]
    voice_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("voice.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("theme.id"), index=True)
    text_sealed: Mapped[bytes]
    prepared_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    prepared_on: Mapped[date]
    released_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    released_on: Mapped[date | None]
