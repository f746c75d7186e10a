"""What the gate says can be said in any language: every sentence is marked, and filled in after it was translated."""

import ast
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from engage.rules.questionnaire import checks
from engage.rules.questionnaire.checks import CODE_BOOK, check
from engage.rules.questionnaire.load import load

RULES = sorted(Path(checks.__file__).parent.glob("*.py"))
BAD = sorted(Path(__file__).with_name("bad").glob("*.yaml"))


def marked() -> set[str]:
    """Every text under the rules of the gate that a catalogue will have."""
    return {str(said) for path in RULES for _, said, _, _ in extract_from_file("python", path, {"to_translate": None})}


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_a18_no_rule_says_anything_that_no_catalogue_has(path: Path) -> None:
    """A18: whatever is handed to `at` as a sentence was marked, here or under a name."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "at":
            sentences = [*call.args[1:2], *(word.value for word in call.keywords if word.arg == "write")]
            assert not any(isinstance(one, ast.JoinedStr) for one in sentences), ast.unparse(call)
            assert not any(isinstance(one, ast.Constant) and one.value for one in sentences), ast.unparse(call)


def test_a18_every_finding_and_every_code_is_in_the_catalogue() -> None:
    known = marked()
    assert all({code.why, code.write} <= known for code in CODE_BOOK.values())
    for path in BAD:
        for found in check(load(path.read_text(encoding="utf-8"), path.name)):
            assert set(found.said) <= known, found


def test_a18_names_and_numbers_are_put_in_after_translating() -> None:
    """A18: the sentence is looked up as it was written; a language is called what the reader's language calls it."""
    definition = load(BAD[-1].read_text(encoding="utf-8"), BAD[-1].name)
    told = {
        found.in_words(lambda words: f"<{words}>", lambda param, value: f"{param}={value}").what: found.message
        for found in check(definition)
    }
    assert told["<has no easy words in language=pl>"] == "has no easy words in Polish"
    assert (
        told["<leads to an answer: “words=How much did you enjoy”>"] == "leads to an answer: “How much did you enjoy”"
    )
