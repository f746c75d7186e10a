"""One door for every file: which kind it is by its content, and what becomes of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from engage.adapters.media import mp3, mp4, mp4_film, ogg, pdfs, photos, wav, webm, webm_film
from engage.adapters.media.kinds import MB, File, NotTaken, NotThis

_SOUNDS: Final = (webm.remade, ogg.remade, mp4.remade, wav.remade, mp3.remade)
_FILMS: Final = (mp4_film.remade, webm_film.remade)
_MOST_SOUND: Final = 6 * MB
_GRACE: Final = 5  # seconds that a recording may last over: a browser stops it a moment late


def sound(data: bytes) -> File:
    """A recording as it may be kept, however long; else `NotTaken`."""
    return _first(_SOUNDS, data, "file_not_audio")


def film(data: bytes) -> File:
    """A film as it may be kept; `NotThis` for what is none, `NotTaken` for one that notes cannot be taken out of."""
    return _first(_FILMS, data, "file_broken")


def _first(makers: Sequence[Callable[[bytes], File]], data: bytes, otherwise: str) -> File:
    for remade in makers:
        try:
            return remade(data)
        except NotThis:
            continue
    raise NotThis(otherwise)


def _sound(data: bytes) -> File:
    if len(data) > _MOST_SOUND:
        raise NotTaken("file_too_large", most=_MOST_SOUND // MB)
    return sound(data)


_MAKERS: Final[Mapping[str, Callable[[bytes], File]]] = {
    "photo": photos.remade,
    "pdf": pdfs.checked,
    "audio": _sound,
}

MOST_BYTES: Final = 12 * MB
"""The most bytes of all files sent with one answer."""

ACCEPT: Final[Mapping[str, str]] = {
    "photo": "image/jpeg,image/png,image/webp",
    "pdf": "application/pdf",
    "audio": "audio/*,.m4a,.mp3,.ogg,.opus,.wav,.webm",
}
"""What a file control offers for each kind. iPhones turn their own format into JPEG where only these are named."""


def most_mb(kind: str) -> int:
    """The most MB that one file of this kind can have."""
    most = {"photo": photos.MOST_BYTES, "pdf": pdfs.MOST_BYTES, "audio": _MOST_SOUND}
    return most[kind] // MB


def take(data: bytes, kinds: Collection[str], seconds: int | None = None) -> File:
    """The file as it may be kept, where it is one of `kinds` and lasts at most `seconds`; else `NotTaken`."""
    if not data:
        raise NotTaken("file_broken")
    refusal: NotTaken = NotTaken("file_broken")
    for kind in kinds:
        try:
            file = _MAKERS[kind](data)
        except NotThis as other:
            refusal = other
            continue
        if seconds and file.seconds and file.seconds > seconds + _GRACE:
            raise NotTaken("file_too_long", most=seconds)
        return file
    raise refusal
