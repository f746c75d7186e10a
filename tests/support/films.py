"""Films made in memory as phones and programs write them, with notes in every place where such a file has room."""

import struct
from collections.abc import Sequence

from tests.support.pictures import PLACE
from tests.support.sounds import OPUS_HEAD, box, element

FRAME, SOUND, PLACES = b"\x65" * 64, b"\x21" * 32, b"gps "


def mp4(notes: bytes = PLACE, frames: int = 4, *, places: bool = True, **odd: bytes) -> bytes:
    """An MP4 film: picture, sound, a track of places; notes beside, between and inside. `odd`: another box by name."""
    start, samples = box(b"ftyp", b"isom\0\0\0\0isom") + box(b"uuid", notes), bytearray()
    spans: dict[bytes, list[int]] = {b"vide": [], b"soun": [], b"meta": []}
    base = len(start) + 8
    for _ in range(frames):
        for handler, data in ((b"vide", FRAME), (b"", notes), (b"soun", SOUND), (b"meta", PLACES + notes)):
            spans.setdefault(handler, []).append(base + len(samples))
            samples += data
    heads = box(b"mvhd", bytes(4) + b"\xe1\xe1\xe1\xe1" * 2 + bytes(88)) + box(b"iods", notes)
    tracks = _track(b"vide", b"avc1", spans[b"vide"], len(FRAME), notes, odd)
    tracks += _track(b"soun", b"mp4a", spans[b"soun"], len(SOUND), notes, {})
    if places:
        tracks += _track(b"meta", b"mebx", spans[b"meta"], len(PLACES + notes), notes, {})
    film = box(b"moov", heads + tracks + box(b"udta", box(b"\xa9xyz", notes)) + box(b"meta", notes))
    return start + box(b"mdat", bytes(samples)) + film + box(b"free", notes)


def _track(handler: bytes, codec: bytes, at: Sequence[int], size: int, notes: bytes, odd: dict[str, bytes]) -> bytes:
    picture = bytes(42) + notes[:31].ljust(32, b"\0") + bytes(4) + box(b"avcC", b"\1") + box(b"uuid", notes)
    described = box(b"stsd", struct.pack(">II", 0, 1) + box(codec, picture if codec == b"avc1" else bytes(28)))
    chunks = struct.pack(">II", 0, len(at)) + b"".join(struct.pack(">I", one) for one in at)
    tables = {
        "stsz": struct.pack(">III", 0, size, len(at)),
        "stsc": struct.pack(">IIIII", 0, 1, 1, 1, 1),
        "stco": chunks,
        **odd,
    }
    table = described + b"".join(box(name.encode(), data) for name, data in tables.items()) + box(b"udta", notes)
    where = box(b"dinf", box(b"dref", struct.pack(">II", 0, 1) + box(b"url ", bytes(4) + notes)))
    media = box(b"mdhd", bytes(24)) + box(b"hdlr", bytes(8) + handler + bytes(12) + notes)
    media += box(b"minf", box(b"vmhd", bytes(12)) + where + box(b"stbl", table))
    return box(b"trak", box(b"tkhd", bytes(84)) + box(b"mdia", media) + box(b"udta", box(b"name", notes)))


def vorbis(notes: bytes = PLACE) -> bytes:
    """What a Vorbis decoder needs first: its head, its comments, its books."""
    said = b"\x03vorbis" + struct.pack("<I", len(notes)) + notes + struct.pack("<II", 1, len(notes)) + notes + b"\1"
    return b"\x02\x1e" + bytes([len(said)]) + b"\x01vorbis" + bytes(23) + said + b"\x05vorbis" + b"\x99" * 20


def webm(notes: bytes = PLACE, sound: bytes = OPUS_HEAD, codec: bytes = b"A_OPUS", kind: int = 2) -> bytes:
    """A WebM film: picture and sound, title, date, tags, chapters, an attached file, a name for each track."""
    info = element("2ad7b1", b"\x0f\x42\x40") + element("7ba9", notes) + element("4461", bytes(8))
    info += element("4d80", notes) + element("5741", notes) + element("7384", notes)
    picture = element("d7", b"\x01") + element("83", b"\x01") + element("86", b"V_VP8") + element("536e", notes)
    picture += element("e0", element("b0", b"\x40") + element("ba", b"\x30") + element("53c0", notes))
    other = element("d7", b"\x02") + element("83", bytes([kind])) + element("86", codec) + element("63a2", sound)
    other += element("e1", element("9f", b"\x01")) + element("258688", notes) + element("22b59c", notes)
    tracks = element("1654ae6b", element("ae", picture) + element("ae", other))
    blocks = element("e7", b"\0") + element("a3", b"\x81\0\0\x80" + FRAME) + element("ec", notes)
    blocks += element("a0", element("a1", b"\x82\0\0\0" + SOUND) + element("75a1", notes))
    tail = element("1254c367", element("7373", notes)) + element("1941a469", notes) + element("1043a770", notes)
    inside = element("1549a966", info) + tracks + element("1f43b675", blocks) + tail
    head = element("1a45dfa3", element("4282", b"webm") + element("ec", notes))
    return head + element("18538067", inside, open_ended=True) + element("ec", notes)
