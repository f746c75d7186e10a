"""XLSForm out: what it holds comes back the same, and what it cannot hold is told."""

import io
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
from tests.unit.questionnaire.samples import ANSWERS, PATIENT, option, routed, sample
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
