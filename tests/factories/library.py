"""Files of a test: a small picture, a recording and a film, and things in a library."""

import functools
import io
import uuid
from typing import Any

from flask import Flask
from PIL import Image

from engage.core.transaction import transaction
from engage.listening.library import service
from engage.listening.library.kinds import ItemKind
from engage.listening.library.service import NewItem
from tests.support import films, sounds
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


@functools.cache
def film(frames: int = 40) -> bytes:
    """An MP4 film with notes in it; a long one takes long to write, so it is written once."""
    return films.mp4(frames=frames)


def sound() -> bytes:
    """An MP3 with tags in front, between and behind."""
    return sounds.mp3()


def add(app: Flask, partnership: uuid.UUID, kind: ItemKind, title: str, **more: Any) -> str:
    """Something in the library of a partnership; its slug."""
    file = {ItemKind.PICTURE: picture, ItemKind.SOUND: sound, ItemKind.FILM: functools.partial(film, 8000)}[kind]()
    given: dict[str, Any] = {
        "words": {"en": f"Words of {title}"},
        "permitted_by": "Everybody in it",
        "captions": {"en": VTT} if kind is ItemKind.FILM else {},
        "language": "bfi" if kind is ItemKind.FILM else "en",
        **more,
    }
    with within(app, partnership), transaction():
        return service.add_item(NewItem(title, kind, file, **given))
