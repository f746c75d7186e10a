"""The partnership's own pictures, recordings and films: taken in by staff, served to everybody, withdrawn for good."""

import io
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core.database import db
from engage.listening.library import queries
from engage.listening.library.kinds import ItemKind
from engage.listening.library.models import LibraryPart
from engage.people import service as people
from engage.people.kinds import Role
from engage.web.security import MAX_BODY
from tests.factories import library as files
from tests.support import films, sounds
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.people import sign_in, staff
from tests.support.pictures import noisy_photo

pytestmark = pytest.mark.one_database

ADD = "/staff/library/add"
FILM: dict[str, Any] = {
    "title": "Hello in BSL",
    "language": "bfi",
    "words_en": "Hello. How safe do you feel?",
    "permitted_by": "Sam, who signs, in writing",
}


@pytest.fixture
def ada(app: Flask, partnership: uuid.UUID, client: PageClient) -> PageClient:
    """A survey manager's browser."""
    staff(app, partnership, "ada", Role.SURVEY_MANAGER)
    sign_in(client, "ada")
    return client


def upload(client: PageClient, kind: str, data: bytes, **fields: Any) -> Any:
    """Hand a file in by the form, as a browser does."""
    given = {
        name: (io.BytesIO(value), "x.bin") if isinstance(value, bytes) else value for name, value in fields.items()
    }
    return client.submit(f"{ADD}/{kind}", {"file": (io.BytesIO(data), "any.name"), **given})


def address(app: Flask, partnership: uuid.UUID, slug: str) -> str:
    with within(app, partnership):
        row = queries.get_item(slug)
        assert row is not None
        return f"/larkmoor/media/{slug}/{row.file}"


def test_a_picture_is_drawn_anew_and_served_with_nothing_beside_it(
    app: Flask, ada: PageClient, partnership: uuid.UUID
) -> None:
    """A14: with its words; hashed, same origin, kept by the browser; the place it was taken is gone."""
    answer = upload(
        ada,
        "picture",
        files.picture(where=True),
        title="The front door",
        words_en="A blue front door",
        words_ar="باب أزرق",
        permitted_by="Nobody is in it",
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/staff/library/the-front-door"
    page = ada.get("/staff/library/the-front-door").get_data(as_text=True)
    assert 'alt="A blue front door"' in page
    assert "باب أزرق" in page
    served = app.test_client().get(address(app, partnership, "the-front-door"))
    assert served.mimetype == "image/webp"
    assert b"PhoneOfTheChild" not in served.get_data()
    assert "immutable" in served.headers["Cache-Control"]
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in served.headers


def test_a16_a_film_needs_captions_and_its_words(app: Flask, ada: PageClient, partnership: uuid.UUID) -> None:
    """A16: a film without captions or transcript is not taken; with them the page offers both, and nothing plays."""
    assert "Add captions" in upload(ada, "film", files.film(), **FILM).get_data(as_text=True)
    assert "Line 1 of the captions" in upload(ada, "film", files.film(), captions_en=b"1", **FILM).get_data(
        as_text=True
    )
    missing = {**FILM, "words_en": ""}
    vtt = files.VTT.encode()
    assert upload(ada, "film", files.film(), captions_en=vtt, **missing).status_code == 422
    assert upload(ada, "film", files.film(), captions_en=vtt, **FILM).status_code == 303
    page = ada.get("/staff/library/hello-in-bsl").get_data(as_text=True)
    for wanted in ('kind="captions"', 'preload="none"', "controls", "Read the words of this film", "Hello. How safe"):
        assert wanted in page
    assert "autoplay" not in page
    whole = address(app, partnership, "hello-in-bsl")
    captions = app.test_client().get(f"{whole.rpartition('.')[0]}.en.vtt")
    assert captions.mimetype == "text/vtt"
    assert captions.get_data(as_text=True).startswith("WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nHow safe")


def test_a_film_is_served_in_ranges_over_its_parts(app: Flask, partnership: uuid.UUID) -> None:
    """A player asks for pieces: each is exactly those bytes, also across the rows they are kept in."""
    slug = files.add(app, partnership, ItemKind.FILM, "Long film")
    client, where = app.test_client(), address(app, partnership, slug)
    whole = client.get(where)
    data = whole.get_data()
    assert whole.status_code == 200
    assert len(data) > 3 * queries.PART_BYTES
    assert whole.headers["Accept-Ranges"] == "bytes"
    for start, stop in ((0, 1), (queries.PART_BYTES - 5, queries.PART_BYTES + 5), (len(data) - 3, len(data))):
        part = client.get(where, headers={"Range": f"bytes={start}-{stop - 1}"})
        assert part.status_code == 206
        assert part.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(data)}"
        assert part.get_data() == data[start:stop]
    assert client.get(where, headers={"Range": "bytes=-4"}).get_data() == data[-4:]
    assert client.get(where, headers={"Range": f"bytes={len(data)}-"}).status_code == 416
    assert client.head(where).headers["Content-Length"] == str(len(data))


def test_withdrawn_means_gone(app: Flask, ada: PageClient, partnership: uuid.UUID) -> None:
    """A yes taken back: the bytes leave the database, the address is empty, the row says when; no second slug."""
    slug = files.add(app, partnership, ItemKind.PICTURE, "Sam")
    where = address(app, partnership, slug)
    token = token_of(ada.get(f"/staff/library/{slug}"))
    assert ada.post(f"/staff/library/{slug}/withdraw", data={"csrf_token": token}).status_code == 303
    assert ada.get(where).status_code == 404
    with within(app, partnership):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(LibraryPart)) == 0
        assert queries.shown([slug]) == {}
    page = ada.get(f"/staff/library/{slug}").get_data(as_text=True)
    assert "Withdrawn" in page
    assert "<img" not in page
    assert files.add(app, partnership, ItemKind.PICTURE, "Sam") == "sam-2"


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("picture", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "such as SVG, as PNG first"),
        ("picture", b"", "Choose"),
        ("sound", files.picture(), "Choose an MP3"),
        ("film", b"<html><script>", "Choose an MP4"),
    ],
)
def test_w15_what_is_not_what_it_says_is_refused(ada: PageClient, kind: str, data: bytes, said: str) -> None:
    language = "bfi" if kind == "film" else "en"
    answer = upload(ada, kind, data, captions_en=files.VTT.encode(), **{**FILM, "language": language})
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


CANARY = b"+51.5074-000.1278/ Sam's phone"
UPLOADED = [
    ("film", films.mp4(CANARY)), ("film", films.webm(CANARY, sounds.OPUS_HEAD + CANARY)),
    ("film", films.webm(CANARY, films.vorbis(CANARY), b"A_VORBIS")),
    ("sound", sounds.mp3(notes=CANARY)), ("sound", sounds.mp4(notes=CANARY)), ("sound", sounds.webm(notes=CANARY)),
    ("sound", sounds.ogg(notes=CANARY)), ("sound", sounds.wav(notes=CANARY)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data"), UPLOADED, ids=[f"{kind}-{data[:8]!r}" for kind, data in UPLOADED])
def test_w15_no_kept_file_says_where_by_whom_or_with_what_it_was_made(
    app: Flask, ada: PageClient, partnership: uuid.UUID, kind: str, data: bytes
) -> None:
    """Every kind of file that is taken, with a note in every place where it has room for one."""
    assert CANARY in data
    given = {**FILM, "language": "bfi" if kind == "film" else "en", "title": "Kept"}
    captions = {"captions_en": files.VTT.encode()} if kind == "film" else {}
    assert upload(ada, kind, data, **captions, **given).status_code == 303
    served = app.test_client().get(address(app, partnership, "kept")).get_data()
    for said in (CANARY, CANARY[:10], b"phone"):
        assert said not in served


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("film", films.mp4() + films.box(b"moof", b"")),
        ("film", films.mp4(places=False, stsc=b"\0" * 4)),
        ("film", films.webm(kind=17)),
        ("sound", sounds.ogg(head=b"\x01vorbis" + b"\0" * 23)),
        ("sound", sounds.wav(kind=85)),
    ],
)
def test_w15_what_notes_cannot_be_taken_out_of_is_refused_in_words(ada: PageClient, kind: str, data: bytes) -> None:
    given = {**FILM, "language": "bfi" if kind == "film" else "en"}
    answer = upload(ada, kind, data, captions_en=files.VTT.encode(), **given)
    assert answer.status_code == 422
    assert "cannot be removed here. Save it as" in answer.get_data(as_text=True)


def test_a_large_file_is_taken_whatever_bytes_stand_in_it(ada: PageClient) -> None:
    given = {"title": "Our door", "words_en": "A door", "permitted_by": "Nobody is on it"}
    assert upload(ada, "picture", noisy_photo(side=380), **given).status_code == 303


def test_only_survey_managers_may_send_large_files(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    """Whoever is not signed in, or may not, is held to the size every page has, before anything is read."""
    large = {"file": (io.BytesIO(b"x" * (MAX_BODY + 1)), "x")}
    assert client.post(f"{ADD}/film", data=dict(large)).status_code == 413
    staff(app, partnership, "vera", Role.VIEWER)
    sign_in(client, "vera")
    large = {"file": (io.BytesIO(b"x" * (MAX_BODY + 1)), "x")}
    assert client.post(f"{ADD}/film", data=dict(large)).status_code == 413
    assert client.get("/staff/library").status_code == 403


def test_one_partnership_never_shows_anothers(app: Flask, partnership: uuid.UUID) -> None:
    slug = files.add(app, partnership, ItemKind.PICTURE, "Ours")
    where = address(app, partnership, slug)
    with app.app_context():
        people.add_partnership("elsewhere", "Elsewhere", "Elsewhere", ["en"])
        db.session.commit()
    client = app.test_client()
    assert client.get(where).status_code == 200
    assert client.get(where.replace("larkmoor", "elsewhere")).status_code == 404
    assert client.get(where.replace(".webp", ".en.vtt")).status_code == 404
    assert client.get(f"/larkmoor/media/{slug}/{'0' * 20}.webp").status_code == 404


def test_the_list_says_what_each_is(app: Flask, ada: PageClient, partnership: uuid.UUID) -> None:
    assert "Nothing here yet" in ada.get("/staff/library").get_data(as_text=True)
    for kind in ItemKind:
        files.add(app, partnership, kind, f"My {kind.value}")
    page = ada.get("/staff/library").get_data(as_text=True)
    for wanted in ("My picture", "my-film", "British Sign Language", "Everybody in it"):
        assert wanted in page
    only = ada.get("/staff/library?kind=sound").get_data(as_text=True)
    assert "My sound" in only
    assert "My film" not in only
