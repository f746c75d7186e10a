"""Files that people send, made in memory: good ones, and every bad one that should be refused."""

import random
import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

PLACE = b"51.5007N 0.1246W Sam's phone"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def noisy_photo(side: int = 600) -> bytes:
    """A PNG (of a megabyte where `side` is 600) in which every byte occurs all over, as in a camera's picture."""
    made = BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(7).randbytes(side * side * 3)).save(made, "PNG")
    return made.getvalue()


def telling_photo() -> bytes:
    """A JPEG that lies on its side and says where, when and with what it was taken, in every way a JPEG can."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise to look at it
    exif[0x010F] = PLACE.decode()
    exif[0x9003] = "2026:11:20 16:04:11"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 2.5)
    return picture(exif=exif, comment=PLACE, icc_profile=PLACE * 10) + b"\xff\xd9" + PLACE


def telling_png() -> bytes:
    """A PNG with words beside its dots."""
    words = b"Author\0" + PLACE
    chunk = struct.pack(">I", len(words)) + b"tEXt" + words + struct.pack(">I", zlib.crc32(b"tEXt" + words))
    plain = picture("PNG")
    return plain[:33] + chunk + plain[33:] + PLACE


def claimed_size(width: int, height: int) -> bytes:
    """A small PNG that says it is `width` x `height`: opening it would take that many dots."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><title>x</title><script>alert(document.cookie)</script>"
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
ZIP = b"PK\x03\x04" + b"\0" * 60
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 1\ntrailer << >>\nstartxref\n9\n%%EOF\n"
