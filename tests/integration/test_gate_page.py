"""The gate's page: what it found, page by page of the survey, with the way to each question, and what is in order."""

import json
import uuid
from pathlib import Path

import pytest
from flask import Flask
from lxml import html

from engage.core.transaction import transaction
from engage.listening.library.kinds import ItemKind
from engage.listening.making import service as making
from engage.listening.surveys import service_gate
from engage.listening.surveys.gate_words import in_words
from engage.people.kinds import Role
from engage.rules.questionnaire.load import load
from tests.factories import library
from tests.factories.surveys import open_as_it_is, open_survey, ready_made
from tests.support.answering import start
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff
from tests.unit.questionnaire.samples import sample

pytestmark = pytest.mark.one_database

ANSWERS = ("Every day", "Sometimes", "Never")
THREE_ANSWERS = """
survey: clubs
audience: young
threshold: children
age_min: 12
age_max: 17
languages: [en, pl]
lawful_basis: public_task
title: {en: {plain: Clubs, easy: Clubs}}
intro:
  minutes: 2
  who: {en: {plain: We ask., easy: We ask.}}
  why: {en: {plain: To learn., easy: To learn.}}
  reads: {en: {plain: A worker., easy: A worker.}}
  expectation: {en: {plain: It cannot change your school., easy: It cannot change school.}}
thanks: {en: {plain: Thank you., easy: Thank you.}}
scales:
  much: [{en: {plain: Not good, easy: Not good}}, {en: {plain: Well}}, {en: {plain: Good, easy: Good}}]
questions:
  - {id: often, kind: single, text: {en: {plain: Do you go?, easy: Do you go?}}, options: WORDS}
  - {id: liked, kind: faces, scale: much, text: {en: {plain: How is it?, easy: How is it?}}}
"""
BAD = Path(__file__).parents[1] / "unit" / "questionnaire" / "bad"


@pytest.mark.parametrize("name", sorted(path.stem for path in BAD.glob("*.yaml")))
def test_a_bad_survey_is_told_page_by_page_with_the_way_to_each_question(
    name: str, app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    """R3: every finding with why it matters and what to write; both weights can be told apart."""
    ada = staff(app, partnership, "ada", Role.SURVEY_MANAGER)
    definition = load((BAD / f"{name}.yaml").read_text(encoding="utf-8"), name)
    with within(app, partnership), transaction():
        making.create(name, definition, ada)
    sign_in(client, "ada")
    page = client.get(f"/staff/surveys/{name}/gate").text
    assert "Put right" in page
    assert "Worth a look" in page
    assert "Instead: " in page
    question = {
        "asks-who-you-are": ("Question 1: What is your full name?", "question/name", "It shows who somebody is"),
        "speaks-like-an-office": ("Question 2: Were your workers kind and helpful?", "question/both", "right answer"),
        "loses-people-on-the-way": ("Question 2: What does it eat?", "question/cat", "Nobody would ever see it"),
    }[name]
    assert all(words in page for words in (question[0], question[2]))
    assert question[0] in page[page.index("<main") :]


def test_a_live_survey_has_nothing_to_put_right_and_says_what_was_looked_at(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    staff(app, partnership, "ada", Role.SURVEY_MANAGER)
    open_survey(app, partnership)
    sign_in(client, "ada")
    page = client.get("/staff/surveys/your-voice/gate").text
    assert "Nothing has to be put right." in page
    assert "No question says no twice" in page
    assert client.get("/staff/surveys/nothing/gate").status_code == 404


def test_a13_a16_a_survey_does_not_go_live_with_a_film_that_is_not_there(app: Flask, partnership: uuid.UUID) -> None:
    """A13 A16: what the library has decides: nothing, then a film without Arabic captions, then one with both."""
    asked = ready_made("examples/video")

    def found() -> set[tuple[str, str]]:
        with within(app, partnership):
            return {(each.code, each.message) for each in service_gate.findings(asked.survey, asked, is_live=False)}

    assert ("not_in_library", "hello-film is not in the library, or was withdrawn") in found()
    library.add(app, partnership, ItemKind.FILM, "Hello film")
    assert ("no_accessible_route", "its film has no captions and no words in Arabic") in found()
    with within(app, partnership), transaction():
        library.service.withdraw("hello-film")
    assert ("not_in_library", "hello-film is not in the library, or was withdrawn") in found()


def test_a4_every_kind_is_served_with_plain_controls(app: Flask, partnership: uuid.UUID, client: PageClient) -> None:
    """A4 A6: outside everything that waits for script there is a control of the browser's own that answers."""
    definition = sample()
    open_as_it_is(app, partnership, definition, "sample")
    start(client, "/larkmoor/surveys/sample")
    for question in definition.questions:
        page = client.get(f"/larkmoor/surveys/sample/q/{question.id}")
        assert page.status_code == 200, question.id
        parsed = html.fromstring(page.text)
        for waiting in parsed.xpath("//main//*[@hidden]"):
            waiting.drop_tree()
        answers = "//main//form//*[self::textarea or (self::input and not(@type='hidden') and not(@type='file'))]"
        skips = {f"{question.id}-skip"}
        plain = [each for each in parsed.xpath(answers) if each.get("id") not in skips]
        moves = parsed.xpath("//main//form//button[contains(@name, '-move')]")
        assert plain or moves or not question.asks, question.id


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("questions.3.hint.en.easy", "Hint, easy words"),
        ("questions.0.options.2.text.pl", "Answer 3, Polish"),
        ("intro.limits", "When someone would have to be told"),
        ("title.ar.easy", "Title, Arabic, easy words"),
        ("scales.much.1.en.easy", "Scale much, point 2, easy words"),
        ("questions.2.rows.0.text.en", "Line 1"),
        ("sections.1.title.en", "Section 2"),
        ("", ""),
    ],
)
def test_a_place_is_told_in_words(app: Flask, place: str, words: str) -> None:
    with app.test_request_context():
        assert in_words(place) == words


def test_r3_which_answer_is_meant_is_said_on_both_pages(app: Flask, partnership: uuid.UUID, client: PageClient) -> None:
    """R3: three answers of a question without easy words are three places, each with its words and the way there."""
    ada = staff(app, partnership, "ada", Role.SURVEY_MANAGER)
    definition = load(
        THREE_ANSWERS.replace("WORDS", json.dumps([{"id": one[:2].lower(), "text": {"en": one}} for one in ANSWERS])),
        "clubs",
    )
    with within(app, partnership), transaction():
        making.create("clubs", definition, ada)
    sign_in(client, "ada")
    for page in (client.get("/staff/surveys/clubs/gate").text, client.get("/staff/surveys/clubs/make/publish").text):
        main = html.fromstring(page).find(".//main").text_content()
        for number, words in enumerate(ANSWERS, start=1):
            assert main.count(f"Answer {number} “{words}”, easy words") == 1
        assert "Polish" in main
        assert "/staff/surveys/clubs/translations/pl" in page
        assert "/staff/surveys/clubs/make/scales/much" in page
