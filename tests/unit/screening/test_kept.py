"""What was found of test sets that were used up stays found, and their ordinary answers are flagged no more often."""

import pytest
import yaml

from engage.rules.screening import screen
from tests.measure.learn import DEVELOPMENT, texts, used

KEPT_BACK = yaml.safe_load((DEVELOPMENT / "kept_back.yaml").read_text(encoding="utf-8"))


def flagged(said: list[str]) -> float:
    return sum(screen(text).level != "none" for text in said) / len(said)


@pytest.mark.parametrize("name", ["positives", "languages"])
def test_s1_what_was_learnt_from_a_used_up_set_is_kept(name: str) -> None:
    assert flagged(used(name)) >= 0.995


def test_s4_ordinary_answers_of_a_used_up_set_are_flagged_no_more_often() -> None:
    assert flagged(used("negatives", "ordinary")) <= 0.12


def test_s1_nothing_is_learnt_from_what_is_kept_back() -> None:
    learnt = {*used("positives"), *used("negatives")}
    for path in DEVELOPMENT.glob("*.yaml"):
        if path.stem != "kept_back":
            learnt.update(texts(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert learnt.isdisjoint(texts(KEPT_BACK))


def test_s2_s4_what_was_kept_back_is_weighed_as_the_rest() -> None:
    assert flagged([*texts(KEPT_BACK["worries"])]) >= 0.98
    assert flagged([*texts(KEPT_BACK["ordinary"])]) <= 0.35
