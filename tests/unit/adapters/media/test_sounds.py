"""W15: recordings are told by content and written anew; no tag, title, time or place of theirs stays."""

import struct
from collections.abc import Callable
from contextlib import suppress

import pytest

from engage.adapters.media import ogg as ogg_files
from engage.adapters.media.kinds import NotTaken
from engage.adapters.media.taking import take
from engage.rules.questionnaire.answers import MISTAKES
from tests.support import sounds
from tests.support.pictures import GIF, HTML, PDF, PLACE, SVG, ZIP, picture

AUDIO = ("audio",)


@pytest.mark.parametrize(
    ("make", "media_type", "seconds"),
    [
        (sounds.webm, "audio/webm", 2.0),
        (sounds.ogg, "audio/ogg", 2.0),
        (sounds.wav, "audio/wav", 1.0),
        (sounds.mp3, "audio/mpeg", 1.045),
        (sounds.mp4, "audio/mp4", 3.0),
    ],
)
def test_w15_a_recording_keeps_its_sound_and_nothing_else(
    make: Callable[[], bytes], media_type: str, seconds: float
) -> None:
    """Titles, comments, places, dates, programs' names, pictures, and what hangs behind the end are gone; and again
    written anew it is the same file.
    """
    sent = make()
    assert PLACE in sent
    file = take(sent, AUDIO)
    assert (file.media_type, file.seconds) == (media_type, pytest.approx(seconds, abs=0.02))
    assert PLACE not in file.data
    assert PLACE[:8] not in file.data
    assert take(file.data, AUDIO).data == file.data


def test_the_sound_itself_is_untouched() -> None:
    """Every packet, sample and frame stands in the new file as it stood in the old one, in order."""
    for made in (take(sounds.webm(), AUDIO).data, take(sounds.ogg(), AUDIO).data):
        places = [made.index(packet) for packet in sounds.PACKETS]
        assert places == sorted(places)
    assert take(sounds.wav(), AUDIO).data.endswith(b"\x10\x00" * 8000)
    assert take(sounds.mp3(), AUDIO).data.count(b"\xff\xfb\x50\xc0") == 40
    assert b"\x21" * 400 in take(sounds.mp4(), AUDIO).data


def test_times_inside_an_mp4_are_blanked_and_nothing_moves() -> None:
    sent = sounds.mp4()
    made = take(sent, AUDIO).data
    assert struct.pack(">I", 0xE1E1E1E1) in sent
    assert struct.pack(">I", 0xE1E1E1E1) not in made
    assert struct.pack(">I", 0xE2E2E2E2) not in made
    assert (len(made), made.index(b"mdat")) == (len(sent), sent.index(b"mdat"))


def test_a_page_of_ogg_gets_the_checksum_of_its_specification() -> None:
    """The first page of an Opus file as RFC 3533 counts it, bit by bit."""
    page = take(sounds.ogg(), AUDIO).data[: 28 + 19]
    register = 0
    for byte in page[:22] + b"\0\0\0\0" + page[26:]:
        register ^= byte << 24
        for _ in range(8):
            register = (register << 1 ^ (0x04C11DB7 if register & 0x80000000 else 0)) & 0xFFFFFFFF
    assert int.from_bytes(page[22:26], "little") == register
    assert ogg_files.is_ogg(page)


REFUSED = [
    (b"", "file_broken"),
    (HTML, "file_not_audio"),
    (SVG, "file_not_audio"),
    (GIF, "file_not_audio"),
    (PDF, "file_not_audio"),
    (ZIP, "file_not_audio"),
    (picture(), "file_not_audio"),
    (picture("WEBP"), "file_not_audio"),
    (b"#!AMR\n" + b"\0" * 50, "file_not_audio"),
    (b"fLaC" + b"\0" * 50, "file_not_audio"),
    (b"\x1a\x45\xdf\xa3" + HTML, "file_not_audio"),
    (sounds.webm()[:150], "file_not_audio"),
    (sounds.webm(packets=()), "file_broken"),
    (sounds.webm(codec=b"V_VP8"), "file_not_audio"),
    (sounds.webm(kind=0), "file_not_audio"),
    (sounds.webm() + sounds.element("a3", b""), "file_broken"),
    (sounds.webm() + sounds.element("a3", b"\x81"), "file_broken"),
    (sounds.webm() + sounds.element("a3", b"\x81\0"), "file_broken"),
    (sounds.webm() + sounds.element("e7", b"\xff" * 200), "file_broken"),
    (sounds.ogg(head=b"\x01vorbis" + b"\0" * 23), "file_not_audio"),
    (sounds.ogg() + sounds.ogg(serial=78), "file_not_audio"),
    (sounds.ogg()[:90], "file_broken"),
    (sounds.wav(kind=85), "file_not_audio"),
    (sounds.wav()[:60], "file_broken"),
    (b"ID3\x04\x00\x00\x00\x00\x00\x05" + HTML, "file_broken"),
    (sounds.mp3(frames=2), "file_broken"),
    (sounds.mp4(handler=b"vide"), "file_not_audio"),
    (sounds.mp4(codec=b"avc1"), "file_not_audio"),
    (sounds.mp4()[:100], "file_broken"),
    (sounds.box(b"ftyp", b"M4A ") + HTML, "file_broken"),
    (sounds.wav(seconds=40), "file_too_long"),
    (sounds.mp4(seconds=300), "file_too_long"),
    (b"RIFF" + b"\0" * (6 * 1024 * 1024), "file_too_large"),
]


@pytest.mark.parametrize(("sent", "key"), REFUSED, ids=lambda value: repr(value[:16]))
def test_w15_what_is_no_recording_is_refused_by_its_content(sent: bytes, key: str) -> None:
    with pytest.raises(NotTaken) as refusal:
        take(sent, AUDIO, seconds=30)
    assert refusal.value.key == key
    assert "{" not in MISTAKES[key].format(**refusal.value.params)


@pytest.mark.parametrize("make", [sounds.webm, sounds.ogg, sounds.wav, sounds.mp3, sounds.mp4])
def test_a_recording_cut_anywhere_is_taken_or_refused_never_a_fault(make: Callable[[], bytes]) -> None:
    whole = make()
    for length in range(0, len(whole), 7):
        with suppress(NotTaken):
            assert PLACE not in take(whole[:length], AUDIO).data
