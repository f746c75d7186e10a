"""MP4 film: what plays is kept, all else becomes empty space in place, and so do samples that no kept track has.

A phone writes where it was into tracks of their own beside picture and sound: those go, with what they point at. Only
films in one piece are taken (ISO/IEC 14496-12, no fragments): of others nobody here could say what a byte belongs to.
"""

import struct
from collections.abc import Iterator
from typing import Final

from engage.adapters.media.kinds import File, NotTaken, NotThis
from engage.adapters.media.mp4 import blank_inside, boxes, empty

_HOLDS: Final = {
    b"moov": {b"mvhd", b"trak"},
    b"trak": {b"tkhd", b"edts", b"mdia"},
    b"edts": {b"elst"},
    b"mdia": {b"mdhd", b"hdlr", b"minf"},
    b"minf": {b"vmhd", b"smhd", b"dinf", b"stbl"},
    b"dinf": {b"dref"},
    b"stbl": {
        b"stsd", b"stts", b"ctts", b"cslg", b"stss", b"sdtp", b"stsc", b"stsz", b"stco", b"co64", b"sgpd", b"sbgp",
    },
}  # fmt: skip
_PICTURE: Final = {b"avc1", b"avc3", b"hvc1", b"hev1", b"av01", b"vp09"}
_SOUND: Final = {b"mp4a", b"Opus"}
_OF_A_PICTURE: Final = {b"avcC", b"hvcC", b"av1C", b"vpcC", b"pasp", b"colr", b"clap", b"fiel", b"btrt"}
_PICTURE_HEAD: Final = 78  # bytes before the boxes of a picture's description, 32 of them a free name
_NAME_AT: Final = 42
_MOST_CHUNKS: Final = 200_000
_SOUND_BRANDS: Final = {b"M4A ", b"M4B "}


def is_film(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] not in _SOUND_BRANDS


def remade(data: bytes) -> File:
    """The film with nothing but picture and sound; `NotTaken` for one that is broken, in fragments or shows nothing."""
    if not is_film(data):
        raise NotThis("file_broken")
    made = bytearray(data)
    try:
        _blank_around(made)
        kept = sorted(span for tables in _tracks(made) for span in _samples(tables))
        _blank_between(made, kept)
    except (IndexError, KeyError, struct.error):
        raise NotTaken("file_broken") from None
    return File("video/mp4", bytes(made))


def _blank_around(made: bytearray) -> None:
    """Leave the brand, the one head of the film and the samples: everything else at the top is empty space."""
    tops = [kind for _start, kind, _head, _stop in boxes(made, 0, len(made))]
    if b"moof" in tops or tops.count(b"moov") != 1:
        raise NotTaken("file_broken")
    for start, kind, head, stop in boxes(made, 0, len(made)):
        if kind == b"moov":
            _blank(made, head, stop, kind)
        elif kind not in {b"ftyp", b"mdat"}:
            empty(made, start, head, stop)


def _blank(made: bytearray, start: int, end: int, inside: bytes) -> None:
    for at, kind, head, stop in boxes(made, start, end):
        if kind not in _HOLDS[inside] or (kind == b"trak" and not _plays(made, head, stop)):
            empty(made, at, head, stop)
        elif kind in _HOLDS:
            _blank(made, head, stop, kind)
        elif kind == b"stsd":
            _blank_description(made, head, stop)
        else:
            blank_inside(made, kind, head, stop)


def _plays(made: bytearray, start: int, end: int) -> bool:
    """Whether a track is picture or sound, and not places, times, titles or chapters."""
    return _one(made, (start, end), b"mdia", b"hdlr")[8:12] in {b"vide", b"soun"}


def _blank_description(made: bytearray, head: int, stop: int) -> None:
    """Take the free name and unknown boxes out of what describes a track's samples."""
    for _start, kind, inner, end in boxes(made, head + 8, stop):
        if kind in _PICTURE and end - inner >= _PICTURE_HEAD:
            made[inner + _NAME_AT : inner + _NAME_AT + 32] = bytes(32)
            parts = boxes(made, inner + _PICTURE_HEAD, end)
            for at, content, after in [(at, head, stop) for at, part, head, stop in parts if part not in _OF_A_PICTURE]:
                empty(made, at, content, after)
        elif kind not in _SOUND:
            raise NotTaken("file_broken")


def _tracks(made: bytearray) -> list[dict[bytes, bytes]]:
    """The tables of each kept track. `NotTaken` where none is a picture."""
    [(head, stop)] = [(head, stop) for _at, kind, head, stop in boxes(made, 0, len(made)) if kind == b"moov"]
    spans = [(inner, end) for _at, kind, inner, end in boxes(made, head, stop) if kind == b"trak"]
    if not any(_one(made, span, b"mdia", b"hdlr")[8:12] == b"vide" for span in spans):
        raise NotTaken("file_broken")
    return [_tables(made, span) for span in spans]


def _tables(made: bytearray, span: tuple[int, int]) -> dict[bytes, bytes]:
    start, stop = _span(made, span, b"mdia", b"minf", b"stbl")
    return {kind: bytes(made[head:end]) for _at, kind, head, end in boxes(made, start, stop)}


def _span(made: bytearray, span: tuple[int, int], *way: bytes) -> tuple[int, int]:
    """Where the content of the box at the end of this way lies; KeyError where there is none."""
    for wanted in way:
        found = [(head, stop) for _at, kind, head, stop in boxes(made, *span) if kind == wanted]
        if len(found) != 1:
            raise KeyError(wanted)
        span = found[0]
    return span


def _one(made: bytearray, span: tuple[int, int], *way: bytes) -> bytes:
    start, stop = _span(made, span, *way)
    return bytes(made[start:stop])


def _samples(tables: dict[bytes, bytes]) -> Iterator[tuple[int, int]]:
    """(begin, end) of each chunk of samples, by the tables of a track (14496-12, 8.7)."""
    name, form, width = (b"co64", ">Q", 8) if b"co64" in tables else (b"stco", ">I", 4)
    chunks = [at for (at,) in struct.iter_unpack(form, _rows(tables[name], width))]
    runs = list(struct.iter_unpack(">III", _rows(tables[b"stsc"], 12)))
    firsts = [first for first, _each, _description in runs]
    if firsts != sorted(set(firsts)) or len(chunks) > _MOST_CHUNKS or 0 in firsts:
        raise NotTaken("file_broken")
    same, _count = struct.unpack_from(">II", tables[b"stsz"], 4)
    sizes = [size for (size,) in struct.iter_unpack(">I", tables[b"stsz"][12 : len(tables[b"stsz"]) // 4 * 4])]
    taken = 0
    for number, (first, each, _description) in enumerate(runs):
        last = runs[number + 1][0] - 1 if number + 1 < len(runs) else len(chunks)
        for at in chunks[first - 1 : last]:
            length = same * each if same else sum(sizes[taken : taken + each])
            taken += each
            yield at, at + length


def _rows(table: bytes, size: int) -> bytes:
    """The rows of a table behind its version and count, whole ones only."""
    (count,) = struct.unpack_from(">I", table, 4)
    return table[8 : 8 + min(count * size, (len(table) - 8) // size * size)]


def _blank_between(made: bytearray, kept: list[tuple[int, int]]) -> None:
    """Blank every byte of the samples' boxes that no kept track points at."""
    for _at, kind, head, stop in list(boxes(made, 0, len(made))):
        if kind == b"mdat":
            _blank_rest(made, head, stop, kept)


def _blank_rest(made: bytearray, head: int, stop: int, kept: list[tuple[int, int]]) -> None:
    for start, end in kept:
        if start < stop and end > head:
            made[head : max(head, min(start, stop))] = bytes(max(0, min(start, stop) - head))
            head = max(head, min(end, stop))
    made[head:stop] = bytes(stop - head)
