"""WebM film: only the elements named here stay, all others become empty space in place (RFC 9559, RFC 8794).

Titles, dates, tags, chapters, pictures and the program's name go. A track that is neither picture nor sound is refused:
its words stand between theirs.
"""

from typing import Final

from engage.adapters.media.kinds import File, NotTaken, NotThis
from engage.adapters.media.webm import Place, is_webm, places

_HEADS: Final = {0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4282, 0x4287, 0x4285}
_INFO: Final = {0x2AD7B1, 0x4489}
_TRACK: Final = {0xD7, 0x73C5, 0x83, 0xB9, 0x88, 0x55AA, 0x9C, 0x23E383, 0x86, 0x63A2, 0x56AA, 0x56BB}
_PICTURE: Final = {0xB0, 0xBA, 0x9A, 0x54B0, 0x54BA, 0x54B2, 0x53B8, *range(0x55B1, 0x55BE)}
_SOUND: Final = {0xB5, 0x78B5, 0x9F, 0x6264}
_CLUSTER: Final = {0xE7, 0xA3, 0xA1, 0x9B, 0xFB, 0x75A2, 0xA7, 0xAB}
_WAYS: Final = {0x53AB, 0x53AC, 0xB3, 0xF7, 0xF1, 0xF0, 0xB2, 0x5378}
_STAYS: Final = _HEADS | _INFO | _TRACK | _PICTURE | _SOUND | _CLUSTER | _WAYS
_OPENED: Final = {
    0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0, 0x55B0, 0xE1, 0x1F43B675, 0xA0,
    0x114D9B74, 0x4DBB, 0x1C53BB6B, 0xBB, 0xB7,
}  # fmt: skip
_PROGRAMS: Final = {0x4D80, 0x5741}
_TYPE, _CODEC, _PRIVATE = 0x83, 0x86, 0x63A2
_CODECS: Final = {b"V_VP8", b"V_VP9", b"V_AV1", b"A_OPUS", b"A_VORBIS"}
_MOST_WORDS: Final = 32  # bytes of an element that says something in numbers or a short word
_MOST_PRIVATE: Final = 4096
_OPUS_HEADS: Final = {0: 19}  # bytes, by how channels are mapped (RFC 7845, 5.1); others name each channel


def is_film(data: bytes) -> bool:
    return is_webm(data) and b"webm" in data[:64]


def remade(data: bytes) -> File:
    """The film with nothing but picture and sound; `NotTaken` for one that is broken or holds a track of words."""
    if not is_film(data):
        raise NotThis("file_broken")
    try:
        found, end = places(data, _OPENED)
        made = bytearray(data[:end])
        _require_film(made, found)
        for place in found:
            _blank(made, place)
    except IndexError:
        raise NotTaken("file_broken") from None
    return File("video/webm", bytes(made))


def _require_film(made: bytearray, found: list[Place]) -> None:
    types = {int.from_bytes(made[place.body : place.end], "big") for place in found if place.id == _TYPE}
    codecs = {bytes(made[place.body : place.end]).rstrip(b"\0") for place in found if place.id == _CODEC}
    if 1 not in types or types - {1, 2} or codecs - _CODECS:
        raise NotTaken("file_broken")


def _blank(made: bytearray, place: Place) -> None:
    if place.id in _OPENED:
        return
    if place.id in _PROGRAMS:  # must be there (RFC 9559, 5.1.2), so they say nothing
        made[place.body : place.end] = b"-".ljust(place.end - place.body, b"\0")[: place.end - place.body]
    elif place.id == _PRIVATE:
        _blank_private(made, place)
    elif place.id not in _STAYS or (place.id not in {0xA3, 0xA1} and place.end - place.body > _MOST_WORDS):
        _void(made, place)


def _void(made: bytearray, place: Place) -> None:
    """An element of nothing, as long as this one with its head."""
    length = place.end - place.start
    wide = 8 if length > 9 else 1
    size = length - 1 - wide
    mark = (1 << 7 * wide) | size
    made[place.start : place.end] = b"\xec" + mark.to_bytes(wide, "big") + bytes(size)


def _blank_private(made: bytearray, place: Place) -> None:
    """What a decoder needs before the first picture or sound. Vorbis has comments in it: they become blanks."""
    data = bytes(made[place.body : place.end])
    at = data.find(b"\x03vorbis")
    if data.startswith(b"OpusHead"):
        ends = place.body + _OPUS_HEADS.get(data[18], 21 + data[9])
        made[ends : place.end] = bytes(max(0, place.end - ends))
        return
    if at < 0 and len(data) <= _MOST_PRIVATE:
        return
    after = data.find(b"\x05vorbis", at)
    room = after - at - 7 - 4 - 4 - 1
    if min(at, after, room) < 0:
        raise NotTaken("file_broken")
    said = b"\x03vorbis" + room.to_bytes(4, "little") + b" " * room + bytes(4) + b"\x01"
    made[place.body + at : place.body + after] = said
