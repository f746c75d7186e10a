"""A reader is told which question was asked: by whoever asked it, else by the keys as plain words."""

import uuid

from flask import Flask

from engage import paths
from engage.core.transaction import transaction
from engage.listening.surveys import service as surveys
from engage.rules.questionnaire.load import load
from engage.rules.questionnaire.texts import Text
from engage.safeguarding import queries
from engage.voices.kinds import Concern
from engage.voices.sources import Named, named
from tests.factories.surveys import assess
from tests.support.apps import within
from tests.support.queries import count_queries
from tests.support.voices import say


def test_questions_have_their_words(app: Flask, partnership: uuid.UUID) -> None:
    source = paths.surveys() / "your-voice.yaml"
    definition = load(source.read_text(encoding="utf-8"), source.name)
    question = definition.questions[0]
    names_an_answer = definition.questions[-1].model_copy(update={"text": Text.english("Is {answer:tell|it} good?")})
    definition = definition.model_copy(update={"questions": (*definition.questions[:-1], names_an_answer)})
    dropped = definition.model_copy(update={"questions": definition.questions[1:]})
    asked = [
        ("response", "your-voice", question.id),
        ("response", "your-voice", ""),
        ("response", "forgotten-survey", "what_now"),
        ("response", "codes", "message"),
        ("case", "worry", "words"),
        ("case", "worry", ""),
        ("elsewhere", "a-source", ""),
        ("response", "your-voice", names_an_answer.id),
    ]
    with within(app, partnership):
        with transaction():
            survey_id = surveys.create_survey("your-voice", definition)
            surveys.publish_version(survey_id, dropped)
        found = named(asked)
        words = question.text.say("en").text
        assert found == {
            asked[0]: Named(definition.title.say("en").text, words),
            asked[1]: Named(definition.title.say("en").text, ""),
            asked[2]: Named("Forgotten survey", "What now"),
            asked[3]: Named("A message with a code", "What this person wrote when they came back"),
            asked[4]: Named("Worry", "In their own words"),
            asked[5]: Named("Worry", ""),
            asked[6]: Named("A source", ""),
            asked[7]: Named(definition.title.say("en").text, "Is it good?"),
        }
        with count_queries(app) as counted:
            named(asked)
        assert len(counted) == 1, "one look for all surveys of a page"


def test_closing_a_survey_does_not_close_its_flags(app: Flask, partnership: uuid.UUID) -> None:
    source = paths.surveys() / "your-voice.yaml"
    with within(app, partnership), transaction():
        definition = load(source.read_text(encoding="utf-8"), source.name)
        surveys.create_survey("your-voice", definition)
        assess("your-voice", definition)
        surveys.open_survey("your-voice")
    say(app, partnership, source_key="your-voice", concern=Concern.RED)
    with within(app, partnership):
        with transaction():
            surveys.close_survey("your-voice")
        assert queries.count_open().matters == 1
