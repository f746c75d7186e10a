"""Pictures for people to look at: drawn anew as WebP, so that nothing of the file that came is ever served.

Where a photo was taken, with what, and whatever else a file may carry are gone with it. SVG is refused: it is a program
as much as a picture.
"""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

MEDIA_TYPE: Final = "image/webp"
LONGEST_SIDE: Final = 1200
_MOST_PIXELS: Final = 40_000_000
_FORMATS: Final = ("PNG", "JPEG", "WEBP")
_QUALITY: Final = 84


class NotAPicture(ValueError):
    """The file is no picture that can be used: `why` is `not_a_picture` or `too_many_pixels`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Picture:
    """A WebP file with its size in pixels."""

    data: bytes
    width: int
    height: int


def drawn_anew(data: bytes) -> Picture:
    """The same picture, upright, at most LONGEST_SIDE pixels a side, with nothing beside it; see-through parts stay."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise NotAPicture("too_many_pixels")
            upright = ImageOps.exif_transpose(opened)
            plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except NotAPicture:
        raise
    except Exception:  # noqa: BLE001 - a decoder fed with anything raises anything (as struct.error for a broken turn)
        raise NotAPicture("not_a_picture") from None
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    written = io.BytesIO()
    clean.save(written, "WEBP", quality=_QUALITY, method=4)
    return Picture(written.getvalue(), clean.width, clean.height)
