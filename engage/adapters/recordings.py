"""Sound and film that staff upload: recognised by their first bytes, and rid of the notes a phone writes into them.

They are not coded anew (that needs a program of many megabytes), so only formats that browsers play are taken. Notes of
a file (where it was filmed, by which phone, names) are blanked in place: every other byte stays where it was.
"""

from collections.abc import Iterator
from typing import Final

_CONTAINERS: Final = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
_NOTES: Final = {b"udta", b"meta", b"uuid"}
_MOST_DEEP: Final = 8
_SOUND_BRANDS: Final = {b"M4A ", b"M4B "}


class NotARecording(ValueError):
    """The file is of no kind that browsers play."""


def sound(data: bytes) -> tuple[str, bytes]:
    """(media type, the sound without notes) of an MP3, M4A, Ogg or WAV file; NotARecording for any other."""
    if data[4:8] == b"ftyp":
        return "audio/mp4", without_notes(data)
    if data.startswith(b"OggS"):
        return "audio/ogg", data
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return "audio/wav", data
    bare = _without_id3(data)
    if len(bare) > 4 and bare[0] == 0xFF and bare[1] & 0xE6 == 0xE2:  # a frame of MPEG audio, layer III
        return "audio/mpeg", bare
    raise NotARecording


def film(data: bytes) -> tuple[str, bytes]:
    """(media type, the film without notes) of an MP4 or WebM file; NotARecording for any other."""
    if data[4:8] == b"ftyp" and data[8:12] not in _SOUND_BRANDS:
        return "video/mp4", without_notes(data)
    if data.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in data[:64]:
        return "video/webm", data
    raise NotARecording


def without_notes(data: bytes) -> bytes:
    """An MP4 file (ISO/IEC 14496-12) whose boxes of notes are turned into free space of the same size."""
    blanked = bytearray(data)
    for start, head, end in _notes(data, 0, len(data), 0):
        blanked[start + 4 : start + 8] = b"free"
        blanked[head:end] = bytes(end - head)
    return bytes(blanked)


def _notes(data: bytes, start: int, end: int, depth: int) -> Iterator[tuple[int, int, int]]:
    """(start, where its content begins, end) of every box of notes between `start` and `end`; `depth` boxes around."""
    if depth > _MOST_DEEP:
        raise NotARecording
    while start + 8 <= end:
        size, head = int.from_bytes(data[start : start + 4], "big"), start + 8
        if size == 1:  # a large box: its size stands in the next eight bytes
            size, head = int.from_bytes(data[head : head + 8], "big"), head + 8
        stop = end if size == 0 else start + size
        if stop > end or stop < head:
            raise NotARecording
        kind = data[start + 4 : start + 8]
        if kind in _NOTES:
            yield start, head, stop
        elif kind in _CONTAINERS:
            yield from _notes(data, head, stop, depth + 1)
        start = stop


def _without_id3(data: bytes) -> bytes:
    """An MP3 file without its two kinds of tags (ID3v2 in front, ID3v1 at the end)."""
    if data.startswith(b"ID3") and len(data) > 10:
        size = 0
        for byte in data[6:10]:
            size = size << 7 | byte & 0x7F
        data = data[10 + size :]
    return data[:-128] if data[-128:-125] == b"TAG" else data
