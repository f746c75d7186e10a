"""W15: photos are told by content, made anew from their dots, and nothing of what a camera writes beside them stays."""

from io import BytesIO

import pytest
from PIL import Image

from engage.adapters.media.kinds import NotTaken
from engage.adapters.media.photos import LONGEST_SIDE, dots
from engage.adapters.media.taking import take
from engage.rules.questionnaire.answers import MISTAKES
from tests.support import pictures
from tests.support.pictures import GIF, HTML, PDF, PLACE, SVG, ZIP, picture

PHOTO = ("photo",)


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(
    ("sent", "media_type"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (picture("WEBP"), "image/jpeg"),
        (picture("MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))]), "image/jpeg"),
    ],
)
def test_a_picture_stays_a_picture(sent: bytes, media_type: str) -> None:
    file = take(sent, PHOTO)
    assert file.media_type == media_type
    assert opened(file.data).size == (40, 30)


def test_w15_nothing_that_a_camera_writes_beside_the_dots_is_left() -> None:
    """EXIF with place, time and device, comments, profiles, thumbnails, bytes behind the end: gone; it lies right."""
    sent = pictures.telling_photo()
    assert sent.count(PLACE) > 3
    file = take(sent, PHOTO)
    image = opened(file.data)
    assert image.size == (30, 40)
    assert image.getchannel("R").getpixel((15, 5)) > 200
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Exif" not in file.data
    assert PLACE[:8] not in file.data
    assert PLACE not in take(pictures.telling_png(), PHOTO).data


def test_a_large_photo_becomes_smaller_and_a_clear_one_gets_paper() -> None:
    large = take(picture("JPEG", (2600, 1300)), PHOTO)
    assert max(opened(large.data).size) == LONGEST_SIDE
    written = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(take(written.getvalue(), PHOTO).data).getpixel((4, 4)) == (255, 255, 255)


REFUSED = [
    (b"", "file_broken"),
    (SVG, "file_not_photo"),
    (HTML, "file_not_photo"),
    (GIF, "file_not_photo"),
    (ZIP, "file_not_photo"),
    (PDF, "file_not_photo"),
    (b"\0" * 100, "file_not_photo"),
    (picture("BMP"), "file_not_photo"),
    (picture("TIFF"), "file_not_photo"),
    (b"\xff\xd8\xff" + HTML, "file_broken"),
    (b"\x89PNG\r\n\x1a\n" + SVG, "file_broken"),
    (b"RIFF\x10\0\0\0WEBP" + b"\0" * 20, "file_broken"),
    (picture("PNG")[:60], "file_broken"),
    (picture("JPEG", (200, 200))[:700], "file_broken"),
    (pictures.claimed_size(10_000, 5_000), "file_too_many_dots"),
    (pictures.claimed_size(60_000, 60_000), "file_too_many_dots"),
    (b"\xff\xd8\xff" + b"\0" * (12 * 1024 * 1024), "file_too_large"),
]


@pytest.mark.parametrize(("sent", "key"), REFUSED, ids=lambda value: repr(value[:12]))
def test_w15_what_is_no_photo_is_refused_by_its_content(sent: bytes, key: str) -> None:
    with pytest.raises(NotTaken) as refusal:
        take(sent, PHOTO)
    assert refusal.value.key == key
    assert "{" not in MISTAKES[key].format(**refusal.value.params)


def test_w15_a_picture_that_is_also_a_page_is_only_a_picture_afterwards() -> None:
    polyglot = picture("JPEG", comment=HTML) + HTML
    assert b"<script" in polyglot
    assert b"<script" not in take(polyglot, PHOTO).data


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        (PDF[:-6], "file_broken"),
        (PDF + HTML, "file_broken"),
        (b"  " + PDF, "file_not_pdf"),
        (b"%PDF-1.7\n" + b"\0" * (5 * 1024 * 1024) + PDF, "file_too_large"),
        (HTML, "file_not_pdf"),
    ],
    ids=["cut", "followed", "late", "large", "page"],
)
def test_w15_a_pdf_is_taken_whole_or_not_at_all(sent: bytes, key: str) -> None:
    assert take(PDF, ("photo", "pdf")).data == PDF
    with pytest.raises(NotTaken) as refusal:
        take(sent, ("photo", "pdf"))
    assert refusal.value.key == key


def test_a_head_says_how_many_dots_there_are_before_any_is_decoded() -> None:
    assert dots(pictures.claimed_size(4000, 5000)) == 20_000_000
    assert dots(picture("WEBP")) == 40 * 30
    assert dots(PDF) == 0
    with pytest.raises(NotTaken):
        dots(picture("PNG")[:20])


@pytest.mark.parametrize(
    "fault", [MemoryError(), OSError(28, "No space left"), OSError("out of memory error when reading image file")]
)
def test_s7_a_fault_of_ours_is_not_the_files(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    """Whoever sends it is not told that their picture is broken: it is not, and may be sent again."""

    def fails(*_args: object) -> None:
        raise fault

    monkeypatch.setattr(Image.Image, "thumbnail", fails)
    with pytest.raises(type(fault)):
        take(picture(), PHOTO)
