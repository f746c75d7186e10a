"""Ogg with Opus: page by page anew, with an empty page of comments in place of theirs (RFC 3533, RFC 7845).

Comments are where titles, names, places and pictures stand. Other codecs keep theirs beside what they need to play,
so they are refused.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from engage.adapters.media.kinds import File, NotTaken, NotThis

_HEAD: Final = struct.Struct("<4sBBqIIIB")
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_OPUS_HEAD: Final = 19
_NO_COMMENTS: Final = b"OpusTags" + struct.pack("<I", 1) + b"-" + struct.pack("<I", 0)
_TURNED: Final = bytes(int(f"{value:08b}"[::-1], 2) for value in range(256))


class _Page(NamedTuple):
    flags: int
    granule: int
    lengths: bytes
    body: bytes


def is_ogg(data: bytes) -> bool:
    return data.startswith(b"OggS")


def remade(data: bytes) -> File:
    """The recording written anew; `NotTaken` for one that is broken or holds anything but one Opus stream."""
    if not is_ogg(data):
        raise NotThis("file_not_audio")
    pages = list(_pages(data))
    head = pages[0].body if pages else b""
    if not head.startswith(b"OpusHead") or len(head) < _OPUS_HEAD or head[9] not in {1, 2} or head[18] != 0:
        raise NotTaken("file_not_audio")
    sound = _after_comments(pages)
    if not sound:
        raise NotTaken("file_broken")
    new = [_page_of(_FIRST, head[:_OPUS_HEAD]), _page_of(0, _NO_COMMENTS)]
    new += [page._replace(flags=page.flags & (_CONTINUED | _LAST)) for page in sound]
    last = max(page.granule for page in sound)
    skipped = int.from_bytes(head[10:12], "little")
    return File("audio/ogg", b"".join(_written(new)), max(0, last - skipped) / 48_000)


def _pages(data: bytes) -> Iterator[_Page]:
    """The pages of the one stream there may be; a cut-off last one is left out."""
    at, only = 0, None
    while at + _HEAD.size <= len(data):
        mark, version, flags, granule, serial, _number, _sum, count = _HEAD.unpack_from(data, at)
        start = at + _HEAD.size
        lengths = data[start : start + count]
        body = data[start + count : start + count + sum(lengths)]
        if mark != b"OggS" or version:
            raise NotTaken("file_broken")
        if only is not None and serial != only:
            raise NotTaken("file_not_audio")
        if len(lengths) < count or len(body) < sum(lengths):
            return
        only = serial
        yield _Page(flags, granule, lengths, body)
        at = start + count + len(body)


def _after_comments(pages: list[_Page]) -> list[_Page]:
    """The pages behind the comments, which end with their page; the first of them must be comments."""
    if len(pages) < 3 or not pages[1].body.startswith(b"OpusTags"):
        raise NotTaken("file_broken")
    for number, page in enumerate(pages[1:], start=1):
        if any(length < 255 for length in page.lengths):
            if page.lengths.find(min(page.lengths)) != len(page.lengths) - 1 and page.lengths[-1] == 255:
                raise NotTaken("file_broken")
            return pages[number + 1 :]
    return []


def _page_of(flags: int, packet: bytes) -> _Page:
    return _Page(flags, 0, bytes([len(packet)]), packet)


def _written(pages: list[_Page]) -> Iterator[bytes]:
    for number, page in enumerate(pages):
        head = _HEAD.pack(b"OggS", 0, page.flags, page.granule, 1, number, 0, len(page.lengths)) + page.lengths
        whole = head + page.body
        yield whole[:22] + _checksum(whole).to_bytes(4, "little") + whole[26:]


def _checksum(page: bytes) -> int:
    """Ogg's CRC: the common one with its bits the other way round and no start or end value, so that C code does it."""
    turned = zlib.crc32(page.translate(_TURNED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{turned:032b}"[::-1], 2)
