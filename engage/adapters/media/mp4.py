"""MP4 sound (M4A): what Apple's recorders write. Boxes that play are kept, all others become empty space in place.

Other boxes hold titles, places, names, pictures; those that are kept hold times and a free name, which are blanked
(ISO/IEC 14496-12). Nothing moves, so the offsets inside stay right. What stands between the samples is not looked at.
"""

import struct
from collections.abc import Iterator
from typing import Final

from engage.adapters.media.kinds import File, NotTaken, NotThis

_HOLDS: Final = {
    b"": {b"ftyp", b"moov", b"mdat", b"moof"},
    b"moov": {b"mvhd", b"trak", b"mvex"},
    b"trak": {b"tkhd", b"edts", b"mdia"},
    b"edts": {b"elst"},
    b"mdia": {b"mdhd", b"hdlr", b"minf"},
    b"minf": {b"smhd", b"dinf", b"stbl"},
    b"dinf": {b"dref"},
    b"stbl": {b"stsd", b"stts", b"stsc", b"stsz", b"stco", b"co64", b"sgpd", b"sbgp"},
    b"mvex": {b"mehd", b"trex"},
    b"moof": {b"mfhd", b"traf"},
    b"traf": {b"tfhd", b"tfdt", b"trun"},
}
_TIMED: Final = {b"mvhd", b"tkhd", b"mdhd"}
_CODECS: Final = {b"mp4a", b"Opus"}
_MOST_DEEP: Final = 8
_MOST_BOXES: Final = 100_000


def is_mp4(data: bytes) -> bool:
    return data[4:8] == b"ftyp"


def boxes(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[int, bytes, int, int]]:
    """(where it begins, kind, where its content begins, where it ends) of every box between `start` and `end`."""
    seen = 0
    while start < end:
        seen += 1
        head, stop = _extent(data, start, end)
        if seen > _MOST_BOXES:
            raise NotTaken("file_broken")
        yield start, bytes(data[start + 4 : start + 8]), head, stop
        start = stop


def empty(made: bytearray, start: int, head: int, stop: int) -> None:
    """Make a box empty space of the same size."""
    made[start + 4 : start + 8] = b"free"
    made[head:stop] = bytes(stop - head)


def remade(data: bytes) -> File:
    """The recording with its notes blanked; `NotTaken` for one that is broken or not one track of sound."""
    if not is_mp4(data):
        raise NotThis("file_not_audio")
    made = bytearray(data)
    found: dict[bytes, list[bytes]] = {}
    try:
        _blank(made, 0, len(made), (b"",), found)
        _require_sound(found)
        seconds = _seconds(found[b"mvhd"][0])
    except (IndexError, KeyError, struct.error):
        raise NotTaken("file_broken") from None
    return File("audio/mp4", bytes(made), seconds)


def _blank(made: bytearray, start: int, end: int, inside: tuple[bytes, ...], found: dict[bytes, list[bytes]]) -> None:
    """Go through the boxes between `start` and `end`, which lie in boxes of the kinds `inside`."""
    for at, kind, head, stop in boxes(made, start, end):
        if kind not in _HOLDS[inside[-1]]:
            empty(made, at, head, stop)
        elif kind in _HOLDS and len(inside) < _MOST_DEEP:
            _blank(made, head, stop, (*inside, kind), found)
        else:
            blank_inside(made, kind, head, stop)
            found.setdefault(kind, []).append(b"" if kind == b"mdat" else bytes(made[head:stop]))


def _extent(made: bytes | bytearray, start: int, end: int) -> tuple[int, int]:
    """(where the content of the box at `start` begins, where it ends)."""
    if start + 8 > end:
        raise NotTaken("file_broken")
    size, head = int.from_bytes(made[start : start + 4], "big"), start + 8
    if size == 1:  # a large box: its size stands in the next eight bytes
        size, head = int.from_bytes(made[head : head + 8], "big"), head + 8
    stop = end if size == 0 else start + size
    if stop > end or stop < head:
        raise NotTaken("file_broken")
    return head, stop


def blank_inside(made: bytearray, kind: bytes, head: int, stop: int) -> None:
    """Take the times out of a head, the free name out of a handler, and other files' addresses out of a reference."""
    if kind in _TIMED and stop - head >= 20:
        length = 16 if made[head] else 8
        made[head + 4 : head + 4 + length] = bytes(length)
    elif kind == b"hdlr" and stop - head > 24:
        made[head + 24 : stop] = bytes(stop - head - 24)
    elif kind == b"dref" and stop - head >= 20:
        here = struct.pack(">I4sI", stop - head - 8, b"url ", 1)  # one reference: the samples lie in this file
        made[head:stop] = struct.pack(">II", 0, 1) + here + bytes(stop - head - 20)


def _require_sound(found: dict[bytes, list[bytes]]) -> None:
    handlers = [content[8:12] for content in found.get(b"hdlr", [])]
    codecs = [content[12:16] for content in found.get(b"stsd", [])]
    if handlers != [b"soun"] or len(codecs) != 1 or codecs[0] not in _CODECS:
        raise NotTaken("file_not_audio")
    if b"mdat" not in found:
        raise NotTaken("file_broken")


def _seconds(head: bytes) -> float | None:
    """How long the head of the film says it lasts; None where it says nothing, as a recorder's does while it writes."""
    rate, lasts = struct.unpack_from(">IQ", head, 20) if head[0] else struct.unpack_from(">II", head, 12)
    return lasts / rate if rate and lasts else None
