"""Three surveys made bad on purpose, and all the gate has to say of each: nothing more, nothing less."""

from pathlib import Path

import pytest

from engage.rules.questionnaire.checks import check
from engage.rules.questionnaire.load import load

BAD = Path(__file__).with_name("bad")
Found = list[tuple[str, str, str | None]]
EXPECTED: dict[str, Found] = {
    "asks-who-you-are": [
        ("must", "no_limits", "name"),
        ("must", "no_expectation", None),
        ("must", "banned_words", None),
        ("must", "banned_words", None),
        ("must", "no_lawful_basis", None),
        ("must", "cannot_skip", "school"),
        ("must", "unflagged_safety", "safe"),
        ("must", "identifying", "name"),
        ("must", "identifying", "school"),
        ("must", "identifying", "school"),
        ("must", "reidentifying", None),
        ("look", "small_groups", "age"),
        ("look", "small_groups", "school"),
    ],
    "loses-people-on-the-way": [
        ("must", "no_easy_words", "games"),
        ("look", "no_answer_symbol", "pet"),
        ("must", "no_symbol", "food"),
        ("must", "unreachable", "cat"),
        ("must", "too_many_questions", None),
        ("look", "too_many_options", "day"),
        ("look", "too_many_options", "food"),
        ("look", "too_many_options", "games"),
    ],
    "speaks-like-an-office": [
        ("must", "no_limits", "own"),
        ("must", "stale_translation", None),
        ("must", "no_language", "own"),
        ("must", "no_easy_words", None),
        ("must", "takes_too_long", None),
        ("must", "hard_to_read", None),
        ("must", "hard_to_read", None),
        ("must", "hard_to_read", "own"),
        ("must", "long_sentence", None),
        ("look", "long_plain_sentence", "own"),
        ("look", "hard_word", None),
        ("look", "hard_word", None),
        ("look", "hard_word", None),
        ("look", "hard_word", "own"),
        ("must", "double_negative", "never"),
        ("must", "double_negative", "never"),
        ("must", "leading", "great"),
        ("must", "leading", "great"),
        ("must", "all_positive", "great"),
        ("must", "double_barrelled", "both"),
        ("must", "double_barrelled", "both"),
        ("look", "passive", "own"),
        ("look", "idiom", "own"),
    ],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_gate_says_exactly_this(name: str) -> None:
    """R1, C1, C2: which finding, how much it weighs, at which question, in the order they are told."""
    path = BAD / f"{name}.yaml"
    found = check(load(path.read_text(encoding="utf-8"), path.name))
    assert [(finding.weight, finding.code, finding.question) for finding in found] == EXPECTED[name]
