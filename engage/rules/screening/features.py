"""What the leanings weigh in a text: every word, its stem, the runs of its letters (a slip changes only some), every
two words side by side, and every two stems with a word or two, or three, between them.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

BETWEEN = (1, 2, 3)  # words
_SHORTEST_STEM = 3
_ENDINGS = ("ing", "ed", "es", "s")
_RUNS = (4, 5)  # letters

Joined = Literal["alone", "after", "beside", "further"]


def features(tokens: Sequence[str]) -> set[str]:
    """Every feature, written down as the weights name it: the plain definition of what `weighing` looks up."""
    stems = [stem(token) for token in tokens]
    found = {f"{first} {second}" for first, second in pairwise(tokens)}
    found.update(f"~{first} {second}" for first, second in pairwise(stems))
    for between in BETWEEN:
        found.update(f"~{first}.~{second}" for first, second in zip(stems, stems[between + 1 :], strict=False))
    return found.union(*map(alone, tokens))


def alone(word: str) -> tuple[str, ...]:
    """The features of a word by itself."""
    return (f"~{stem(word)}", word, *_runs(word))


def taken_apart(feature: str) -> tuple[Joined, str, str]:
    """How a feature joins two words or stems, and which; what stands alone is the first."""
    if feature.startswith("~"):
        joins: tuple[tuple[Joined, str], ...] = (("further", ".~"), ("beside", " "))
        for joined, sign in joins:
            first, found, second = feature[1:].partition(sign)
            if found:
                return joined, first, second
    elif " " in feature:
        first, _, second = feature.partition(" ")
        return "after", first, second
    return "alone", feature, ""


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
