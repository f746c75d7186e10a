"""The publish gate (C1, C2, R1): each finding fires on a survey made bad on purpose, and on nothing we ship."""

from pathlib import Path

import pytest

from engage.rules.contrast import contrast
from engage.rules.questionnaire import reading
from engage.rules.questionnaire.checks import CODE_BOOK, CODES, Facts, check, musts
from engage.rules.questionnaire.checks.combinations import people_needed, share_alone
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load
from engage.rules.questionnaire.reachable import is_reachable
from engage.rules.questionnaire.symbols import unknown_symbols
from tests.unit.questionnaire.samples import FILES, option, sample, words
from tests.unit.questionnaire.test_gate_pairs import PAIRS

YES_NO = [option("yes"), option("no")]
LONG = "The multidisciplinary organisations continually re-evaluate institutional accountability arrangements."
HARDER = "Which activities would you enjoy together with other young people in the holidays?"
INTRO = {**{name: words(name) for name in ("who", "why", "reads", "limits", "expectation")}, "minutes": 5}


def intro(**changes: object) -> dict[str, object]:
    return {name: value for name, value in {**INTRO, **changes}.items() if value is not None}


def text(**changes: object) -> dict[str, object]:
    return {"id": "why", "kind": "text", **changes}


def closed(question_id: str = "ask", **changes: object) -> dict[str, object]:
    return {"id": question_id, "kind": "single", "options": YES_NO, **changes}


def said(plain: str) -> dict[str, object]:
    return {"en": {"plain": plain, "easy": "Why?"}}


GLAD = [words(word) for word in ("Good", "Very good", "Great", "Super", "Best ever")]
STALE = {**words("Why?"), "ar": {"plain": "لماذا؟", "easy": "لماذا؟", "of": "00000000"}}
FROM_SERVICES: dict[str, object] = {"id": "where", "kind": "single", "options_from": "services"}
BACKGROUND: dict[str, object] = {
    "id": "b", "kind": "single", "background": True, "options": [option(f"o{n}") for n in range(5)]
}  # fmt: skip
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
    ("long_plain_sentence", "why", sample(text(hint=said("one " * 31)))),
    ("hard_to_read", "why", sample(text(text=said(LONG)), age_min=8, age_max=11)),
    ("hard_to_read", "why", sample(text(text={"en": {"plain": "Why?", "easy": LONG}}), age_min=4, age_max=7)),
    ("hard_screen", "why", sample(text(text=said(HARDER)), age_min=8, age_max=11)),
    ("rare_words", None, sample(text(hint=said("We " + "quantify. " * 110)), age_min=4, age_max=7)),
    ("no_lawful_basis", None, sample(closed(), lawful_basis=None)),
    ("needs_a_parent", None, sample(closed(), lawful_basis="consent", age_min=12)),
    ("stale_translation", "ask", sample(closed(text=STALE), languages=["en", "ar"])),
    ("unknown_symbol", "ask", sample(closed(symbol="griffin"))),
    ("no_symbol", "ask", sample(closed(), age_min=5)),
    ("no_answer_symbol", "ask", sample(closed(symbol="home"), age_min=5)),
    ("no_services", "where", sample({**FROM_SERVICES, "supplied": []})),
    ("no_services", "where", sample({**FROM_SERVICES, "supplied": [option("club")]})),
    ("dead_end", "where", sample({**FROM_SERVICES, "skippable": False}, purpose="tell_us")),
    ("too_many_options", "ask", sample(closed(options=[option(f"o{n}") for n in range(13)]))),
    ("too_many_options", "ask", sample({"id": "ask", "kind": "faces", "scale": "five"}, age_min=4, age_max=7)),
    ("reidentifying", None, sample(*(BACKGROUND | {"id": f"b{n}"} for n in range(4)))),
    ("reidentifying", None, sample(*(BACKGROUND | {"id": f"b{n}"} for n in range(2)), expected=20)),
    ("small_groups", "b", sample(BACKGROUND, expected=30)),
    ("all_positive", "ask", sample({"id": "ask", "kind": "stars", "words": GLAD})),
]
OUTSIDE: list[tuple[str, str | None, Facts]] = [
    ("no_readers", "why", Facts(has_readers=False)),
    ("no_deciders", "why", Facts(has_deciders=False)),
    ("no_impact_assessment", None, Facts(has_impact=False)),
    ("low_contrast", None, Facts(brand=("#777777", "#ffffff"))),
    ("reidentifying", None, Facts(expected=20)),
]
"""What only facts from outside the definition show."""
LIBRARY = {"no_signed_film", "partly_recorded", "not_in_library", "no_accessible_route"}
"""What a survey shows of the library: see test_signed."""
READ_ALOUD = {"no_voice", "voice_of_device"}
"""What is read to the youngest: see test_spoken."""


@pytest.mark.parametrize(("code", "question", "definition"), BAD)
def test_each_finding_fires_on_what_it_is_for(code: str, question: str | None, definition: Definition) -> None:
    """C1 C2 R1: named by code and by question."""
    assert (code, question) in {(finding.code, finding.question) for finding in check(definition)}


@pytest.mark.parametrize(("code", "question", "facts"), OUTSIDE)
def test_what_only_the_partnership_knows_is_found_with_its_facts(code: str, question: str | None, facts: Facts) -> None:
    definition = sample(text(), *(BACKGROUND | {"id": f"b{n}"} for n in range(2)))
    assert (code, question) in {(finding.code, finding.question) for finding in check(definition, facts)}
    assert code not in {finding.code for finding in check(definition)}


def test_every_code_has_a_bad_survey_and_says_why_it_matters_and_what_to_write() -> None:
    elsewhere = {code for code, _, _ in PAIRS} | {code for code, _, _ in OUTSIDE} | LIBRARY | READ_ALOUD
    assert {code for code, _, _ in BAD} | elsewhere == set(CODES)
    assert all(code.why and code.write for code in CODE_BOOK.values())


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#595959", "#ffffff", 7.0)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("combinations", "people", "alone"), [(1, 1, 0.0), (2, 2, 0.5), (10, 11, 0.349), (48, 200, 0.015)]
)
def test_the_share_of_people_alone_in_their_combination(combinations: int, people: int, alone: float) -> None:
    """By hand: with two combinations the other of two people has the same one half the time; (9/10) ** 10 is 0.349."""
    assert share_alone(combinations, people) == pytest.approx(alone, abs=0.001)
    assert share_alone(combinations, people_needed(combinations)) <= 0.2


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
    """An example shows one thing, so it may leave its lawful basis out; a survey to use may leave nothing out."""
    found = {finding.code for finding in check(load(file.read_text(encoding="utf-8"), file.name))}
    assert found <= ({"no_lawful_basis", "partly_recorded"} if file.parent.name == "examples" else set())


def test_only_what_must_be_put_right_stops_a_survey() -> None:
    found = check(sample(text(hint=said("one " * 31)), lawful_basis=None))
    assert {finding.code for finding in musts(found)} == {"no_lawful_basis"}
    assert {finding.code for finding in found} == {"no_lawful_basis", "long_plain_sentence"}


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


@pytest.mark.parametrize(("word", "count"), [("carers", 2), ("zzyzx", 1), ("grown’s", 1), ("untickable", 4)])
def test_words_the_dictionary_does_not_hold_are_counted_too(word: str, count: int) -> None:
    assert reading.syllables(word) == count


def test_short_plain_words_read_easier_than_long_ones() -> None:
    """R2: the grade orders texts; 200 words of each so that it is stable."""
    easy = ["We keep children safe. A grown-up reads what you write."] * 20
    assert reading.grade(easy) < 4 < reading.grade([LONG] * 20)
    assert reading.grade(["", "10 + 10"]) == 0.0
