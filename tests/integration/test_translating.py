"""Translating a survey: side by side, from a translator's file, checked by somebody, and never over another's work."""

import io
import re
import uuid

import pytest
from flask import Flask
from lxml import etree
from werkzeug.test import TestResponse

from engage.core.transaction import transaction
from engage.listening.making import service as making
from engage.listening.translating import views, views_texts
from engage.listening.translating.queries import standing
from engage.paths import surveys
from engage.people.kinds import Role
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.translations import offer
from engage.web import words
from tests.factories.surveys import open_survey, ready_made
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.people import sign_in, staff

pytestmark = pytest.mark.one_database

HOME = "/staff/surveys/your-voice/translations"
THANKS = f"{HOME}/ar/screens/end"


@pytest.fixture(autouse=True)
def editor(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    """An open survey, and somebody signed in who may translate it."""
    open_survey(app, partnership)
    staff(app, partnership, "sam", Role.SURVEY_MANAGER)
    sign_in(client, "sam")


def now(app: Flask, partnership: uuid.UUID) -> Definition:
    with within(app, partnership):
        return standing("your-voice").definition


def rename(app: Flask, partnership: uuid.UUID, english: str) -> None:
    """Somebody edits the English of the thanks in the builder."""
    with within(app, partnership), transaction():
        copy = making.begin("your-voice", None)
        tree = copy.definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        tree["thanks"]["en"]["plain"] = english
        making.change("your-voice", copy.revision, Definition.model_validate(tree), None)


def fields(page: str) -> dict[str, str]:
    """What the form of a screen holds as it comes."""
    found = dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page))
    return {**found, **dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))}


def save(client: PageClient, address: str = THANKS, **typed: str) -> int:
    page = client.get(address)
    data = {**fields(page.get_data(as_text=True)), "csrf_token": token_of(page), **typed}
    return client.post(address, data=data).status_code


def test_the_overview_says_how_far_each_language_is_and_adds_one(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    page = client.get(HOME).get_data(as_text=True)
    assert "Arabic" in page
    assert "Nobody has checked it." in page
    added = client.submit(HOME, {"language": "pl", "revision": "0"}, to=f"{HOME}/add")
    assert added.headers["Location"].endswith("/translations/pl")
    assert now(app, partnership).languages == ("en", "ar", "pl")
    assert "0 of " in client.get(HOME).get_data(as_text=True)
    assert client.submit(HOME, {"language": "xx", "revision": "2"}, to=f"{HOME}/add").status_code == 409


def test_a_screen_shows_both_languages_and_keeps_what_is_typed_in_the_working_copy(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    page = client.get(THANKS).get_data(as_text=True)
    assert re.search(r'lang="en" dir="ltr" id="text-1-plain-english">Thank you\.', page)
    assert re.search(r'<textarea[^>]* lang="ar" dir="rtl"', page)
    assert save(client, **{"thanks:plain": "شكرا جزيلا\r\nلك"}) == 303
    arabic = now(app, partnership).thanks.root["ar"]
    assert arabic.plain == "شكرا جزيلا\nلك"
    assert arabic.easy == "شكرًا لأنك أخبرتنا. هذا يساعد في حماية الأطفال."


def test_a_stale_text_says_what_changed_and_is_fresh_once_somebody_says_that_it_still_fits(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    rename(app, partnership, "Thank you. What you said will help to keep you and other children safe.")
    assert "needs another look" in client.get(HOME).get_data(as_text=True)
    page = client.get(THANKS).get_data(as_text=True)
    assert "<del>can</del> <ins>will</ins>" in page
    assert save(client) == 303
    assert now(app, partnership).translated["ar"].stale == 1
    assert save(client, **{"thanks:fits": "yes"}) == 303
    assert now(app, partnership).translated["ar"].stale == 0


def test_what_cannot_be_kept_is_shown_again_with_everything_that_was_typed(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    page = client.get(THANKS)
    data = {**fields(page.get_data(as_text=True)), "csrf_token": token_of(page)}
    refused = client.post(THANKS, data={**data, "thanks:plain": "", "thanks:easy": "شكرا شكرا"})
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert 'href="#text-1-plain"' in text
    assert "شكرا شكرا" in text
    long = client.post(THANKS, data={**data, "thanks:plain": "x" * 2001})
    assert long.status_code == 422
    assert now(app, partnership).thanks.root["ar"].plain.startswith("شكرًا لك")


def test_somebody_elses_change_is_never_written_over(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    page = client.get(THANKS)
    data = {**fields(page.get_data(as_text=True)), "csrf_token": token_of(page), "thanks:plain": "شكرا"}
    rename(app, partnership, "Thanks.")
    late = client.post(THANKS, data=data)
    assert late.status_code == 409
    text = late.get_data(as_text=True)
    assert "Somebody changed this survey while you were writing" in text
    assert fields(text)["thanks:plain"] == "شكرا"
    assert client.post(THANKS, data={**data, **fields(text)}).status_code == 303
    definition = now(app, partnership)
    assert (definition.thanks.root["en"].plain, definition.thanks.root["ar"].plain) == ("Thanks.", "شكرا")


def test_two_empty_boxes_take_a_translation_away(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    assert save(client, **{"thanks:plain": "", "thanks:easy": ""}) == 303
    assert now(app, partnership).translated["ar"].missing == 1


def test_a_check_is_recorded_with_who_and_when_and_an_edit_after_it_is_a_draft(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    wrong = client.submit(f"{HOME}/ar", {"revision": "0"}, to=f"{HOME}/ar/checked")
    assert wrong.status_code == 422
    done = {"revision": "0", "checker": "speaker", "who": "Larkmoor Arabic School"}
    assert client.submit(f"{HOME}/ar", done, to=f"{HOME}/ar/checked").status_code == 303
    definition = now(app, partnership)
    assert offer(definition, drafts=False).languages == ("en", "ar")
    page = client.get(f"{HOME}/ar").get_data(as_text=True)
    assert "Larkmoor Arabic School" in page
    assert "A translation was checked" in client.get("/staff/surveys/your-voice").get_data(as_text=True)
    assert save(client, **{"thanks:plain": "شكرا"}) == 303
    assert "1 was changed after the check." in client.get(f"{HOME}/ar").get_data(as_text=True)
    assert offer(now(app, partnership), drafts=False).languages == ("en",)
    revision = fields(client.get(f"{HOME}/ar").get_data(as_text=True))["revision"]
    assert client.submit(f"{HOME}/ar", {"revision": revision}, to=f"{HOME}/ar/draft").status_code == 303
    assert now(app, partnership).checked == {"ar": "draft"}
    assert now(app, partnership).checked_by == {}


def test_what_a_speaker_checked_children_may_have_read_too(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    """The three states one after the other: draft, checked by a speaker, checked by children; then nothing is left."""
    for checker, said in (("speaker", "Checked by a speaker"), ("child", "Checked by children")):
        page = client.get(f"{HOME}/ar").get_data(as_text=True)
        assert "Who has checked it?" in page
        told = {"revision": fields(page)["revision"], "checker": checker, "who": "A group of five"}
        assert client.submit(f"{HOME}/ar", told, to=f"{HOME}/ar/checked").status_code == 303
        assert said in client.get(f"{HOME}/ar").get_data(as_text=True)
        assert offer(now(app, partnership), drafts=False).languages == ("en", "ar")
    assert "Who has checked it?" not in client.get(f"{HOME}/ar").get_data(as_text=True)


def test_nothing_is_called_checked_while_something_is_stale(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    rename(app, partnership, "Thanks.")
    done = {"revision": "2", "checker": "speaker", "who": "Larkmoor Arabic School"}
    assert client.submit(f"{HOME}/ar", done, to=f"{HOME}/ar/checked").status_code == 409


@pytest.mark.parametrize("suffix", ["xlf", "po"])
def test_a_file_goes_to_a_translator_and_comes_back(
    app: Flask, client: PageClient, partnership: uuid.UUID, suffix: str
) -> None:
    sent = client.get(f"{HOME}/ar/file.{suffix}")
    assert sent.headers["Content-Disposition"] == f'attachment; filename="your-voice.ar.{suffix}"'
    content = sent.get_data().replace("شكرًا لك.".encode(), "شكرا.".encode())
    taken = upload(client, content)
    assert taken.status_code == 200
    assert "1 text was changed." in taken.get_data(as_text=True)
    assert now(app, partnership).thanks.root["ar"].plain.startswith("شكرا.")
    again = upload(client, content).get_data(as_text=True)
    assert "There was nothing new in the file" in again
    assert "The file was taken in" not in again


def test_every_screen_and_every_text_to_translate_is_named_as_people_call_it(app: Flask) -> None:
    """A translator works from these names: a line of a table is no answer, a section is not the survey."""
    examples = [ready_made(f"examples/{path.stem}") for path in sorted((surveys() / "examples").glob("*.yaml"))]
    with app.test_request_context():
        screens = [(asked, screen) for asked in examples for screen in views.screens(asked, "pl")]
        pairs = [pair for asked, screen in screens for pair in views_texts.pairs(asked, "pl", screen, {})]
    assert [screen.title for _, screen in screens if not screen.title[:1].isupper()] == []
    assert [pair.label for pair in pairs if not pair.label[:1].isupper()] == []
    named = {pair.key: pair.label for pair in pairs}
    assert named["questions.last_week.rows.slept.text"] == "Line 1"
    assert named["questions.kind_worker.options.no.alt"] == "Answer 2: What the picture shows"
    assert named["sections.work.title"] == "Title"
    assert named["title"] == "The survey's name"


def upload(client: PageClient, content: bytes) -> TestResponse:
    token = token_of(client.get(f"{HOME}/ar"))
    data = {"csrf_token": token, "file": (io.BytesIO(content), "back.xlf")}
    return client.post(f"{HOME}/ar/file", data=data, content_type="multipart/form-data")


def test_a_file_that_does_not_fit_changes_nothing_and_says_why_for_each_unit(
    app: Flask, client: PageClient, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = now(app, partnership)
    root = etree.fromstring(client.get(f"{HOME}/ar/file.xlf").get_data())
    units = list(root.iter("{*}unit"))
    units[0].find("{*}segment/{*}target").text = "صوتنا"
    units[1].set("id", "nowhere:plain")
    refused = upload(client, etree.tostring(root))
    assert refused.status_code == 422
    assert "nowhere:plain" in refused.get_data(as_text=True)
    with monkeypatch.context() as patch:
        patch.setattr(words, "gettext", "⟦{}⟧".format)
        said = upload(client, etree.tostring(root)).get_data(as_text=True)
    assert "⟦there is no such text in the survey⟧" in said, "in the language of the page (A18)"
    assert "⟦line " in said
    assert upload(client, b"").status_code == 422
    assert upload(client, b"<!DOCTYPE x>").status_code == 422
    assert client.submit(f"{HOME}/ar", {}, to=f"{HOME}/ar/file").status_code == 422
    assert now(app, partnership) == before


@pytest.mark.parametrize("address", [f"{HOME}/pl", f"{HOME}/en", f"{HOME}/ar/screens/nowhere", f"{HOME}/zz/file.po"])
def test_what_is_not_there_is_not_found(client: PageClient, address: str) -> None:
    assert client.get(address).status_code == 404
