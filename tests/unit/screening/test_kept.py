"""What was found of test sets that were used up stays found, and their ordinary answers are flagged no more often."""

import pytest

from engage.rules.screening import screen
from tests.measure.learn import used


def flagged(texts: list[str]) -> float:
    return sum(screen(text).level != "none" for text in texts) / len(texts)


@pytest.mark.parametrize("name", ["positives", "languages"])
def test_s1_what_was_learnt_from_a_used_up_set_is_kept(name: str) -> None:
    assert flagged(used(name)) >= 0.995


def test_s4_ordinary_answers_of_a_used_up_set_are_flagged_no_more_often() -> None:
    assert flagged(used("negatives", "ordinary")) <= 0.12
