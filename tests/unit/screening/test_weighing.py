"""What weighs a text without writing its features down gives what the features and their weights give."""

import json
from pathlib import Path

import pytest

from engage.rules import screening
from engage.rules.screening.features import features, taken_apart
from engage.rules.screening.leaning import LONG, shipped_leaning
from engage.rules.screening.verdict import readings
from engage.rules.screening.weighing import Weighing, Weights
from tests.measure.learn import used

WRITTEN = json.loads((Path(screening.__file__).parent / "leanings.json").read_text(encoding="utf-8"))
EVERY = [*used("positives"), *used("negatives"), *used("languages")]
SAMPLE = EVERY[::32]


def plainly(tokens: tuple[str, ...]) -> float:
    """The sum as the leanings define it."""
    found = features(tokens) & WRITTEN["weights"].keys()
    return sum((round(WRITTEN["weights"][one] * 1000) for one in found), round(WRITTEN["start"] * 1000)) / 1000


def test_every_reading_of_a_text_weighs_what_its_features_weigh() -> None:
    for text in SAMPLE:
        weighed = shipped_leaning().of_text()
        for tokens in readings(text):
            assert weighed.score(tokens) == plainly(tokens), tokens


def test_a_long_text_is_weighed_whole_and_in_parts() -> None:
    tokens = tuple(word for text in EVERY[:: len(EVERY) // 40] for word in readings(text)[0])
    assert len(tokens) > LONG
    parts = [tokens, *(tokens[start : start + 24] for start in range(0, len(tokens) - 12, 12))]
    assert shipped_leaning().of_text().highest([tokens]) == max(map(plainly, parts))


@pytest.mark.parametrize(
    ("feature", "joined"),
    [
        ("hits me", ("after", "hits", "me")),
        ("~hit me", ("beside", "hit", "me")),
        ("~hit.~me", ("further", "hit", "me")),
        ("~hit", ("alone", "~hit", "")),
        ("_<hit", ("alone", "_<hit", "")),
    ],
)
def test_a_feature_says_what_it_joins(feature: str, joined: tuple[str, str, str]) -> None:
    assert taken_apart(feature) == joined


def test_what_stands_twice_counts_once() -> None:
    weights = Weights({"no": 0.5, "no no": 0.25, "~no no": 0.125, "~no.~no": 1.0, "strange": -2.0})
    weighing = Weighing(weights)
    assert weighing.thousandths(("no",)) == 500
    assert weighing.thousandths(("no", "no")) == 875
    assert weighing.thousandths(("no",) * 9) == 1875
    assert weighing.thousandths(("strange", "other", "strange")) == -2000
    assert weighing.thousandths(()) == 0


def test_nothing_of_a_text_is_kept_with_the_weights() -> None:
    """N1: words that are not the weights' own are known to nobody once a text is weighed."""
    weights = shipped_leaning().weights
    before = len(weights.known)
    for text in SAMPLE[:50]:
        shipped_leaning().of_text().highest(readings(text))
    assert len(weights.known) == before


def test_what_asks_least_is_asked_where_several_things_are_found() -> None:
    """S5: an amber word more never raises what is asked of words of a red line."""
    known = shipped_leaning()
    assert known.with_red <= known.with_named <= known.with_amber <= known.from_here


@pytest.mark.parametrize("worry", ["i want to kill the baby", "My TA bends my fingers back", "i do sh"])
def test_a_worry_is_heard_with_an_amber_word_beside_it(worry: str) -> None:
    """S5: what was said is not taken back by a further sentence in which a list finds something, too."""
    assert screening.screen(worry).level == "red"
    assert screening.screen(f"{worry}. The isolation room is at school.").level == "red"
