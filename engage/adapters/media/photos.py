"""Photos and drawings: opened only as the kinds named here, turned upright, and made anew from their pixels alone.

What a camera writes beside the pixels (place, time, device, thumbnails, comments, colour profiles) is never copied, and
neither is anything hidden before, behind or between them: the new file holds what can be seen and nothing else.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

from PIL import Image, ImageFile, ImageOps

from engage.adapters.media.kinds import MB, File, NotTaken, NotThis

FORMATS: Final = ("JPEG", "PNG", "WEBP")
MOST_BYTES: Final = 12 * MB
# A decoded picture takes up to four bytes a dot. A JPEG is decoded at a fraction of its size, so it may have more.
# (MPO is what Pillow calls a JPEG with further pictures behind the first, as many phones write them.)
MOST_DOTS: Final = {"JPEG": 40_000_000, "MPO": 40_000_000, "PNG": 24_000_000, "WEBP": 24_000_000}
LONGEST_SIDE: Final = 2000
_LARGEST_PNG: Final = 2 * MB
_QUALITY: Final = 85
_NO_MEMORY: Final = "out of memory"  # how the library begins what it says of itself; it gives no number with it

# Decoding is what costs memory: no more than two at once in one process.
_turn = threading.BoundedSemaphore(2)


def is_photo(data: bytes) -> bool:
    """Whether the first bytes are those of a JPEG, PNG or WebP."""
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def remade(data: bytes) -> File:
    """The picture made anew; `NotTaken` for one that is broken, no picture, or too large to open."""
    if not is_photo(data):
        raise NotThis("file_not_photo")
    if len(data) > MOST_BYTES:
        raise NotTaken("file_too_large", most=MOST_BYTES // MB)
    with _careful(), _turn:
        return _remade(data)


def dots(data: bytes) -> int:
    """How many dots its head says it has, without decoding any; 0 for what is no picture, `NotTaken` as `remade`."""
    if not is_photo(data):
        return 0
    with _careful(), Image.open(BytesIO(data), formats=FORMATS) as opened:
        return opened.width * opened.height


@contextmanager
def _careful() -> Iterator[None]:
    """Whatever is the file's fault becomes `NotTaken`; what is ours (no memory, no disk) goes through."""
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotTaken("file_too_many_dots") from None
    except (NotTaken, MemoryError):
        raise
    except Exception as error:  # a decoder fed with anything raises anything; its message may quote the file
        if isinstance(error, OSError) and (error.errno is not None or str(error).startswith(_NO_MEMORY)):
            raise
        raise NotTaken("file_broken") from None


def _remade(data: bytes) -> File:
    # The printing library lets half a picture pass for a whole one, in this process too.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(BytesIO(data), formats=FORMATS) as opened:
        kind = opened.format or ""
        if opened.width * opened.height > MOST_DOTS[kind]:
            raise NotTaken("file_too_many_dots")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        is_clear = "A" in upright.getbands() or "transparency" in upright.info
        plain = upright.convert("RGBA" if is_clear else "RGB")
    # A new picture of the same dots: whatever the old one carried beside them stays behind.
    clean = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    return _written(_on_paper(clean), as_png=kind == "PNG")


def _on_paper(picture: Image.Image) -> Image.Image:
    """The picture on white where it is see-through: a drawing in black would vanish on a dark page."""
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture).convert("RGB")


def _written(picture: Image.Image, *, as_png: bool) -> File:
    """Drawings stay sharp as PNG; a photograph that came as PNG would be huge as one."""
    if as_png:
        drawn = _saved(picture, "PNG", optimize=False)
        if len(drawn) <= _LARGEST_PNG:
            return File("image/png", drawn)
    return File("image/jpeg", _saved(picture, "JPEG", quality=_QUALITY, optimize=True))


def _saved(picture: Image.Image, kind: str, **options: int) -> bytes:
    written = BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()
