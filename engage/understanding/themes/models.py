"""Tables of themes, codings, quotes and the names a partnership looks for in them."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, Key
from engage.core.scope import Scoped
from engage.rules.redaction import PlaceKind
from engage.rules.themes import Group
from engage.understanding.themes.kinds import LONGEST_NAME, Refusal


class Theme(Scoped, Base):
    """One entry of the codebook: a name, what belongs in it, phrases that suggest it, a drawing for its answers."""

    __tablename__ = "theme"
    __table_args__ = (sa.UniqueConstraint("partnership_id", "name"),)

    id: Mapped[Key]
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    phrases: Mapped[list[str]] = mapped_column(default=list)
    picture: Mapped[str] = mapped_column(default="speech")
    is_open: Mapped[bool] = mapped_column(default=True)


class ThemeCount(Scoped, Base):
    """How many people of one group said something of a theme, frozen. `counted` is private; `shown` may be seen."""

    __tablename__ = "theme_count"

    theme_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)
    heard_from: Mapped[Group] = mapped_column(primary_key=True)
    counted: Mapped[int]
    shown: Mapped[int | None]
    counted_on: Mapped[date]


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


class CodingDay(Scoped, Base):
    """An analyst opened the read comments on this day: their way in is written down once a day, not once a comment."""

    __tablename__ = "coding_day"

    coder_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    opened_on: Mapped[date] = mapped_column(primary_key=True)


class Quote(Scoped, Base):
    """Words prepared for showing (names taken out or paraphrased) and released by a second person."""

    __tablename__ = "quote"
    __table_args__ = (
        sa.CheckConstraint("(released_by IS NULL) = (released_on IS NULL)", name="release_known"),
        sa.CheckConstraint("released_by IS NULL OR released_by <> prepared_by", name="second_person"),
        sa.CheckConstraint("(refused_by IS NULL) = (refused_on IS NULL)", name="refusal_known"),
        sa.CheckConstraint("(refused_by IS NULL) = (refusal IS NULL)", name="refusal_has_reason"),
        sa.CheckConstraint("released_by IS NULL OR refused_by IS NULL", name="one_decision"),
    )

    id: Mapped[Key]
    voice_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("voice.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("theme.id"), index=True)
    heard_from: Mapped[Group]
    text_sealed: Mapped[bytes]
    is_paraphrase: Mapped[bool]
    language: Mapped[str]
    prepared_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    prepared_on: Mapped[date]
    released_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    released_on: Mapped[date | None]
    refused_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    refused_on: Mapped[date | None]
    refusal: Mapped[Refusal | None]


class KnownName(Scoped, Base):
    """A school, home, street, person or other place of this partnership that may stand in words; as it was written."""

    __tablename__ = "known_name"
    __table_args__ = (
        sa.UniqueConstraint("partnership_id", "kind", "name"),
        sa.CheckConstraint(f"length(name) BETWEEN 1 AND {LONGEST_NAME}", name="not_long"),
    )

    id: Mapped[Key]
    kind: Mapped[PlaceKind]
    name: Mapped[str]
