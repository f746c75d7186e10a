"""One door for every file: which kind it is by its content, and what becomes of it."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from engage.adapters.media import pdfs, photos
from engage.adapters.media.kinds import MB, File, NotTaken, NotThis

_MAKERS: Final[Mapping[str, Callable[[bytes], File]]] = {
    "photo": photos.remade,
    "pdf": pdfs.checked,
}

MOST_BYTES: Final = 12 * MB
"""The most bytes of all files sent with one answer."""

ACCEPT: Final[Mapping[str, str]] = {
    "photo": "image/jpeg,image/png,image/webp",
    "pdf": "application/pdf",
}
"""What a file control offers for each kind. iPhones turn their own format into JPEG where only these are named."""


def take(data: bytes, kinds: Collection[str]) -> File:
    """The file as it may be kept, where it is one of `kinds`; else `NotTaken` says why."""
    if not data:
        raise NotTaken("file_broken")
    refusal: NotTaken = NotTaken("file_broken")
    for kind in kinds:
        try:
            return _MAKERS[kind](data)
        except NotThis as other:
            refusal = other
    raise refusal
