"""The verbs of the library: take a picture, a recording or a film in, withdraw it, keep rendered sound."""

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from engage.adapters import pictures
from engage.adapters.media import taking
from engage.adapters.media.kinds import NotTaken, NotThis
from engage.core import audit, clock, erasing
from engage.core.database import begin_write, db
from engage.core.errors import NotFound, Refused
from engage.listening.library import queries
from engage.listening.library.kinds import ItemKind
from engage.listening.library.models import LibraryItem, LibraryPart, Speech
from engage.rules.captions import CaptionsError, read_captions, write_captions

_WITHDRAWN = "library-withdrawn"
MOST_BYTES: Mapping[ItemKind, int] = {
    ItemKind.PICTURE: 12 * 1024 * 1024,
    ItemKind.SOUND: 8 * 1024 * 1024,
    ItemKind.FILM: 32 * 1024 * 1024,
}
"""The largest file of each kind: a minute of signing filmed by a phone and saved small is 5 to 10 MB."""


@dataclass(frozen=True)
class NewItem:
    """What staff hand in. `words` and `captions`: language -> text; `permitted_by`: who said yes to showing it."""

    title: str
    kind: ItemKind
    data: bytes
    words: Mapping[str, str]
    permitted_by: str
    language: str = ""
    captions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _File:
    media_type: str
    data: bytes
    width: int = 0
    height: int = 0


def add_item(new: NewItem) -> str:
    """Keep a new thing for surveys to name; its slug. Refused where it can't be used, with a reason for the form."""
    if not new.permitted_by.strip():
        raise Refused("library-permission")
    words = {language: text.strip() for language, text in new.words.items() if text.strip()}
    if not words:
        raise Refused("library-words")
    file, captions = _taken(new), _captions(new)
    slug = _free_slug(new.title)
    session = begin_write()
    item = LibraryItem(
        slug=slug,
        kind=new.kind,
        title=new.title.strip(),
        language=new.language,
        words=words,
        captions=captions,
        media_type=file.media_type,
        size=len(file.data),
        sha256=hashlib.sha256(file.data).hexdigest(),
        width=file.width,
        height=file.height,
        permitted_by=new.permitted_by.strip(),
        added_on=clock.today(),
        withdrawn_on=None,
    )
    session.add(item)
    session.flush()
    parts = range(0, len(file.data), queries.PART_BYTES)
    rows = [
        {"item_id": item.id, "position": position, "data": file.data[start : start + queries.PART_BYTES]}
        for position, start in enumerate(parts)
    ]
    for row in rows:
        session.add(LibraryPart(**row))
    session.flush()
    audit.record("library-item-added", "library-item", item.id, slug=slug, sha256=item.sha256)
    return slug


def _taken(new: NewItem) -> _File:
    """The file as it will be kept; Refused where it is none of its kind or too large."""
    if len(new.data) > MOST_BYTES[new.kind]:
        raise Refused("library-too-large", most=MOST_BYTES[new.kind] // (1024 * 1024))
    try:
        if new.kind is ItemKind.PICTURE:
            picture = pictures.drawn_anew(new.data)
            return _File(pictures.MEDIA_TYPE, picture.data, picture.width, picture.height)
        file = taking.sound(new.data) if new.kind is ItemKind.SOUND else taking.film(new.data)
    except (pictures.NotAPicture, NotThis):
        raise Refused(f"library-not-{new.kind.value}") from None
    except NotTaken:
        raise Refused(f"library-notes-{new.kind.value}") from None
    return _File(file.media_type, file.data)


def _captions(new: NewItem) -> dict[str, str]:
    if new.kind is not ItemKind.FILM:
        return {}
    try:
        kept = {
            language: write_captions(read_captions(text)) for language, text in new.captions.items() if text.strip()
        }
    except CaptionsError as error:
        raise Refused("library-captions", line=error.line) from None
    if not kept:
        raise Refused("library-captions-missing")
    return kept


def _free_slug(title: str) -> str:
    """A name for definitions: the title's letters and figures, with a number where it is taken."""
    plain = "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:50].strip("-") or "item"
    taken = {row.slug for row in queries.list_items()}
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return plain if plain not in taken else next(slug for slug in numbered if slug not in taken)


def withdraw(slug: str) -> None:
    """Show it nowhere any more: its bytes are removed, the row stays. Pages that named it go on without it."""
    session = begin_write()
    item = session.scalars(sa.select(LibraryItem).where(LibraryItem.slug == slug)).first()
    if item is None:
        raise NotFound(slug)
    if item.withdrawn_on is not None:
        return
    item.withdrawn_on = clock.today()
    erasing.note([item.id], _WITHDRAWN)
    session.execute(sa.delete(LibraryPart).where(LibraryPart.item_id == item.id))
    audit.record("library-item-withdrawn", "library-item", item.id, slug=slug)


@erasing.again(_WITHDRAWN)
def withdraw_again(is_marked: erasing.IsMarked) -> None:
    """Withdraw the items once more that were withdrawn since a backup was made."""
    for item in db.session.scalars(sa.select(LibraryItem).where(LibraryItem.withdrawn_on.is_(None))).all():
        if is_marked(item.id):
            withdraw(item.slug)


def keep_speech(language: str, rendered: Mapping[str, bytes]) -> None:
    """Keep sound by its keys, in the caller's write transaction; what is there already stays."""
    there = set(queries.spoken_keys(language))
    for key, data in rendered.items():
        if key not in there:
            db.session.add(Speech(language=language, key=key, data=data))
    db.session.flush()


def drop_speech(language: str, wanted: Iterable[str]) -> None:
    """Remove the sound of words that no survey has any more (in the caller's write transaction)."""
    spare: set[str] = set(queries.spoken_keys(language)) - set(wanted)
    for start in range(0, len(spare), 500):
        some = sorted(spare)[start : start + 500]
        db.session.execute(sa.delete(Speech).where(Speech.language == language, Speech.key.in_(some)))


def id_of(slug: str) -> uuid.UUID:
    """The id of an item, for its trail; raises NotFound."""
    row = queries.get_item(slug)
    if row is None:
        raise NotFound(slug)
    return row.id
