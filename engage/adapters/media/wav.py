"""WAV: written anew with its format and its samples alone; titles, names, places and dates stay behind."""

import struct
from typing import Final

from engage.adapters.media.kinds import File, NotTaken, NotThis

_PCM: Final = 1


def is_wav(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WAVE"


def remade(data: bytes) -> File:
    """The recording written anew; `NotTaken` for one that is broken or holds anything but plain samples."""
    if not is_wav(data):
        raise NotThis("file_not_audio")
    chunks: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        chunks.setdefault(name, data[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    form, samples = chunks.get(b"fmt ", b"")[:16], chunks.get(b"data", b"")
    if len(form) < 16 or not samples:
        raise NotTaken("file_broken")
    kind, channels, rate, a_second, frame, bits = struct.unpack("<HHIIHH", form)
    if kind != _PCM or channels not in {1, 2} or bits not in {8, 16, 24} or frame != channels * bits // 8:
        raise NotTaken("file_not_audio")
    if not 8000 <= rate <= 96_000 or a_second != rate * frame:
        raise NotTaken("file_broken")
    whole = samples[: len(samples) // frame * frame]
    body = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(whole)) + whole
    return File("audio/wav", b"RIFF" + struct.pack("<I", len(body)) + body, len(whole) / a_second)
