"""Words that lean one way: a text in which the lists found no line may still sound like those that told of a worry, and
one in which they found nothing but words that lie about may sound like an ordinary answer.

A red line of words that stand side by side needs no leaning. An amber one ("knife", "funeral"), and words that only
stand near each other, are half of a finding: the rest of the text is the other half. What lowers the order of a finding
("not", "lol") never takes part in that.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from engage.rules.screening.weighing import Weighing, Weights
from engage.rules.screening.words import shipped_words

FEWEST_WORDS = 3
WINDOW = 24  # words of a long text that are weighed together, so that the rest does not drown them
STEP = 12
LONG = 36
_TOO_LITTLE = float("-inf")
_FILE = Path(__file__).with_name("leanings.json")

# What the lists find that does not stand alone: words side by side of an amber line, or words that only stand near each
# other, of a red or of an amber one.
Near = Literal["named", "red", "amber", "none"]


@dataclass(frozen=True)
class Leaning:
    """weights: how much each feature speaks for a worry (log odds). start: what a text begins with.
    from_here: the sum from which a person reads it, as a whole or for a part of a long one; with_amber, with_red: the
    same where words of an amber or a red line stand near each other; with_named: where those of an amber line stand
    side by side.
    """

    weights: Weights
    start: float
    from_here: float
    with_amber: float
    with_red: float
    with_named: float

    def of_text(self) -> "Weighed":
        """For one text, whichever readings of it are weighed."""
        return Weighed(self)


class Weighed:
    """One text and how it leans."""

    def __init__(self, leaning: Leaning) -> None:
        self._leaning = leaning
        self._weighing = Weighing(leaning.weights)

    def highest(self, readings: Iterable[tuple[str, ...]]) -> float:
        """The highest sum of any reading, or of any part of a long one. A word or two tell too little."""
        enough = (tokens for tokens in readings if len(tokens) >= FEWEST_WORDS)
        return max((self._told(tokens) for tokens in enough), default=_TOO_LITTLE)

    def worries(self, readings: Iterable[tuple[str, ...]], near: Near = "none") -> bool:
        """Does any reading sound like a worry? near: what the lists find in it, the surest first. Where there is too
        little to weigh, the line alone decides.
        """
        told, known = self.highest(readings), self._leaning
        if told == _TOO_LITTLE:
            return near != "none"
        bars = {"none": known.from_here, "amber": known.with_amber, "red": known.with_red, "named": known.with_named}
        return told > bars[near]

    def score(self, tokens: tuple[str, ...]) -> float:
        """The sum for the whole of it."""
        return (round(self._leaning.start * 1000) + self._weighing.thousandths(tokens)) / 1000

    def _told(self, tokens: tuple[str, ...]) -> float:
        whole = self.score(tokens)
        if len(tokens) <= LONG:
            return whole
        parts = (tokens[start : start + WINDOW] for start in range(0, len(tokens) - STEP, STEP))
        return max(whole, *(self.score(part) for part in parts))


@cache
def shipped_leaning() -> Leaning:
    """The weights as they were learnt from the development sets."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    weights = Weights(data["weights"], shipped_words().common)
    bars = (data[bar] for bar in ("from_here", "with_amber", "with_red", "with_named"))
    return Leaning(weights, data["start"], *bars)
