"""An answer that is a photo or a file: sealed under the person's own key, then the partnership's; read by a person."""

import re
import uuid
from io import BytesIO
from operator import attrgetter
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from engage.core import clock
from engage.core.database import Base, db
from engage.core.transaction import transaction
from engage.listening.surveys import drafts
from engage.people.kinds import Role
from engage.voices import queries as heard
from engage.voices.kinds import Concern
from tests.factories.surveys import open_survey
from tests.support import sounds
from tests.support.answering import send, start
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.people import sign_in, staff
from tests.support.pictures import HTML, PDF, PLACE, claimed_size, noisy_photo, picture, telling_photo

SURVEY = "/larkmoor/surveys/upload"
PLACE_PAGE, PAPER_PAGE = f"{SURVEY}/q/place", f"{SURVEY}/q/paper"


@pytest.fixture
def asked(app: Flask, client: PageClient, partnership: uuid.UUID) -> PageClient:
    """Somebody at the first question of the survey about places."""
    open_survey(app, partnership, "examples/upload")
    assert start(client, SURVEY) == PLACE_PAGE
    return client


def give(client: PageClient, *files: bytes, page: str = PLACE_PAGE, **fields: Any) -> TestResponse:
    """Add files and press Continue, as a form does; their names say nothing."""
    name = f"{page.rsplit('/', 1)[-1]}-file"
    uploads = [FileStorage(BytesIO(file), "../../holiday.png", content_type="text/html") for file in files]
    data = {"csrf_token": token_of(client.get(page)), name: uploads or [FileStorage(BytesIO(), "")], **fields}
    boundary, body = encode_multipart(data)  # in memory: the client's own way leaves temporary files open
    return client.post(page, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def rows(app: Flask, table: str) -> list[Any]:
    with app.app_context(), db.engine.connect() as connection:
        plain = connection.execution_options(engage_maintenance=True)
        return list(plain.execute(sa.select(Base.metadata.tables[table])))


def addresses(client: PageClient, page: str = PLACE_PAGE) -> list[str]:
    return re.findall(r'src="([^"]+/files/[^"]+)"', client.get(page).get_data(as_text=True))


def test_a_photo_is_kept_shown_to_its_owner_sent_and_read_by_a_person(
    app: Flask, asked: PageClient, partnership: uuid.UUID
) -> None:
    """The whole way, and N6 on it: nothing in the database is the picture; SAFETY 6: it needs a person, amber."""
    answered = give(asked, telling_photo(), place="The purple bench")
    assert answered.headers["Location"] == PAPER_PAGE
    [address] = addresses(asked)
    mine = asked.get(address)
    assert mine.mimetype == "image/jpeg"
    assert "sandbox" in mine.headers["Content-Security-Policy"]
    assert PLACE not in mine.data
    assert give(asked, page=PAPER_PAGE).headers["Location"] == f"{SURVEY}/check"
    assert "One photo that you added" in asked.get(f"{SURVEY}/check").get_data(as_text=True)
    [kept] = rows(app, "draft_file")
    assert mine.data[-200:] not in kept.sealed
    assert send(asked, SURVEY).status_code == 303
    assert rows(app, "draft_file") == []
    [stored] = rows(app, "attachment")
    assert len(stored.sealed) % 1024 < 64
    assert mine.data[-200:] not in stored.sealed
    assert kept.id != stored.id
    assert rows(app, "response")[0].answers == {"place": {"value": "given"}, "paper": {"skipped": True}}
    [flag] = rows(app, "flag")
    assert (flag.level, flag.categories) == (Concern.AMBER, ["needs_person:image"])
    reader = app.test_client()
    staff(app, partnership, "rhea", Role.RESPONDER)
    sign_in(reader, "rhea")
    assert "There is a picture with it" in reader.get("/staff/safeguarding/reading").get_data(as_text=True)
    sheet = reader.submit("/staff/safeguarding/reading", to="/staff/safeguarding/reading/sheet")
    text = sheet.get_data(as_text=True)
    assert "The purple bench" in text
    [file] = re.findall(r'src="(/staff/safeguarding/files/[^"]+)"', text)
    shown = reader.get(file)
    assert (shown.data, shown.mimetype) == (mine.data, "image/jpeg")
    assert shown.headers["Content-Disposition"] == 'inline; filename="attachment.jpg"'
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    told = sorted(rows(app, "audit_event"), key=attrgetter("position"))
    assert [event.action for event in told][-2:] == ["voices-opened", "files-opened"]
    assert_nobody_else_opens(app, partnership, file)


def assert_nobody_else_opens(app: Flask, partnership: uuid.UUID, file: str) -> None:
    """W2: a ticket is one reader's, for an hour; a changed one is none; without the permission there is no page."""
    other, analyst = app.test_client(), app.test_client()
    staff(app, partnership, "omar", Role.RESPONDER)
    sign_in(other, "omar")
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(analyst, "ana")
    assert other.get(file).status_code == 404
    assert other.get(file[:-1] + ("1" if file.endswith("0") else "0")).status_code == 404
    assert other.get("/staff/safeguarding/files/zz").status_code == 404
    assert analyst.get(file).status_code == 403


def test_w15_a_photo_as_large_as_a_camera_makes_it_is_kept(app: Flask, asked: PageClient) -> None:
    """A line break near the end of what is read at once made most photos over 64 KB "too large"."""
    photo = noisy_photo()
    assert len(photo) > 1_000_000
    assert give(asked, photo).headers["Location"] == PAPER_PAGE
    assert len(rows(app, "draft_file")) == 1


def test_the_safeguarding_lead_sees_the_file_beside_the_flag(
    app: Flask, asked: PageClient, partnership: uuid.UUID
) -> None:
    give(asked)
    give(asked, PDF, page=PAPER_PAGE)
    send(asked, SURVEY)
    lead = app.test_client()
    staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    sign_in(lead, "lena")
    [flag] = rows(app, "flag")
    address = f"/staff/safeguarding/flags/{flag.id}"
    page = lead.submit("/staff/safeguarding", to=address).get_data(as_text=True)
    assert "Download the PDF" in page
    [file] = re.findall(r'href="(/staff/safeguarding/files/[^"]+)"', page)
    downloaded = lead.get(file)
    assert downloaded.data == PDF
    assert downloaded.headers["Content-Disposition"] == 'attachment; filename="attachment.pdf"'


def test_a_picture_without_words_never_reaches_an_analyst(
    app: Flask, asked: PageClient, partnership: uuid.UUID
) -> None:
    """Marked as read it has still no words to be coded; a person was needed, and a person has seen it."""
    give(asked, picture())
    give(asked, page=PAPER_PAGE)
    send(asked, SURVEY)
    [voice] = rows(app, "voice")
    assert voice.is_wordless
    reader_id = staff(app, partnership, "rhea", Role.RESPONDER)
    with within(app, partnership):
        with transaction():
            db.session.execute(sa.update(heard.Voice).values(read_on=clock.today(), reader_id=reader_id))
        assert heard.list_read(10) == []
        assert heard.texts([voice.id]) == {}
        assert db.session.execute(heard.read_voices()).all() == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "Something is wrong with this file"),
        (HTML, "This is not a photo we can open"),
        (PDF, "This is not a photo we can open"),
        (picture("PNG")[:70], "Something is wrong with this file"),
        (claimed_size(10_000, 5_000), "This photo is too large to open"),
        (b"\xff\xd8\xff" + b"\0" * (13 * 1024 * 1024), "This file is too large. It can have at most 12 MB"),
    ],
    ids=["nothing", "page", "pdf", "cut", "fifty megapixels", "thirteen megabytes"],
)
def test_w15_a_bad_file_is_explained_and_the_good_one_and_the_words_stay(
    app: Flask, asked: PageClient, sent: bytes, said: str
) -> None:
    page = give(asked, picture(), sent, place="Words that stay")
    text = page.get_data(as_text=True)
    assert page.status_code in {413, 422}
    assert said in text
    if page.status_code == 422:
        assert "Words that stay" in text
        assert len(rows(app, "draft_file")) == 1
        assert len(addresses(asked)) == 1


def test_w15_more_files_than_there_is_room_for_are_not_kept(app: Flask, asked: PageClient) -> None:
    """Ten at once; then one more than three; then, where only one may be, the new one takes the old one's place."""
    page = give(asked, *[picture()] * 10)
    assert page.status_code == 422
    assert "You can add at most 3" in page.get_data(as_text=True)
    assert rows(app, "draft_file") == []
    assert give(asked, picture(), picture()).status_code == 303
    assert give(asked, picture(), picture()).status_code == 422
    assert len(rows(app, "draft_file")) == 2
    for _ in range(2):
        assert give(asked, picture(), page=PAPER_PAGE).status_code == 303
    assert len(rows(app, "draft_file")) == 3


def test_files_can_be_taken_off_one_by_one_or_all_by_skipping(app: Flask, asked: PageClient) -> None:
    give(asked, picture(), picture(), place="Words")
    first, second = (address.rsplit("/", 1)[-1].replace("-", "") for address in addresses(asked))
    off = give(asked, place="Other words", **{"place-remove": first})
    assert off.headers["Location"] == PLACE_PAGE
    text = asked.get(PLACE_PAGE).get_data(as_text=True)
    assert second in text.replace("-", "")
    assert first not in text.replace("-", "")
    assert "Other words" in text
    give(asked, **{"place-skip": "rather-not"})
    assert rows(app, "draft_file") == []


def test_w2_an_id_of_somebody_elses_file_opens_and_takes_off_nothing(app: Flask, asked: PageClient) -> None:
    give(asked, picture())
    [address] = addresses(asked)
    stranger = app.test_client()
    assert stranger.get(address).status_code == 404
    start(stranger, SURVEY)
    assert stranger.get(address).status_code == 404
    forged = address.rsplit("/", 1)[-1].replace("-", "")
    answered = give(stranger, place="Mine", **{"place-kept": forged, "place-remove": forged})
    assert answered.status_code == 303
    assert addresses(stranger) == []
    assert len(rows(app, "draft_file")) == 1
    assert asked.get(f"{PAPER_PAGE}/files/{address.rsplit('/', 1)[-1]}").status_code == 404


def test_n13_files_go_with_their_draft(app: Flask, asked: PageClient, partnership: uuid.UUID) -> None:
    give(asked, picture())
    with within(app, partnership):
        with transaction():
            db.session.execute(sa.update(drafts.Draft).values(week="2026-W01"))
        with transaction():
            drafts.delete_old()
    assert rows(app, "draft_file") == []


def test_n13_files_go_with_their_voice(app: Flask, asked: PageClient, partnership: uuid.UUID) -> None:
    give(asked, picture())
    give(asked, page=PAPER_PAGE)
    send(asked, SURVEY)
    assert len(rows(app, "attachment")) == 1
    with within(app, partnership), transaction():
        db.session.execute(sa.delete(heard.Voice))
    assert rows(app, "attachment") == []


def test_a_file_that_fell_off_the_path_is_not_sent(app: Flask, asked: PageClient) -> None:
    """Twice sent is sent once: a second Send stores nothing and the files are there once."""
    give(asked, picture(), place="x")
    give(asked, page=PAPER_PAGE)
    assert send(asked, SURVEY).status_code == 303
    assert send(asked, SURVEY).status_code == 303
    assert len(rows(app, "attachment")) == 1


def test_other_forms_stay_small(app: Flask, asked: PageClient, partnership: uuid.UUID) -> None:
    """Only the form of a question that takes files may be large."""
    open_survey(app, partnership, "examples/text")
    written = start(asked, "/larkmoor/surveys/text")
    assert asked.post(written, data={"x": "y" * 100_000}).status_code == 413


def test_what_was_kept_is_a_picture_of_the_same_thing(app: Flask, asked: PageClient) -> None:
    give(asked, picture(size=(60, 20)))
    [address] = addresses(asked)
    image = Image.open(BytesIO(asked.get(address).data))
    assert image.size == (60, 20)
    part = asked.get(address, headers={"Range": "bytes=0-9"})
    assert (part.status_code, len(part.data)) == (206, 10)


def test_only_the_page_of_a_recording_may_ask_for_the_microphone(
    app: Flask, asked: PageClient, partnership: uuid.UUID
) -> None:
    """W6: and only it may play what was recorded on it."""
    open_survey(app, partnership, "examples/audio")
    page = asked.get(start(asked, "/larkmoor/surveys/audio"))
    assert "microphone=(self)" in page.headers["Permissions-Policy"]
    assert "media-src 'self' blob:;" in page.headers["Content-Security-Policy"]
    for elsewhere in (PLACE_PAGE, "/larkmoor/surveys/audio", "/larkmoor/"):
        page = asked.get(elsewhere)
        assert "microphone=()" in page.headers["Permissions-Policy"]
        assert "blob:" not in page.headers["Content-Security-Policy"]


def test_a_recording_is_kept_heard_again_and_read_by_a_person(
    app: Flask, asked: PageClient, partnership: uuid.UUID
) -> None:
    open_survey(app, partnership, "examples/audio")
    page = start(asked, "/larkmoor/surveys/audio")
    refused = give(asked, HTML, page=page, day="Words")
    assert "This is not a recording we can play" in refused.get_data(as_text=True)
    assert "This recording is too long" in give(asked, sounds.mp4(seconds=90), page=page).get_data(as_text=True)
    assert give(asked, sounds.webm(), page=page).status_code == 303
    [address] = addresses(asked, page)
    assert asked.get(address).mimetype == "audio/webm"
    send(asked, "/larkmoor/surveys/audio")
    [flag] = rows(app, "flag")
    assert flag.categories == ["needs_person:audio"]
    reader = app.test_client()
    staff(app, partnership, "rhea", Role.RESPONDER)
    sign_in(reader, "rhea")
    sheet = reader.submit("/staff/safeguarding/reading", to="/staff/safeguarding/reading/sheet")
    [file] = re.findall(r'<audio[^>]+src="([^"]+)"', sheet.get_data(as_text=True))
    heard_again = reader.get(file, headers={"Range": "bytes=0-99"})
    assert (heard_again.status_code, heard_again.mimetype, len(heard_again.data)) == (206, "audio/webm", 100)
