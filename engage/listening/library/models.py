"""Tables of the library: an item with its words, its bytes in parts, and sound rendered from words."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, Key
from engage.core.scope import Scoped
from engage.listening.library.kinds import ItemKind


class LibraryItem(Scoped, Base):
    """One picture, recording or film. Its bytes never change: a better one is a new item.

    `words` (language -> text): what a picture shows, what a recording says, what is signed or said in a film.
    `captions` (language -> WebVTT) belong to films. `language`: which is spoken ("bfi": British Sign Language).
    Withdrawn: the bytes are gone, the row stays to say so.
    """

    __tablename__ = "library_item"
    __table_args__ = (sa.UniqueConstraint("partnership_id", "slug"),)

    id: Mapped[Key]
    slug: Mapped[str]
    kind: Mapped[ItemKind]
    title: Mapped[str]
    language: Mapped[str]
    words: Mapped[dict[str, str]] = mapped_column(sa.JSON())
    captions: Mapped[dict[str, str]] = mapped_column(sa.JSON())
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    permitted_by: Mapped[str]
    added_on: Mapped[date]
    withdrawn_on: Mapped[date | None]


class LibraryPart(Scoped, Base):
    """Some of an item's bytes: all parts but the last are `PART_BYTES` long."""

    __tablename__ = "library_part"

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("library_item.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes]


class Speech(Scoped, Base):
    """Sound rendered once from words that everybody may read. `key` is a hash of language and words: see `speech`."""

    __tablename__ = "speech"
    __table_args__ = (sa.UniqueConstraint("partnership_id", "language", "key"),)

    id: Mapped[Key]
    language: Mapped[str]
    key: Mapped[str]
    data: Mapped[bytes]
