"""The publish gate (C1, C2, R1): each finding fires on a survey made bad on purpose, and on nothing we ship."""

from pathlib import Path

import pytest

from engage.paths import surveys
from engage.rules.questionnaire import reading
from engage.rules.questionnaire.checks import CODES, check
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load
from engage.rules.questionnaire.reachable import is_reachable
from engage.rules.questionnaire.symbols import unknown_symbols
from tests.unit.questionnaire.samples import option, sample, words

FILES = sorted(surveys().rglob("*.yaml"))
YES_NO = [option("yes"), option("no")]
LONG = "The multidisciplinary organisations continually re-evaluate institutional accountability arrangements."
INTRO = {**{name: words(name) for name in ("who", "why", "reads", "limits", "expectation")}, "minutes": 5}


def intro(**changes: object) -> dict[str, object]:
    return {name: value for name, value in {**INTRO, **changes}.items() if value is not None}


def text(**changes: object) -> dict[str, object]:
    return {"id": "why", "kind": "text", **changes}


def closed(question_id: str = "ask", **changes: object) -> dict[str, object]:
    return {"id": question_id, "kind": "single", "options": YES_NO, **changes}


def said(plain: str) -> dict[str, object]:
    return {"en": {"plain": plain, "easy": "Why?"}}


BAD: list[tuple[str, str | None, Definition]] = [
    ("no_limits", "why", sample(text(), intro=intro(limits=None))),
    ("no_limits", "ask", sample(closed(options=[option("x", other=True), option("y")]), intro=intro(limits=None))),
    ("no_expectation", None, sample(closed(), intro=intro(expectation=None))),
    ("banned_words", "why", sample(text(text=said("This is completely anonymous.")))),
    ("banned_words", "why", sample(text(hint=said("It is 100% safe")))),
    ("banned_words", "ask", sample(closed(options=[{"id": "x", "text": said("Untraceable")}, option("y")]))),
    ("banned_words", None, sample(closed(), intro=intro(reads=said("No one will ever know.")))),
    ("banned_words", None, sample(closed(), intro=intro(known=said("Your answers are confidential.")))),
    ("no_language", None, sample(closed(), languages=["en", "ar"])),
    ("no_easy_words", "why", sample(text(text={"en": "Why?"}))),
    (
        "unreachable",
        "why",
        sample(closed(), text(show_if={"all": [{"question": "ask", "is": n} for n in ("yes", "no")]})),
    ),
    ("cannot_skip", "why", sample(text(skippable=False))),
    (
        "contact_beside_answers",
        "you",
        sample({"id": "you", "kind": "contact", "name_label": words("n"), "reach_label": words("r")}),
    ),
    ("too_many_questions", None, sample(*(closed(f"q{n}") for n in range(14)), age_min=5)),
    ("takes_too_long", None, sample(closed(), intro=intro(minutes=11))),
    ("hard_to_read", None, sample(text(hint=said(LONG * 15)), age_min=8, age_max=11)),
    ("long_sentence", "why", sample(text(hint={"en": {"plain": "x", "easy": "one " * 16}}))),
]


@pytest.mark.parametrize(("code", "question", "definition"), BAD)
def test_each_finding_fires_on_what_it_is_for(code: str, question: str | None, definition: Definition) -> None:
    """C1 C2 R1: named by code and by question."""
    assert (code, question) in {(finding.code, finding.question) for finding in check(definition)}


def test_every_code_has_a_bad_survey_here() -> None:
    assert {code for code, _, _ in BAD} == set(CODES)


@pytest.mark.parametrize(
    "definition",
    [
        sample(text(hint=said("It stays confidential, unless a child is in danger."))),
        sample(closed(), intro=intro(limits=None)),
        sample(closed(), audience="staff", threshold="staff", intro={**INTRO, "minutes": 14}),
        sample(text(skippable=False), purpose="tell_us"),
    ],
)
def test_what_is_allowed_is_not_found(definition: Definition) -> None:
    assert check(definition) == ()


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_ready_made_survey_passes_the_gate(file: Path) -> None:
    assert check(load(file.read_text(encoding="utf-8"), file.name)) == ()


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_symbol_named_in_a_survey_is_drawn(file: Path) -> None:
    assert list(unknown_symbols(load(file.read_text(encoding="utf-8"), file.name))) == []


REACH: list[tuple[dict[str, object], bool]] = [
    ({"question": "a", "is": "yes"}, True),
    ({"all": [{"question": "a", "is": "yes"}, {"question": "a", "is_not": "yes"}]}, False),
    ({"all": [{"question": "a", "answered": True}, {"question": "a", "not_answered": True}]}, False),
    ({"not": {"any": [{"question": "a", "answered": True}, {"question": "a", "not_answered": True}]}}, False),
    ({"all": [{"question": "a", "is": "no"}, {"question": "b", "answered": True}]}, False),
    ({"all": [{"question": "a", "is": "no"}, {"question": "b", "not_answered": True}]}, True),
    ({"all": [{"question": "m", "includes": "x"}, {"question": "m", "includes": "y"}]}, True),
    ({"all": [{"question": "m", "includes": "x"}, {"question": "m", "includes": "none"}]}, False),
    ({"all": [{"question": "m", "includes": n} for n in ("x", "y", "z")]}, False),
    ({"not": {"question": "a", "any_of": ["yes", "no"]}}, True),
    ({"all": [{"question": "a", "answered": True}, {"not": {"question": "a", "any_of": ["yes", "no"]}}]}, False),
]


@pytest.mark.parametrize(("condition", "expected"), REACH)
def test_a_question_no_answers_can_lead_to_is_found_however_it_is_hidden(
    condition: dict[str, object], *, expected: bool
) -> None:
    chosen = [option("x"), option("y"), option("z"), option("none", exclusive=True)]
    definition = sample(
        closed("a"),
        closed("b", show_if={"question": "a", "is": "yes"}),
        {"id": "m", "kind": "multiple", "most": 2, "options": chosen},
        text(id="t", show_if=condition),
    )
    assert is_reachable(definition, definition.question("t")) is expected


def test_a_condition_on_a_supplied_option_is_not_called_unreachable() -> None:
    definition = sample(
        {"id": "where", "kind": "single", "options_from": "services"},
        text(show_if={"question": "where", "is": "the-hub"}),
    )
    assert is_reachable(definition, definition.question("why"))


@pytest.mark.parametrize(
    ("word", "count"),
    [("safe", 1), ("safer", 2), ("children", 2), ("people", 2), ("asked", 1), ("wanted", 2), ("idea", 2), ("the", 1)],
)
def test_syllables_are_about_right(word: str, count: int) -> None:
    assert abs(reading.syllables(word) - count) <= (1 if word == "idea" else 0)


def test_short_plain_words_read_easier_than_long_ones() -> None:
    """R2: the grade orders texts; 200 words of each so that it is stable."""
    easy = ["We keep children safe. A grown-up reads what you write."] * 20
    assert reading.grade(easy) < 4 < reading.grade([LONG] * 20)
    assert reading.grade(["", "10 + 10"]) == 0.0
