"""Files in boxes are made harmless as on the site; what is none, or is somebody else's, is left out (F9, N8)."""

import base64
import json
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image

from engage.adapters.media import taking as media
from engage.adapters.media.kinds import File
from engage.core import clock, database
from engage.core.database import db
from engage.listening.kiosk import routes_offline, service, taking
from engage.listening.surveys.models import Response
from engage.safeguarding.models import Flag
from engage.safeguarding.words import screened
from engage.voices import files
from engage.voices.kinds import Concern
from engage.voices.models import Attachment, Voice
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.support.boxes import closed
from tests.support.client import PageClient
from tests.support.pictures import HTML, PDF, PLACE, picture, telling_photo, telling_png
from tests.support.sounds import mp4, wav
from tests.unit.questionnaire.samples import sample

pytestmark = pytest.mark.one_database
GIVEN, SKIPPED = {"value": "given"}, {"skipped": True}
DEFINITION = sample(
    {"id": "drawn", "kind": "drawing"},
    {"id": "place", "kind": "upload", "most": 2},
    {"id": "told", "kind": "audio"},
    audience="parents",
    ask_how=False,
)
EMPTY: dict[str, dict[str, list[str]]] = {"drawn": {}, "place": {}, "told": {}}


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.fixture
def tablet(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    open_as_it_is(app, partnership, DEFINITION, "files")
    with within(app, partnership):
        found = service.set_up("files", "Hall", clock.in_days(3), works_offline=True)
        database.end_write(commit=True)
        return found


def bring(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, **content: Any
) -> tuple[dict[str, Any], list[File]]:
    """Bring one box twice; the one response it became, and the files that lie beside its voices."""
    box = closed(app, partnership, tablet, "files", **{"fields": EMPTY, **content})
    for _ in range(2):
        assert client.post(f"/larkmoor/tablet/{tablet}/answers", data=box).status_code == 200
    with within(app, partnership):
        (answers,) = db.session.scalars(sa.select(Response.answers)).all()
        found = [files.open_file(each) for each in db.session.scalars(sa.select(Attachment.id)).all()]
    return answers, [file for file in found if file is not None]


def test_f9_files_come_in_once_without_what_they_tell_of_the_person(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID
) -> None:
    sent = {"drawn": [text(telling_png())], "place": [text(telling_photo())], "told": [text(mp4())]}
    answers, kept = bring(app, client, partnership, tablet, files=sent)
    assert answers == {"drawn": GIVEN, "place": GIVEN, "told": GIVEN}
    assert sorted(file.media_type.partition("/")[0] for file in kept) == ["audio", "image", "image"]
    assert not any(PLACE in file.data or b"Exif" in file.data for file in kept)
    with within(app, partnership):
        voices = db.session.scalars(sa.select(Voice)).all()
        assert len(voices) == 3
        assert all(voice.concern is Concern.AMBER and voice.is_wordless for voice in voices), (
            "nothing screens a file: a person looks"
        )


UNREADABLE: dict[str, dict[str, Any]] = {
    "not base64": {"drawn": ["<script>"]},
    "no picture": {"place": [text(HTML), text(HTML)]},
    "half a picture": {"drawn": [text(telling_photo()[:60])]},
    "a sound where a picture belongs": {"drawn": [text(mp4())]},
    "a picture where a sound belongs": {"told": [text(picture())]},
    "a document": {"place": [text(b"%PDF-1.7\n%%EOF")]},
}
NOTHING: dict[str, dict[str, Any]] = {
    "nothing": {"drawn": [""]},
    "a question that takes none": {"other": [text(picture())], "title": [text(picture())]},
}


@pytest.mark.parametrize("sent", [*UNREADABLE.values(), *NOTHING.values()], ids=[*UNREADABLE, *NOTHING])
def test_s7_what_cannot_be_opened_is_left_out_of_a_box_and_a_person_is_told(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, sent: dict[str, Any]
) -> None:
    """Nobody can be asked for it again: the answer is skipped (F9), and somebody knows that there was one."""
    answers, kept = bring(app, client, partnership, tablet, files=sent)
    assert kept == []
    assert answers == {"drawn": SKIPPED, "place": SKIPPED, "told": SKIPPED}
    many = 1 if sent in UNREADABLE.values() else 0
    with within(app, partnership):
        assert [voice.concern for voice in db.session.scalars(sa.select(Voice))] == [Concern.AMBER] * many
        flags = db.session.scalars(sa.select(Flag)).all()
        assert [(flag.level, flag.categories) for flag in flags] == [(Concern.AMBER, ["needs_person:lost"])] * many
    assert "could not be opened" in screened(Concern.AMBER, ["needs_person:lost"])


def test_s7_words_beside_a_file_that_cannot_be_opened_do_not_hide_that_there_was_one(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID
) -> None:
    fields = {**EMPTY, "place": {"place": ["The bench by the gate"]}}
    answers, kept = bring(app, client, partnership, tablet, fields=fields, files={"place": [text(HTML)]})
    assert (answers["place"], kept) == (GIVEN, [])
    with within(app, partnership):
        assert db.session.scalars(sa.select(Flag.categories)).all() == [["needs_person:lost"]]


@pytest.mark.parametrize("fault", [MemoryError(), OSError(24, "Too many open files")])
def test_s7_a_fault_of_ours_leaves_the_box_on_the_tablet(
    app: Flask,
    client: PageClient,
    partnership: uuid.UUID,
    tablet: uuid.UUID,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
) -> None:
    """The tablet drops a box only when it hears that all of it is stored."""

    def fails(*_args: object, **_named: object) -> None:
        raise fault

    box = closed(app, partnership, tablet, "files", fields=EMPTY, files={"drawn": [text(telling_png())]})
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    with monkeypatch.context() as patch:
        patch.setattr(Image.Image, "thumbnail", fails)
        assert client.post(f"/larkmoor/tablet/{tablet}/answers", data=box).status_code == 500
    with within(app, partnership):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 0
    assert client.post(f"/larkmoor/tablet/{tablet}/answers", data=box).status_code == 200
    with within(app, partnership):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Attachment)) == 1


def test_s7_a_recording_that_lasts_too_long_is_kept(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID
) -> None:
    """The tablet stopped counting, or slept: the child has gone, and what they said is there."""
    answers, kept = bring(app, client, partnership, tablet, files={"told": [text(wav(130))]})
    assert (answers["told"], len(kept)) == (GIVEN, 1)


def test_f9_a_box_that_comes_again_is_not_opened_again(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = closed(app, partnership, tablet, "files", fields=EMPTY, files={"drawn": [text(telling_png())]})
    assert client.post(f"/larkmoor/tablet/{tablet}/answers", data=box).status_code == 200
    monkeypatch.setattr(media, "take", None)
    assert client.post(f"/larkmoor/tablet/{tablet}/answers", data=box).status_code == 200


def test_f9_a_box_has_a_total_of_dots(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few bytes can say that they are millions of dots: what is beyond the total is not decoded, and told."""
    monkeypatch.setattr(taking, "MOST_DOTS", 2 * 40 * 30)
    sent = {"drawn": [text(picture())], "place": [text(picture()), text(picture())]}
    _answers, kept = bring(app, client, partnership, tablet, files=sent)
    assert len(kept) == 2
    with within(app, partnership):
        assert db.session.scalars(sa.select(Flag.categories)).all() == [["needs_person:image", "needs_person:lost"]]


def test_f9_a_box_of_too_many_words_is_refused_before_anything_is_made_of_it(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = closed(app, partnership, tablet, "files", **{f"k{n:07}": {} for n in range(taking.MOST_WORDS // 14)})
    monkeypatch.setattr(json, "loads", None)
    assert client.post(f"/larkmoor/tablet/{tablet}/answers", data=box).status_code in {400, 409, 422}


def test_f9_no_more_files_than_a_question_takes_and_none_beside_a_skip(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID
) -> None:
    fields = {**EMPTY, "place": {"place-skip": ["rather-not"]}}
    sent = {"drawn": [text(picture())] * 5, "place": [text(picture())]}
    answers, kept = bring(app, client, partnership, tablet, fields=fields, files=sent)
    assert len(kept) == 1
    assert answers == {"drawn": GIVEN, "place": SKIPPED, "told": SKIPPED}


def test_n8_an_id_in_a_box_brings_nobodys_file(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID
) -> None:
    stolen = {"drawn": {"drawn-kept": [uuid.uuid4().hex]}, "place": {"place": ["Mine"], "place-kept": ["0" * 32]}}
    answers, kept = bring(app, client, partnership, tablet, fields={**EMPTY, **stolen})
    assert kept == []
    assert answers["drawn"] == SKIPPED
    with within(app, partnership):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Voice)) == 1


@pytest.mark.parametrize(
    "content",
    [
        {"files": {"drawn": "abc"}},
        {"files": {"drawn": [1]}},
        {"files": {"drawn": ["QQ=="] * 6}},
        {"files": {f"q{n}": [] for n in range(51)}},
        {"files": ["drawn"]},
        {"fields": {"drawn": {"drawn": ["x" * (taking.MOST_WORDS + 1)]}}},
    ],
    ids=["text", "number", "six", "many", "list", "words"],
)
def test_f9_a_box_that_no_tablet_closes_is_refused_whole(
    app: Flask, client: PageClient, partnership: uuid.UUID, tablet: uuid.UUID, content: dict[str, Any]
) -> None:
    box = closed(app, partnership, tablet, "files", **{"fields": EMPTY, **content})
    assert client.post(f"/larkmoor/tablet/{tablet}/answers", data=box).status_code in {400, 409, 422}
    with within(app, partnership):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 0


def test_f9_a_box_has_room_for_what_a_tablet_puts_into_one_and_for_no_more(
    client: PageClient, tablet: uuid.UUID
) -> None:
    script = 5 * 1024 * 1024 * 4 // 3
    assert script + taking.MOST_WORDS <= routes_offline.MOST_BOX
    answer = client.post(f"/larkmoor/tablet/{tablet}/answers", data=b"\x04" * (routes_offline.MOST_BOX + 1))
    assert answer.status_code == 413


def test_f9_a_document_comes_in_as_it_is_where_one_is_asked_for_and_only_whole(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    """A picture, a whole PDF and half of one beside each other: two are kept, and somebody is told of the third."""
    takes = sample(
        {"id": "paper", "kind": "upload", "takes": ["photo", "pdf"], "most": 3},
        {"id": "words", "kind": "text"},
        audience="parents",
        ask_how=False,
    )
    open_as_it_is(app, partnership, takes, "papers")
    with within(app, partnership):
        tablet = service.set_up("papers", "Hall", clock.in_days(3), works_offline=True)
        database.end_write(commit=True)
    sent = {"paper": [text(PDF), text(PDF[:-20]), text(telling_photo())]}
    box = closed(app, partnership, tablet, "papers", fields={"paper": {}}, files=sent)
    for _ in range(2):
        assert client.post(f"/larkmoor/tablet/{tablet}/answers", data=box).status_code == 200
    with within(app, partnership):
        found = [files.open_file(each) for each in db.session.scalars(sa.select(Attachment.id)).all()]
        (flag,) = db.session.scalars(sa.select(Flag)).all()
        assert "needs_person:lost" in flag.categories
    kept = {file.media_type: file.data for file in found if file is not None}
    assert kept.pop("application/pdf") == PDF
    (photo,) = kept.values()
    assert PLACE not in photo
