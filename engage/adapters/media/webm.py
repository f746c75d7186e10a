"""WebM with Opus: what a browser's own recorder writes. Written anew with its sound and nothing else.

Only the elements named here are copied (element ids: RFC 9559, Matroska; EBML itself: RFC 8794). Title, dates, the
program's name, tags, chapters, pictures and empty space are left behind, and whatever stands after the end.
"""

import struct
from collections.abc import Container, Iterator
from typing import Final, NamedTuple

from engage.adapters.media.kinds import File, NotTaken, NotThis

_HEAD: Final = 0x1A45DFA3
_SEGMENT: Final = 0x18538067
_INFO, _SCALE, _DURATION, _MUXER, _WRITER = 0x1549A966, 0x2AD7B1, 0x4489, 0x4D80, 0x5741
_TRACKS, _TRACK, _NUMBER, _UID, _TYPE = 0x1654AE6B, 0xAE, 0xD7, 0x73C5, 0x83
_CODEC, _PRIVATE, _DELAY, _PREROLL = 0x86, 0x63A2, 0x56AA, 0x56BB
_AUDIO, _RATE, _CHANNELS = 0xE1, 0xB5, 0x9F
_CLUSTER, _TIME, _SIMPLE, _GROUP, _BLOCK = 0x1F43B675, 0xE7, 0xA3, 0xA0, 0xA1
_MASTERS: Final = {_SEGMENT, _TRACKS, _TRACK, _CLUSTER, _GROUP, _INFO}
_MOST_ELEMENTS: Final = 200_000
_OPUS_HEAD: Final = 19
_LONGEST_NUMBER: Final = 8  # bytes (RFC 8794, 7.2)
_NANOSECONDS: Final = 1_000_000  # one tick is a millisecond, as recorders write it


class _Element(NamedTuple):
    id: int
    data: bytes


class Place(NamedTuple):
    """Where an element stands: its head from `start`, what it holds from `body` to `end`."""

    id: int
    start: int
    body: int
    end: int


class _Packet(NamedTuple):
    milliseconds: int
    data: bytes


def is_webm(data: bytes) -> bool:
    return data.startswith(b"\x1a\x45\xdf\xa3")


def remade(data: bytes) -> File:
    """The recording written anew; `NotTaken` for one that is broken or not one Opus track."""
    if not is_webm(data):
        raise NotThis("file_not_audio")
    try:
        elements = list(_walk(data))
        private = _opus_head(elements)
        packets = list(_packets(elements))
    except (IndexError, struct.error):
        raise NotTaken("file_broken") from None
    if not packets:
        raise NotTaken("file_broken")
    return File("audio/webm", _written(private, packets), (packets[-1].milliseconds + 20) / 1000)


def places(data: bytes, opened: Container[int]) -> tuple[list[Place], int]:
    """Every element, those of `opened` before what they hold; and where the last whole one ends."""
    found: list[Place] = []
    at = 0
    while at < len(data):
        if len(found) == _MOST_ELEMENTS:
            raise NotTaken("file_broken")
        element, after = _id(data, at)
        size, body = _size(data, after)
        if element in opened:
            found.append(Place(element, at, body, body))
            at = body
            continue
        if size is None or body + size > len(data):
            break
        found.append(Place(element, at, body, body + size))
        at = body + size
    return found, at


def _walk(data: bytes) -> Iterator[_Element]:
    """Every element, those that hold others before what they hold. A cut-off last one is left out."""
    return (_Element(place.id, data[place.body : place.end]) for place in places(data, _MASTERS)[0])


def _id(data: bytes, at: int) -> tuple[int, int]:
    length = _length(data[at], 4)
    return int.from_bytes(data[at : at + length], "big"), at + length


def _size(data: bytes, at: int) -> tuple[int | None, int]:
    """The size that is written at `at` (None: unknown, as recorders write it for what grows), and where it ends."""
    length = _length(data[at], 8)
    value = int.from_bytes(data[at : at + length], "big") & ((1 << 7 * length) - 1)
    return None if value == (1 << 7 * length) - 1 else value, at + length


def _length(first: int, most: int) -> int:
    length = 9 - first.bit_length()
    if length > most:
        raise NotTaken("file_broken")
    return length


def _opus_head(elements: list[_Element]) -> bytes:
    """The head of the one track there is: its first 19 bytes, channels and levels and no words (RFC 7845)."""
    by_id = {element.id: element.data for element in elements}
    codecs = [element.data.rstrip(b"\0") for element in elements if element.id == _CODEC]
    types = [int.from_bytes(element.data, "big") for element in elements if element.id == _TYPE]
    if codecs != [b"A_OPUS"] or types != [2]:
        raise NotTaken("file_not_audio")
    head = by_id.get(_PRIVATE, b"")
    if not head.startswith(b"OpusHead") or len(head) < _OPUS_HEAD or head[9] not in {1, 2} or head[18] != 0:
        raise NotTaken("file_not_audio")
    if by_id.get(_SCALE, b"\x0f\x42\x40") != b"\x0f\x42\x40":
        raise NotTaken("file_not_audio")
    return head[:_OPUS_HEAD]


def _packets(elements: list[_Element]) -> Iterator[_Packet]:
    start = 0
    for element in elements:
        if element.id == _TIME:
            if len(element.data) > _LONGEST_NUMBER:
                raise NotTaken("file_broken")
            start = int.from_bytes(element.data, "big")
        elif element.id in {_SIMPLE, _BLOCK}:
            number, after = _size(element.data, 0)
            if number is None or element.data[after + 2] & 0x06:
                raise NotTaken("file_not_audio")  # several packets in one block: no recorder of speech writes that
            (offset,) = struct.unpack_from(">h", element.data, after)
            yield _Packet(max(0, start + offset), element.data[after + 3 :])


def _written(head: bytes, packets: list[_Packet]) -> bytes:
    top = _element(
        _HEAD,
        _number(0x4286, 1) + _number(0x42F7, 1) + _number(0x42F2, 4) + _number(0x42F3, 8)
        + _element(0x4282, b"webm") + _number(0x4287, 4) + _number(0x4285, 2),
    )  # fmt: skip
    info = _element(
        _INFO,
        _number(_SCALE, _NANOSECONDS) + _element(_MUXER, b"-") + _element(_WRITER, b"-")
        + _element(_DURATION, struct.pack(">d", packets[-1].milliseconds + 20)),
    )  # fmt: skip
    delay = int.from_bytes(head[10:12], "little") * 1_000_000_000 // 48_000
    sound = _element(_AUDIO, _element(_RATE, struct.pack(">d", 48_000.0)) + _number(_CHANNELS, head[9]))
    track = _element(
        _TRACK,
        _number(_NUMBER, 1) + _number(_UID, 1) + _number(_TYPE, 2) + _element(_CODEC, b"A_OPUS")
        + _element(_PRIVATE, head) + _number(_DELAY, delay) + _number(_PREROLL, 80_000_000) + sound,
    )  # fmt: skip
    return top + _element(_SEGMENT, info + _element(_TRACKS, track) + b"".join(_clusters(packets)))


def _clusters(packets: list[_Packet]) -> Iterator[bytes]:
    """Packets of at most ten seconds together: a block's time is a signed 16 bit number from its cluster's."""
    held: list[bytes] = []
    start = packets[0].milliseconds
    for packet in packets:
        if not 0 <= packet.milliseconds - start < 10_000:
            yield _element(_CLUSTER, _number(_TIME, start) + b"".join(held))
            held, start = [], packet.milliseconds
        head = b"\x81" + struct.pack(">h", packet.milliseconds - start) + b"\x80"
        held.append(_element(_SIMPLE, head + packet.data))
    yield _element(_CLUSTER, _number(_TIME, start) + b"".join(held))


def _number(element: int, value: int) -> bytes:
    return _element(element, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def _element(element: int, data: bytes) -> bytes:
    name = element.to_bytes((element.bit_length() + 7) // 8, "big")
    return name + (1 << 56 | len(data)).to_bytes(8, "big") + data
