"""Whatever arrives in a form, each kind stores it exactly or says clearly what is wrong: never an error (bad input)."""

import json

import pytest

from engage.rules.questionnaire.answers import MISTAKES, SKIP, Form, Mistake
from engage.rules.questionnaire.split import split
from tests.unit.questionnaire.hostile import NAUGHTY, forms
from tests.unit.questionnaire.samples import sample

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
