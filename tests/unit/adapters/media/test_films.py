"""W15: a film keeps picture and sound where they stood; whatever else was written into it is empty space."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from engage.adapters.media import taking
from engage.adapters.media.kinds import File, NotTaken
from tests.support import films, sounds
from tests.support.pictures import GIF, HTML, PDF, PLACE, SVG, picture

MAKERS: list[Callable[[], bytes]] = [
    films.mp4,
    films.webm,
    lambda: films.webm(sound=sounds.OPUS_HEAD + PLACE),
    lambda: films.webm(sound=films.vorbis(), codec=b"A_VORBIS"),
]


@pytest.mark.parametrize("make", MAKERS)
def test_w15_a_film_keeps_what_plays_in_its_place_and_nothing_else(make: Callable[[], bytes]) -> None:
    sent = make()
    assert PLACE in sent
    kept = taking.film(sent)
    assert PLACE not in kept.data
    assert PLACE[:8] not in kept.data
    assert len(kept.data) == len(sent)
    for part in (films.FRAME, films.SOUND):
        assert kept.data.count(part) == sent.count(part) > 0
        assert kept.data.index(part) == sent.index(part)
    assert taking.film(kept.data) == File(kept.media_type, kept.data)


def test_w15_a_phones_track_of_places_goes_with_its_samples() -> None:
    kept = taking.film(films.mp4()).data
    assert films.PLACES not in kept
    assert b"mebx" not in kept
    assert b"\xe1\xe1\xe1\xe1" not in kept  # when it was filmed
    assert b"avcC" in kept


def test_w15_vorbis_still_finds_its_head_and_its_books() -> None:
    kept = taking.film(films.webm(sound=films.vorbis(), codec=b"A_VORBIS")).data
    assert b"\x05vorbis" + b"\x99" * 20 in kept
    room = kept[kept.index(b"\x03vorbis") + 7 :]
    length = int.from_bytes(room[:4], "little")
    assert room[4 + length : 4 + length + 12] == bytes(4) + b"\x01\x05vorbis"


def boxed(levels: int) -> bytes:
    inner = b""
    for _ in range(levels):
        inner = sounds.box(b"moov", inner)
    return sounds.box(b"ftyp", b"isom\0\0\0\0") + inner


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<html>", HTML, SVG, GIF, PDF, picture(), b"MZ" + b"\0" * 100, b"\0\0\0\x05ftypisom", sounds.mp4(),
        sounds.webm(), boxed(1), boxed(3000), films.mp4(stco=b"\0" * 8 + b"\xff" * 9, stsz=b"\xff" * 40),
        films.mp4(stsc=b"\0" * 4 + b"\0\0\0\2" + (b"\0\0\0\1" * 6)), films.webm(kind=17),
        films.webm(sound=b"\x03vorbis", codec=b"A_VORBIS"), films.webm(sound=b"OpusHead"),
    ],
    ids=lambda data: repr(data[:12]),
)  # fmt: skip
def test_w15_what_is_no_film_is_refused_or_harmless_never_a_fault(data: bytes) -> None:
    with suppress(NotTaken):
        assert PLACE not in taking.film(data).data


@pytest.mark.parametrize("make", MAKERS)
def test_w15_a_film_cut_anywhere_is_taken_or_refused_never_a_fault(make: Callable[[], bytes]) -> None:
    whole = make()
    for length in range(0, len(whole), 11):
        with suppress(NotTaken):
            assert PLACE not in taking.film(whole[:length]).data
