"""Words that lean one way: a text in which the lists found no line may still sound like those that told of a worry.

It can only send a text to a person; nothing is taken back because of it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

FEWEST_WORDS = 3
_FILE = Path(__file__).with_name("leanings.json")


@dataclass(frozen=True)
class Leaning:
    """weights: how much a word, or two side by side, speaks for a worry (log odds). start: what a text begins with.
    from_here: the sum from which a person reads it.
    """

    weights: Mapping[str, float]
    start: float
    from_here: float

    def score(self, tokens: Sequence[str]) -> float:
        return self.start + sum(self.weights.get(feature, 0.0) for feature in set(features(tokens)))

    def worries(self, tokens: Sequence[str]) -> bool:
        """Does it sound like a worry? A word or two tell too little."""
        return len(tokens) >= FEWEST_WORDS and self.score(tokens) > self.from_here


def features(tokens: Sequence[str]) -> Iterator[str]:
    """Every word, and every two that stand side by side."""
    yield from tokens
    yield from (f"{first} {second}" for first, second in pairwise(tokens))


@cache
def shipped_leaning() -> Leaning:
    """The weights as they were learnt from the development sets."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    return Leaning(data["weights"], data["start"], data["from_here"])
