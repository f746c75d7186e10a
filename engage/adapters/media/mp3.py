"""MP3: only its frames of sound are copied, one after another; tags before, between and behind them stay behind.

A frame says its own length (ISO/IEC 11172-3 and 13818-3, layer III), so what is no frame is left out. The first frame
may hold a program's notes instead of sound (Xing, Info, VBRI): it is left out too.
"""

from typing import Final

from engage.adapters.media.kinds import File, NotTaken, NotThis

_RATES: Final = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_KILOBITS_1: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KILOBITS_2: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_FEWEST_FRAMES: Final = 8


def is_mp3(data: bytes) -> bool:
    """Whether it begins as MP3 files begin: with a tag, or at once with a frame."""
    return data.startswith(b"ID3") or _frame(data, 0) is not None


def remade(data: bytes) -> File:
    """The recording with its sound alone; `NotTaken` for one with too few frames to be one."""
    if not is_mp3(data):
        raise NotThis("file_not_audio")
    frames: list[bytes] = []
    seconds = 0.0
    at = _after_tag(data)
    while at + 4 <= len(data):
        found = _frame(data, at)
        if found is None or at + found[0] > len(data):
            at = _next_sync(data, at + 1)
            continue
        length, lasts = found
        frame = data[at : at + length]
        if not any(name in frame[:64] for name in (b"Xing", b"Info", b"VBRI")):
            frames.append(frame)
            seconds += lasts
        at += length
    if len(frames) < _FEWEST_FRAMES:
        raise NotTaken("file_broken")
    return File("audio/mpeg", b"".join(frames), seconds)


def _after_tag(data: bytes) -> int:
    """Where the first tag ends (its size stands in four bytes of seven bits)."""
    if not data.startswith(b"ID3") or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _next_sync(data: bytes, at: int) -> int:
    """The next place where a frame is followed by another: a single look-alike inside a tag is none."""
    while (at := data.find(b"\xff", at)) >= 0:
        found = _frame(data, at)
        if found is not None and _frame(data, at + found[0]) is not None:
            return at
        at += 1
    return len(data)


def _frame(data: bytes, at: int) -> tuple[int, float] | None:
    """(bytes, seconds) of the frame at `at`; None where there is none."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:
        return None
    version = data[at + 1] >> 3 & 3
    rate_index, bits_index = data[at + 2] >> 2 & 3, data[at + 2] >> 4
    if version not in _RATES or rate_index == 3 or bits_index in {0, 15}:
        return None
    rate = _RATES[version][rate_index]
    kilobits = (_KILOBITS_1 if version == 3 else _KILOBITS_2)[bits_index]
    samples = 1152 if version == 3 else 576
    length = samples // 8 * kilobits * 1000 // rate + (data[at + 2] >> 1 & 1)
    return length, samples / rate
