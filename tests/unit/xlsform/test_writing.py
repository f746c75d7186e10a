"""XLSForm out: what it holds comes back the same, and what it cannot hold is told."""

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from openpyxl import load_workbook

from engage.paths import surveys
from engage.rules.questionnaire.answers import Answer
from engage.rules.questionnaire.conditions import holds
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load
from engage.rules.xlsform.reading import read_xlsform
from engage.rules.xlsform.writing import write_xlsform
from tests.unit.questionnaire.samples import ANSWERS, PATIENT, option, routed, sample, words
from tests.unit.questionnaire.samples import FILES as ALL
from tests.unit.xlsform.books import like

FILES = [path for path in ALL if path.stem not in {"tell-us", "contact"}]


def back(definition: Definition) -> Definition:
    found = read_xlsform(write_xlsform(definition).content, like())
    assert found.definition is not None, found.refused
    return found.definition


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_second_time_round_changes_nothing_and_the_first_keeps_words_order_and_conditions(path: Path) -> None:
    definition = load(path.read_text(encoding="utf-8"), path.name)
    lost = write_xlsform(definition).lost
    left_out = {one.place for one in lost if "left out" in one.reason}
    if left_out >= {question.id for question in definition.questions}:
        pytest.skip("holds nothing that an XLSForm can ask")
    once = back(definition)
    assert back(once).questions == once.questions
    kept = [question for question in definition.questions if question.id in once]
    assert [question.id for question in kept] == [question.id for question in once.questions]
    assert {q.id for q in definition.questions} - {q.id for q in once.questions} == left_out
    changed = {one.place for one in lost if "put into words" in one.reason or "when it is asked" in one.reason}
    for question in kept:
        if question.id not in changed:
            assert [*once.question(question.id).text.all()] == [*question.text.all()]
            assert (once.question(question.id).show_if is None) == (question.show_if is None)


@PATIENT
@given(routed(), ANSWERS)
def test_conditions_mean_the_same_after_going_round(definition: Definition, answers: dict[str, Answer]) -> None:
    again = back(definition)
    for question in definition.questions:
        other = again.question(question.id).show_if
        if question.show_if is None:
            assert other is None
        else:
            assert other is not None
            assert holds(question.show_if, answers) == holds(other, answers)


CHOICE = "look of the kind|is a choice of"
EXPLAINS = {
    **dict.fromkeys(("kind", "words", "scale", "agree", "disagree"), CHOICE),
    "options": f"{CHOICE}|box to say|symbols|cannot see a picture|brought along|put into words",
    **dict.fromkeys(("tags", "background"), "background and tags"),
    **dict.fromkeys(("carry", "order"), "brought along"),
    **dict.fromkeys(("skips", "ends"), "early ends"),
    **dict.fromkeys(("audio", "bsl"), "recordings"),
    **dict.fromkeys(("text", "hint"), "put into words"),
    **dict.fromkeys(("seconds", "most", "takes"), "only its type"),
    "statements": "points that somebody agrees to",
    "symbol": "symbols",
    "alt": "cannot see a picture",
    "safety": "flag",
    "bands": "bands",
    "unit": "unit",
    "decimals": "decimals",
    "show_if": "when it is asked",
    "skippable": "can be left",
}
"""Field of a question -> what has to be said where it does not come back."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_dropped_in_silence(path: Path) -> None:
    """Whatever of a question does not come back is told at its name, in words about that very thing."""
    definition = load(path.read_text(encoding="utf-8"), path.name)
    exported = write_xlsform(definition)
    told: dict[str, str] = {}
    for each in exported.lost:
        told[each.place] = f"{told.get(each.place, '')}; {each.reason}"
    found = read_xlsform(exported.content, like()).definition
    for question in definition.questions:
        if found is None or question.id not in found:
            assert "left out" in told[question.id]
            continue
        before, after = (q.model_dump(mode="json", by_alias=True) for q in (question, found.question(question.id)))
        for name in {*before, *after}:
            if before.get(name) != after.get(name):
                assert re.search(EXPLAINS[name], told.get(question.id, "")), (question.id, name)


def test_an_order_a_body_a_pair_and_an_agreement_go_out_as_what_comes_nearest() -> None:
    pair = [option("y", symbol="yes"), option("n", symbol="no")]
    definition = sample(
        {"id": "joins", "kind": "consent", "agree": words("I agree"), "disagree": words("I do not")},
        {"id": "sorted", "kind": "ranking", "options": [option("a"), option("b"), option("c")]},
        {
            "id": "hurts",
            "kind": "bodymap",
            "most": 2,
            "options": [option("head"), option("neck"), option("none", exclusive=True)],
            "show_if": {"question": "joins", "is": "agree"},
        },
        {"id": "likes", "kind": "pair", "options": pair, "show_if": {"question": "hurts", "includes": "head"}},
        {"id": "why", "kind": "text", "show_if": {"question": "sorted", "answered": True}},
    )
    found = back(definition)
    assert [question.kind for question in found.questions] == ["single", "ranking", "multiple", "single", "text"]
    assert found.question("sorted") == definition.question("sorted")
    assert found.question("hurts").model_dump()["most"] == 2
    for question in definition.questions:
        assert found.question(question.id).show_if == question.show_if
        assert [o.id for o in found.question(question.id).options() or ()] == [o.id for o in question.options() or ()]


def test_the_supported_subset_comes_back_exactly() -> None:
    asked = [
        {"id": "one", "kind": "single", "options": [option("a"), option("b")]},
        {
            "id": "some",
            "kind": "multiple",
            "most": 2,
            "options": [option("a"), option("b"), option("c", exclusive=True)],
            "show_if": {"question": "one", "is_not": "a"},
        },
        {"id": "words", "kind": "text", "length": "short", "required": True},
        {"id": "more", "kind": "text", "most": 77, "show_if": {"question": "some", "includes": "b"}},
        {"id": "age", "kind": "number", "min": 3, "max": 25},
        {"id": "kilos", "kind": "number", "min": 0, "max": 99, "decimals": 2},
        {"id": "line", "kind": "slider", "low": {"en": {"plain": "Low"}}, "high": {"en": {"plain": "High"}}},
        {"id": "when", "kind": "date", "earliest": "2020-02", "latest": "2024-02"},
        {"id": "month", "kind": "date", "ask": "month"},
        {"id": "read", "kind": "information", "hint": {"en": {"plain": "Below\n\nit"}}},
    ]
    definition = sample(*asked)
    assert back(definition).questions == definition.questions


def test_words_that_look_like_a_formula_are_written_as_words() -> None:
    text = {"en": {"plain": "=1+1", "easy": "@sum"}}
    definition = sample({"id": "one", "kind": "text", "text": text})
    content = write_xlsform(definition).content
    sheet = load_workbook(io.BytesIO(content))["survey"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert back(definition).questions[0].text == definition.questions[0].text


def test_what_an_xlsform_cannot_hold_is_told() -> None:
    told = write_xlsform(like()).lost
    reasons = {one.place: one.reason for one in told}
    assert "pages before and after" in reasons["intro, thanks"]
    assert any(one.place == "safe_home" and "flag" in one.reason for one in told)
    assert any(one.place == "safe_home" and "look of the kind faces" in one.reason for one in told)
    assert any(one.place == "tell" and "box to say what" in one.reason for one in told)
    contact = load((surveys() / "tell-us.yaml").read_text(encoding="utf-8"), "tell-us.yaml")
    assert any("no contact question" in one.reason for one in write_xlsform(contact).lost)
