"""Recordings made in memory as recorders write them, each with everything in it that could say who made it."""

import struct
from collections.abc import Sequence

from tests.support.pictures import PLACE

OPUS_HEAD = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
PACKETS = [b"\x08" + bytes([number]) * 40 for number in range(100)]


def element(name: str, data: bytes, *, open_ended: bool = False) -> bytes:
    size = b"\x01\xff\xff\xff\xff\xff\xff\xff" if open_ended else struct.pack(">I", 0x10000000 | len(data))
    return bytes.fromhex(name) + size + data


def webm(packets: Sequence[bytes] = PACKETS, codec: bytes = b"A_OPUS", kind: int = 1, notes: bytes = PLACE) -> bytes:
    """A WebM file: title, date, tags, a chapter, an attached picture; blocks of 20 ms (`kind` 2: sound, 1: film)."""
    info = (
        element("2ad7b1", b"\x0f\x42\x40")
        + element("7ba9", notes)
        + element("4461", b"\0" * 8)
        + element("4d80", notes)
    )
    track = element("d7", b"\x01") + element("536e", notes) + element("83", bytes([kind + 1])) + element("86", codec)
    track += element("63a2", OPUS_HEAD + notes) + element("e1", element("9f", b"\x01"))
    blocks = b"".join(
        element("a3", b"\x81" + struct.pack(">h", 20 * number) + b"\x80" + packet)
        for number, packet in enumerate(packets)
    )
    cluster = element("1f43b675", element("e7", b"\0") + element("ec", notes) + blocks, open_ended=True)
    tags = element("1254c367", element("7373", notes)) + element("1941a469", notes) + element("1043a770", notes)
    inside = element("1549a966", info) + tags + element("1654ae6b", element("ae", track)) + cluster
    return element("1a45dfa3", element("4282", b"webm")) + element("18538067", inside, open_ended=True)


def ogg(head: bytes = OPUS_HEAD, notes: bytes = PLACE, serial: int = 77) -> bytes:
    """An Ogg file of two seconds with comments; its checksums are left out, as a reader of comments would."""
    comments = b"OpusTags" + struct.pack("<I", len(notes)) + notes + struct.pack("<II", 1, len(notes)) + notes

    def page(number: int, flags: int, granule: int, packets: Sequence[bytes]) -> bytes:
        lengths = bytes(len(packet) for packet in packets)
        return (
            struct.pack("<4sBBqIIIB", b"OggS", 0, flags, granule, serial, number, 0, len(lengths))
            + lengths
            + b"".join(packets)
        )

    return page(0, 2, 0, [head]) + page(1, 0, 0, [comments]) + page(2, 4, 96_312, PACKETS)


def wav(seconds: float = 1, rate: int = 8000, kind: int = 1, notes: bytes = PLACE) -> bytes:
    samples = b"\x10\x00" * int(seconds * rate)
    form = struct.pack("<HHIIHH", kind, 1, rate, rate * 2, 2, 16)

    def chunk(name: bytes, data: bytes) -> bytes:
        return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)

    body = (
        b"WAVE"
        + chunk(b"LIST", b"INFOIART" + notes)
        + chunk(b"fmt ", form)
        + chunk(b"data", samples)
        + chunk(b"id3 ", notes)
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body + notes


def mp3(frames: int = 40, notes: bytes = PLACE) -> bytes:
    """Frames of 26 ms between every kind of tag; the first frame holds a program's notes."""
    frame = b"\xff\xfb\x50\xc0" + b"\x00" * (1152 // 8 * 64_000 // 44_100 - 4)
    notes_frame = frame[:36] + b"Info" + notes + frame[40 + len(notes) :]
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, len(notes) >> 7, len(notes) & 127]) + notes
    return (
        tag
        + notes_frame
        + frame * (frames // 2)
        + b"APETAGEX"
        + notes
        + frame * (frames // 2)
        + b"TAG"
        + notes.ljust(125)
    )


def box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + name + data


def mp4(handler: bytes = b"soun", codec: bytes = b"mp4a", seconds: int = 3, notes: bytes = PLACE) -> bytes:
    """An M4A file as a phone writes it: times, a name, a place, a picture."""
    times = struct.pack(">II", 0xE1E1E1E1, 0xE2E2E2E2)
    head = box(b"mvhd", b"\0" * 4 + times + struct.pack(">II", 1000, seconds * 1000) + b"\0" * 80)
    sample = box(b"stsd", b"\0" * 4 + struct.pack(">I", 1) + box(codec, b"\0" * 28))
    table = box(b"stbl", sample + box(b"stts", b"\0" * 8) + box(b"uuid", notes))
    media = box(b"mdhd", b"\0" * 4 + times + b"\0" * 12) + box(b"hdlr", b"\0" * 8 + handler + b"\0" * 12 + notes)
    track = box(b"trak", box(b"tkhd", b"\0" * 4 + times + b"\0" * 72) + box(b"mdia", media + box(b"minf", table)))
    film = box(b"moov", head + track + box(b"udta", box(b"\xa9xyz", notes)) + box(b"meta", notes))
    return box(b"ftyp", b"M4A \0\0\0\0") + film + box(b"mdat", b"\x21" * 400) + box(b"free", notes)
