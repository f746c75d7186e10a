"""What staff upload is made harmless: pictures drawn anew, notes in sound and films blanked, captions written anew."""

import io
import struct

import pytest
from PIL import Image

from engage.adapters import pictures
from engage.rules.captions import CaptionsError, Cue, read_captions, write_captions
from tests.factories import library as files


def test_a_picture_keeps_its_pixels_and_nothing_else() -> None:
    """Where a photo was taken and with what is gone; it stands upright and fits a page."""
    given = files.picture(where=True, size=(3000, 1500))
    assert b"PhoneOfTheChild" in given
    drawn = pictures.drawn_anew(given)
    assert (drawn.width, drawn.height) == (1200, 600)
    assert b"PhoneOfTheChild" not in drawn.data
    with Image.open(io.BytesIO(drawn.data)) as again:
        assert again.format == "WEBP"
        assert not again.getexif()
        assert "exif" not in again.info


def test_see_through_parts_of_a_symbol_stay_so() -> None:
    made = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(made, "PNG")
    with Image.open(io.BytesIO(pictures.drawn_anew(made.getvalue()).data)) as again:
        assert again.mode == "RGBA"


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize("data", [SVG, b"", b"GIF89a", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0cut"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(pictures.NotAPicture):
        pictures.drawn_anew(data)


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_MOST_PIXELS", 1000)
    with pytest.raises(pictures.NotAPicture, match="too_many_pixels"):
        pictures.drawn_anew(files.picture())


def test_captions_are_written_anew_from_times_and_words() -> None:
    given = (
        "\ufeffWEBVTT - by a phone\r\nKind: captions\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nNOTE who\r\n\r\n"
        "first\r\n00:00.500 --> 00:02.000 line:0\r\n<v Sam>Do <b>you</b> feel safe?\r\nAt home & out\r\n\r\n"
        "01:00:00.000 --> 01:00:01.000\r\nThank you\r\n"
    )
    cues = read_captions(given)
    assert cues == (Cue(500, 2000, "Do you feel safe?\nAt home & out"), Cue(3_600_000, 3_601_000, "Thank you"))
    written = write_captions(cues)
    for gone in ("STYLE", "NOTE", "<v", "line:0", "phone"):
        assert gone not in written
    assert "At home &amp; out" in written
    assert read_captions(written)[1] == cues[1]


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 1, "not_webvtt"),
        ("1\n00:00:00,000 --> 00:00:01,000\nSRT", 1, "not_webvtt"),
        ("WEBVTT\n", 2, "no_cues"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nBack", 3, "bad_time"),
        ("WEBVTT\n\nx\ny\nno times", 3, "bad_time"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<b></b>", 3, "no_words"),
    ],
)
def test_captions_that_cannot_be_read_say_where(text: str, line: int, why: str) -> None:
    with pytest.raises(CaptionsError) as found:
        read_captions(text)
    assert (found.value.line, found.value.why) == (line, why)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("odd", [(0x0100, 2, 4, b"abc\0"), (0x011A, 7, 4, b"abcd")])
def test_w15_a_turned_photo_with_broken_notes_is_refused_in_words(kind: str, odd: tuple[int, int, int, bytes]) -> None:
    """A photo that has to be turned upright, with words where a number belongs: the decoder stumbles, not the page."""
    turned = (0x0112, 3, 1, struct.pack("<I", 6))
    notes = b"".join(struct.pack("<HHI", *entry[:3]) + entry[3] for entry in (turned, odd))
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + notes + bytes(4)
    made = io.BytesIO()
    Image.new("RGB", (4, 3)).save(made, kind, exif=exif)
    with pytest.raises(pictures.NotAPicture):
        pictures.drawn_anew(made.getvalue())
