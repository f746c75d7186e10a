"""Words that lean one way: a text in which the lists found no line may still sound like those that told of a worry, and
one in which they found nothing but words that lie about may sound like an ordinary answer.

A line of words that stand side by side needs no leaning. Words that only stand near each other are half of a finding:
the rest of the text is the other half. What lowers the order of a finding ("not", "lol") never takes part in that.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

FEWEST_WORDS = 3
WINDOW = 24  # words of a long text that are weighed together, so that the rest does not drown them
STEP = 12
LONG = 36
_SHORTEST_STEM = 3
_ENDINGS = ("ing", "ed", "es", "s")
_RUNS = (4, 5)  # letters
_BETWEEN = (1, 2, 3)  # words
_TOO_LITTLE = float("-inf")
_FILE = Path(__file__).with_name("leanings.json")

Near = Literal["red", "amber", "none"]


@dataclass(frozen=True)
class Leaning:
    """weights: how much each feature speaks for a worry (log odds). start: what a text begins with.
    from_here: the sum from which a person reads it, as a whole or for a part of a long one; with_amber, with_red: the
    same where words of an amber or a red line stand near each other.
    """

    weights: Mapping[str, float]
    start: float
    from_here: float
    with_amber: float
    with_red: float

    def score(self, tokens: Sequence[str], known: "Known | None" = None) -> float:
        """The sum for the whole of the text."""
        found = features(tokens, known)
        return self.start + sum(map(self.weights.__getitem__, self.weights.keys() & found))

    def highest(self, readings: Iterable[Sequence[str]]) -> float:
        """The highest sum of any reading of a text, or of any part of a long one. A word or two tell too little."""
        known: Known = {}
        enough = (tokens for tokens in readings if len(tokens) >= FEWEST_WORDS)
        return max((self._told(tokens, known) for tokens in enough), default=_TOO_LITTLE)

    def worries(self, readings: Iterable[Sequence[str]], near: Near = "none") -> bool:
        """Does any reading of the text sound like a worry? near: the gravest line whose words stand near each other.
        Where there is too little to weigh, the line alone decides.
        """
        told = self.highest(readings)
        if told == _TOO_LITTLE:
            return near != "none"
        return told > {"none": self.from_here, "amber": self.with_amber, "red": self.with_red}[near]

    def _told(self, tokens: Sequence[str], known: "Known") -> float:
        whole = self.score(tokens, known)
        if len(tokens) <= LONG:
            return whole
        parts = (tokens[start : start + WINDOW] for start in range(0, len(tokens) - STEP, STEP))
        return max(whole, *(self.score(part, known) for part in parts))


Known = dict[str, tuple[str, ...]]  # the words of one text, each with its stem and what it is made of


def features(tokens: Sequence[str], known: Known | None = None) -> set[str]:
    """Every word, its stem, the runs of its letters (a slip changes only some), every two words side by side, and every
    two stems with a word or two, or three, between them.

    known: what was worked out for other readings of the same text; it is added to.
    """
    made = known if known is not None else {}
    for token in tokens:
        if token not in made:
            made[token] = _made_of(token)
    found = {f"{first} {second}" for first, second in pairwise(tokens)}
    stems = [made[token][0] for token in tokens]
    found.update(f"{first} {second[1:]}" for first, second in pairwise(stems))
    for between in _BETWEEN:
        found.update(f"{first}.{second}" for first, second in zip(stems, stems[between + 1 :], strict=False))
    return found.union(*(made[token] for token in tokens))


def _made_of(word: str) -> tuple[str, ...]:
    return (f"~{stem(word)}", word, *_runs(word))


def stem(word: str) -> str:
    """The word without its ending, as far as that can be told from its letters."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > _SHORTEST_STEM and word.endswith("e") else word


def _runs(word: str) -> Iterator[str]:
    held = f"<{word}>"
    return (f"_{held[start : start + length]}" for length in _RUNS for start in range(len(held) - length + 1))


@cache
def shipped_leaning() -> Leaning:
    """The weights as they were learnt from the development sets."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    return Leaning(data["weights"], data["start"], data["from_here"], data["with_amber"], data["with_red"])
