"""What is read of the library: items for staff, what a page shows of them, their bytes part by part, rendered sound."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engage.core.database import db
from engage.listening.library.kinds import ItemKind
from engage.listening.library.models import LibraryItem, LibraryPart, Speech

PART_BYTES = 256 * 1024


@dataclass(frozen=True)
class ItemRow:
    """One thing in the library; `is_there` is False once it was withdrawn."""

    id: uuid.UUID
    slug: str
    kind: ItemKind
    title: str
    language: str
    words: Mapping[str, str]
    captions: Mapping[str, str]
    media_type: str
    size: int
    sha256: str
    width: int
    height: int
    permitted_by: str
    added_on: date
    withdrawn_on: date | None

    @property
    def is_there(self) -> bool:
        return self.withdrawn_on is None

    @property
    def file(self) -> str:
        """The last part of its address: a new file is a new address, so that it can be kept by browsers."""
        return f"{self.sha256[:20]}.{self.media_type.rpartition('/')[2]}"

    def say(self, language: str) -> str:
        """Its words in `language`, else in English, else in whichever there is."""
        return self.words.get(language) or self.words.get("en") or next(iter(self.words.values()), "")


_COLUMNS = tuple(getattr(LibraryItem, name) for name in ItemRow.__dataclass_fields__)


def _row(found: sa.Row[tuple[object, ...]]) -> ItemRow:
    return ItemRow(**found._mapping)


def list_items(kind: ItemKind | None = None) -> list[ItemRow]:
    """Everything in the library by kind and title, what was withdrawn last."""
    query = sa.select(*_COLUMNS).order_by(LibraryItem.withdrawn_on.isnot(None), LibraryItem.kind, LibraryItem.title)
    if kind is not None:
        query = query.where(LibraryItem.kind == kind)
    return [_row(found) for found in db.session.execute(query)]


def get_item(slug: str) -> ItemRow | None:
    """The item of this slug, withdrawn or not."""
    found = db.session.execute(sa.select(*_COLUMNS).where(LibraryItem.slug == slug)).first()
    return _row(found) if found else None


def shown(slugs: Collection[str]) -> dict[str, ItemRow]:
    """Of these slugs, the items that can be shown now. Asks nothing for no slugs."""
    if not slugs:
        return {}
    query = sa.select(*_COLUMNS).where(LibraryItem.slug.in_(sorted(slugs)), LibraryItem.withdrawn_on.is_(None))
    return {row.slug: row for row in map(_row, db.session.execute(query))}


def read_bytes(item: ItemRow, start: int, stop: int) -> Iterator[bytes]:
    """The bytes from `start` to just before `stop`, one part after another; no transaction stays open between them."""
    for position in range(start // PART_BYTES, (stop - 1) // PART_BYTES + 1):
        begins = position * PART_BYTES
        query = sa.select(LibraryPart.data).where(LibraryPart.item_id == item.id, LibraryPart.position == position)
        data = db.session.scalar(query)
        db.session.rollback()
        if data is None:  # withdrawn while somebody was watching
            return
        yield data[max(start - begins, 0) : stop - begins]


def spoken_keys(language: str) -> list[str]:
    """The keys of all sound that was rendered in `language`."""
    return list(db.session.scalars(sa.select(Speech.key).where(Speech.language == language).order_by(Speech.key)))


def spoken(language: str, keys: Collection[str]) -> dict[str, bytes]:
    """Of these keys, the sound there is."""
    query = sa.select(Speech.key, Speech.data).where(Speech.language == language, Speech.key.in_(sorted(keys)))
    return {row.key: row.data for row in db.session.execute(query)}


def has_speech(language: str) -> bool:
    """Whether anything was rendered in `language`."""
    return db.session.scalar(sa.select(sa.exists().where(Speech.language == language))) or False
