"""What the pages of the library and of surveys are given of an item."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import lazy_gettext as _l

from engage.core import languages
from engage.listening.library.kinds import ItemKind
from engage.listening.library.queries import ItemRow
from engage.rules.questionnaire.signed import SIGNED

KINDS = {ItemKind.PICTURE: _l("Picture"), ItemKind.SOUND: _l("Recording"), ItemKind.FILM: _l("Film")}


@dataclass(frozen=True)
class Track:
    """The captions of a film in one language."""

    language: str
    name: str
    href: str


@dataclass(frozen=True)
class Media:
    """A picture, a recording or a film as a page shows it. `words`: alternative text, or what is said or signed."""

    slug: str
    kind: str
    href: str
    media_type: str
    words: str
    words_language: str
    width: int
    height: int
    tracks: tuple[Track, ...] = ()
    is_signed: bool = False


def media_of(row: ItemRow, language: str) -> Media:
    """The item for a reader of `language`."""
    spoken = next((code for code in (language, "en", *row.words) if row.words.get(code)), "")
    return Media(
        slug=row.slug,
        kind=row.kind.value,
        href=url_for("media.file", name=row.slug, file=row.file),
        media_type=row.media_type,
        words=row.say(language),
        words_language="" if spoken == language else spoken,
        width=row.width,
        height=row.height,
        tracks=tuple(_track(row, code) for code in sorted(row.captions, key=lambda code: (code != language, code))),
        is_signed=row.language == SIGNED,
    )


def _track(row: ItemRow, code: str) -> Track:
    file = f"{row.file.partition('.')[0]}.{code}.vtt"
    return Track(code, languages.get(code).name, url_for("media.file", name=row.slug, file=file))


def language_name(code: str) -> str:
    """What staff read for the language of a recording."""
    return str(_l("British Sign Language")) if code == SIGNED else languages.get(code).english_name if code else ""
