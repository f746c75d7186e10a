"""A15: what the easy words of every ready-made survey hold to, counted here by other means than the gate's own."""

import re
from pathlib import Path

import pytest

from engage.paths import surveys
from engage.rules.questionnaire.checks import check
from engage.rules.questionnaire.checks.passive import PASSIVE
from engage.rules.questionnaire.checks.sentences import LONG_SENTENCE
from engage.rules.questionnaire.load import load
from engage.rules.questionnaire.path import path_for

READY = sorted(surveys().glob("*.yaml"))
FOR_CHILDREN = {"children", "young", "anyone"}
MOST_WORDS, MOST_SCREENS = 15, 24


@pytest.mark.parametrize("file", READY, ids=lambda file: file.stem)
def test_a15_easy_sentences_are_short_active_and_few(file: Path) -> None:
    """A15: at most fifteen words a sentence and one idea; who does what; at most twenty-four screens for a child."""
    definition = load(file.read_text(encoding="utf-8"), file.name)
    easy = [text.root["en"].easy for _, _, text in definition.texts() if text.root["en"].easy]
    long = [
        sentence
        for words in easy
        for sentence in re.split(r"(?<=[.?!:])\s+|\n", words or "")
        if len(re.findall(r"[\w’'-]+", sentence)) > MOST_WORDS
    ]
    assert long == []
    assert [found for found in check(definition) if found.code in {LONG_SENTENCE.name, PASSIVE.name}] == []
    if definition.audience in FOR_CHILDREN:
        assert easy, "a child can choose easy words"
        assert path_for(definition, {}).about <= MOST_SCREENS


def test_a15_the_gate_tells_of_a_sentence_that_is_too_long() -> None:
    text = (surveys() / "your-voice.yaml").read_text(encoding="utf-8")
    spoilt = load(re.sub(r'easy: "[^"]+"', f'easy: "{"word " * (MOST_WORDS + 1)}"', text, count=1), "your-voice.yaml")
    assert LONG_SENTENCE.name in {found.code for found in check(spoilt)}
