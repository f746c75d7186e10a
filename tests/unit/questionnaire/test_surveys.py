"""The ready-made surveys: each loads, survives being written out and read back, and asks what it promises."""

from pathlib import Path

import pytest

from engage.paths import surveys
from engage.rules.questionnaire.load import dump, load, version_hash
from engage.rules.questionnaire.path import path_for

FILES = sorted(surveys().rglob("*.yaml"))


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
