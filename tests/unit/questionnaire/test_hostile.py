"""Whatever arrives in a form, each kind stores it exactly or says clearly what is wrong: never an error (bad input)."""

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engage.rules.questionnaire.answers import MISTAKES, SKIP, Form, Mistake, showable
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import DefinitionError, dump, load
from engage.rules.questionnaire.split import split
from tests.unit.questionnaire.hostile import NAUGHTY, forms
from tests.unit.questionnaire.samples import PATIENT, sample, tree

EVERY = sample()
CASES = [pytest.param(question.id, id=f"{question.kind}-{question.id}") for question in EVERY.questions]


def _must_be_sound(question_id: str, form: Form) -> None:
    question = EVERY.question(question_id)
    result = question.parse(form)
    if isinstance(result, Mistake):
        assert result.key in MISTAKES
        assert "{" not in result.english
        assert set(result.kept) <= set(question.fields())
        return
    assert json.loads(json.dumps(result)) == result
    assert question.parse(question.filled(result)) == result
    known = {column.key: {SKIP, *(option.id for option in column.options)} for column in question.columns()}
    for key, ids in question.placed(result).items():
        assert set(ids) <= known[key]
    parts = split(EVERY, {question_id: result})
    assert all(set(kept) <= {"skipped", "value", "values", "order", "rows"} for kept in parts.closed.values())


@pytest.mark.parametrize("question_id", CASES)
def test_every_kind_meets_every_hostile_form(question_id: str) -> None:
    """Wrong type, unknown option, too long, control and bidirectional characters, several values, tampered fields."""
    for form in forms(EVERY.question(question_id)):
        _must_be_sound(question_id, form)


def test_words_are_stored_exactly_unless_they_cannot_be_stored_at_all() -> None:
    question = sample({"id": "say", "kind": "text", "most": 10_000}).question("say")
    for words in NAUGHTY:
        result = question.parse({"say": [words]})
        assert not isinstance(result, Mistake) or result.key == "too_long"
        if isinstance(result, Mistake) or result.get("skipped"):
            continue
        unstorable = [c for c in words if (ord(c) < 0x20 and c not in "\n\t\r") or 0x7F <= ord(c) < 0xA0]
        if not unstorable and not any(0xD800 <= ord(c) <= 0xDFFF or ord(c) in {0xFFFE, 0xFFFF} for c in words):
            assert result["text"] == words.replace("\r\n", "\n").replace("\r", "\n").strip()


def test_what_cannot_stand_in_a_page_is_replaced_and_nothing_else() -> None:
    """Asked of every character there is: controls, halves of a pair, and what Unicode keeps free of characters."""
    shown = showable("".join(map(chr, range(0x110000))))
    replaced = {code for code, char in enumerate(shown) if char == "\ufffd"} - {0xFFFD}
    kinds = {code for code in range(0x110000) if unicodedata.category(chr(code)) in {"Cc", "Cs"}} - set(b"\n\t\r")
    free = {*range(0xFDD0, 0xFDF0), *(plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF))}
    assert replaced == kinds | free
    assert all(char == chr(code) for code, char in enumerate(shown) if code not in replaced)


def _places(tree: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place below the top of a tree of plain data."""
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, inner in steps:
        yield (*place, step)
        yield from _places(inner, (*place, step))


PLACES = list(_places(tree()))
ODD: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(NAUGHTY),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@PATIENT
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), ODD), min_size=1, max_size=3))
def test_a_definition_with_anything_in_it_loads_or_is_explained(changes: list[tuple[Any, object]]) -> None:
    """Fuzzed in every place of every kind: the loader gives a definition or says line by line what to write."""
    made: Any = tree()
    for place, odd in changes:
        inside = made
        for step in place[:-1]:
            inside = inside[step] if isinstance(inside, dict | list) and _has(inside, step) else {}
        if isinstance(inside, dict) or (isinstance(inside, list) and _has(inside, place[-1])):
            inside[place[-1]] = odd
    found = _loaded(yaml.safe_dump(made, allow_unicode=True))
    if isinstance(found, DefinitionError):
        assert found.problems
        assert all(fault.line >= 1 and fault.message for fault in found.problems)
    else:
        assert load(dump(found), "again.yaml") == found


def _loaded(text: str) -> Definition | DefinitionError:
    try:
        return load(text, "odd.yaml")
    except DefinitionError as error:
        return error


def _has(inside: Any, step: Any) -> bool:
    return step in inside if isinstance(inside, dict) else isinstance(step, int) and step < len(inside)
