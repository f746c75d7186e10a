"""Files of a test: a small picture, a recording and a film by their first bytes, and things in a library."""

import io
import uuid

from flask import Flask
from PIL import Image

from engage.core.transaction import transaction
from engage.listening.library import service
from engage.listening.library.kinds import ItemKind
from engage.listening.library.service import NewItem
from tests.support.apps import within

VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nHow safe do you feel at home?\n"


def picture(*, where: bool = False, kind: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    """A picture; `where` writes a place and a phone into it, as a camera does."""
    made, notes = io.BytesIO(), Image.Exif()
    if where:
        notes[0x010F] = "PhoneOfTheChild"
        notes.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", size, "teal").save(made, kind, exif=notes.tobytes() if where else b"")
    return made.getvalue()


def box(kind: bytes, content: bytes = b"") -> bytes:
    """A box of an MP4 file."""
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def film(notes: bytes = b"", frames: int = 40) -> bytes:
    """An MP4 film as far as its boxes: brand, then a head with notes, then frames."""
    head = box(b"moov", box(b"mvhd", b"\0" * 20) + box(b"udta", notes) + box(b"trak", box(b"meta", notes)))
    return box(b"ftyp", b"isom\0\0\0\0") + head + box(b"mdat", bytes(range(256)) * frames)


def sound() -> bytes:
    """An MP3 as far as its first frame, with a tag in front and one behind."""
    return b"ID3\x04\0\0\0\0\0\x08MyNameIs" + b"\xff\xfb\x90\x00" + b"\0" * 400 + b"TAG" + b"n" * 125


def add(app: Flask, partnership: uuid.UUID, kind: ItemKind, title: str, **more: object) -> str:
    """Something in the library of a partnership; its slug."""
    files = {ItemKind.PICTURE: picture(), ItemKind.SOUND: sound(), ItemKind.FILM: film(frames=4000)}
    given: dict[str, object] = {
        "words": {"en": f"Words of {title}"},
        "permitted_by": "Everybody in it",
        "captions": {"en": VTT} if kind is ItemKind.FILM else {},
        "language": "bfi" if kind is ItemKind.FILM else "en",
        **more,
    }
    with within(app, partnership), transaction():
        return service.add_item(NewItem(title, kind, files[kind], **given))  # type: ignore[arg-type]
