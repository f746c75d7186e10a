"""The bank of single questions: each stands by itself, passes the gate, and is found by whom, framework and words."""

from pathlib import Path

import pytest

from engage.paths import surveys
from engage.rules.questionnaire.bank import FRAMEWORKS, Banked, by_itself, frameworks_of, load_bank, search
from engage.rules.questionnaire.checks import check
from engage.rules.questionnaire.load import DefinitionError

FILES = sorted((surveys() / "bank").glob("*.yaml"))
BANK = [each for path in FILES for each in load_bank(path.read_text(encoding="utf-8"), path.name)]
FILE = """
theme: one
title: {en: "One"}
scales: {good: [{en: "Bad"}, {en: "OK"}, {en: "Good"}]}
questions:
  - {id: ask, for: [parents], kind: faces, scale: good, tags: [nel.impact], text: {en: "How was it?"}}
"""


@pytest.mark.parametrize("banked", BANK, ids=lambda banked: banked.key)
def test_every_question_passes_the_gate_by_itself(banked: Banked) -> None:
    """A question is worth offering only if nothing has to be put right about it."""
    assert check(by_itself(banked)) == ()


def test_every_question_has_a_name_of_its_own_and_every_framework_has_questions() -> None:
    assert len({banked.key for banked in BANK}) == len(BANK) == 70
    assert {name for banked in BANK for name in banked.frameworks} == set(FRAMEWORKS)


@pytest.mark.parametrize(
    ("asked_for", "keys"),
    [
        ({"words": "bus home", "theme": "safety"}, set()),
        ({"words": "WAY school"}, {"safety-travel"}),
        ({"audience": "parents", "framework": "salford"}, {"help-early", "help-difference"}),
        ({"framework": "ncb", "words": "risk"}, {"board-risk"}),
        ({"theme": "board"}, {banked.key for banked in BANK if banked.theme == "board"}),
    ],
)
def test_search_wants_everything_that_is_asked_for(asked_for: dict[str, str], keys: set[str]) -> None:
    assert {banked.key for banked in search(BANK, **asked_for)} == keys


def test_a_named_scale_is_written_out() -> None:
    (banked,) = load_bank(FILE, "one.yaml")
    assert [option.text.say("en").text for option in banked.question.options() or ()] == ["Bad", "OK", "Good"]
    assert (banked.key, banked.audiences, banked.ages) == ("one-ask", ("parents",), ())


def test_frameworks_come_in_one_order_and_other_tags_name_none() -> None:
    assert frameworks_of(["hart.5", "nel.impact", "change", "six-steps.3a"]) == ("six-steps", "nel", "hart")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "theme: one",
        "[1, 2]",
        "a: &b 1",
        FILE.replace("theme: one", "theme: No Slug"),
        FILE.replace("for: [parents], ", ""),
        FILE.replace("[parents]", "[nobody]"),
        FILE.replace("kind: faces", "kind: dance"),
        FILE.replace("scale: good", "scale: other"),
        FILE.replace("- {id: ask", "- 5\n  - {id: ask"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text: str) -> None:
    with pytest.raises(DefinitionError, match=Path("one").name):
        load_bank(text, "one.yaml")
