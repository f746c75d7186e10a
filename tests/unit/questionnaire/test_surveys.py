"""The ready-made surveys: each loads, survives being written out and read back, and asks what it promises."""

import re
from pathlib import Path

import pytest

from engage.paths import surveys
from engage.rules.questionnaire.load import dump, load, version_hash
from engage.rules.questionnaire.path import path_for
from tests.unit.questionnaire.samples import FILES

IN_WELSH = ("my-say", "young-people", "did-it-help")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_ready_made_survey_loads_and_round_trips(file: Path) -> None:
    definition = load(file.read_text(encoding="utf-8"), file.name)
    again = load(dump(definition), file.name)
    assert definition.survey == file.stem
    assert again == definition
    assert version_hash(again) == version_hash(definition)


def test_your_voice_is_about_twelve_questions_and_four_more_for_those_who_have_a_worker() -> None:
    definition = load((surveys() / "your-voice.yaml").read_text(encoding="utf-8"), "your-voice.yaml")
    assert path_for(definition, {}).about == 12
    assert path_for(definition, {"helped": {"value": "yes"}}).about == 16
    assert all(question.skippable for question in definition.questions)


def test_tell_us_asks_for_contact_only_when_named_and_offers_an_advocate_to_a_child_who_complains() -> None:
    definition = load((surveys() / "tell-us.yaml").read_text(encoding="utf-8"), "tell-us.yaml")
    anonymous = path_for(definition, {"what": {"value": "complaint"}, "named": {"value": "no"}})
    named = path_for(
        definition, {"what": {"value": "complaint"}, "who_you_are": {"value": "child"}, "named": {"value": "yes"}}
    )
    assert "contact" not in anonymous
    assert "advocate" not in anonymous
    assert named.ids[-2:] == ("contact", "advocate")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a10_a11_every_face_and_star_has_words_of_its_own_and_only_the_low_end_raises_a_flag(file: Path) -> None:
    definition = load(file.read_text(encoding="utf-8"), file.name)
    for question in definition.questions:
        if question.kind in {"faces", "stars"}:
            options = question.options() or ()
            for language in definition.languages:
                said = [choice.text.say(language) for choice in options]
                assert len({words.text for words in said}) == len(options)
                assert {words.lang for words in said} == {language}
            low = {choice.id for choice in options[: len(options) // 2]}
            assert set(question.safety) <= low


@pytest.mark.parametrize("name", ["your-voice", "tell-us", *IN_WELSH])
def test_arabic_is_arabic_everywhere_plain_and_easy_and_marked_as_a_draft(name: str) -> None:
    definition = load((surveys() / f"{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml")
    assert definition.checked["ar"] == "draft"
    for _, place, text in definition.texts():
        arabic = text.root["ar"]
        for words in (arabic.plain, arabic.easy or ""):
            assert re.search("[\u0621-\u064a]", words), place
            assert not re.search("[A-Za-z]", words), place


@pytest.mark.parametrize("name", IN_WELSH)
def test_welsh_is_there_everywhere_plain_and_easy_and_marked_as_a_draft(name: str) -> None:
    """A18: no text of a survey for children is left in English for whoever chose Welsh."""
    definition = load((surveys() / f"{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml")
    assert definition.checked["cy"] == "draft"
    for _, place, text in definition.texts():
        english, welsh = text.root["en"], text.root["cy"]
        assert (welsh.easy is None) == (english.easy is None), place
        assert welsh.plain != english.plain, place
        assert not re.search(r"\b(the|you|what|are|is|not|we)\b", f"{welsh.plain} {welsh.easy}"), place


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_what_is_told_before_question_1_can_be_done_on_paper_too(file: Path) -> None:
    """A21: the same words stand on the paper twin, which has its numbers under "Help now" and nothing to press."""
    definition = load(file.read_text(encoding="utf-8"), file.name)
    said = [words for _, text in definition.intro.texts() for _, _, words in text.all()]
    assert not [words for words in said if re.search(r"\b(press|click|tap)\b|اضغط", words, re.IGNORECASE)]
