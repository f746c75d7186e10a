"""Chance that comes out the same every time: who the invented people are and which words they use."""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TypeVar

T = TypeVar("T")
PLAIN = "plain"
"""What belongs to no theme ("idk")."""
_CHOICE = re.compile(r"\{([^}]*)\}")


class Chance:
    """A seeded source: the same name gives the same people."""

    def __init__(self, name: str) -> None:
        """`name` is the seed."""
        self._source = random.Random(name)  # noqa: S311 - invented answers, nothing secret

    def happens(self, probability: float) -> bool:
        """True in so many cases out of one."""
        return self._source.random() < probability

    def pick(self, weights: Mapping[T, float]) -> T:
        """One of these, the heavier the likelier."""
        return self._source.choices(list(weights), list(weights.values()))[0]

    def one_of(self, choices: Sequence[T]) -> T:
        """One of these, all alike."""
        return self._source.choice(choices)

    def bell(self, middle: float, width: float) -> float:
        """A number around `middle`, nearly always within twice `width`."""
        return self._source.gauss(middle, width)

    def shuffled(self, things: Iterable[T]) -> list[T]:
        """The same things in another order."""
        mixed = list(things)
        self._source.shuffle(mixed)
        return mixed


def wordings(text: str) -> list[str]:
    """Every wording of a text with `{a|b}` in it."""
    parts = _CHOICE.split(text)
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*choices)]


class Words:
    """What people wrote by theme; each wording is drawn once, but what is plain many people say."""

    def __init__(self, written: Mapping[str, Sequence[str]], chance: Chance) -> None:
        """`written` is theme -> texts."""
        self._chance = chance
        self._again = {theme: texts for theme, texts in written.items() if theme == PLAIN}
        self._left = {theme: self._mixed(texts) for theme, texts in written.items() if theme != PLAIN}

    @property
    def themes(self) -> tuple[str, ...]:
        """What people wrote about."""
        return (*self._left, *self._again)

    def draw(self, theme: str) -> str:
        """One text of a theme; "" when all were drawn."""
        if theme in self._again:
            return self._chance.one_of(self._again[theme])
        left = self._left[theme]
        return left.pop() if left else ""

    def _mixed(self, texts: Sequence[str]) -> list[str]:
        # The texts in turn, so that the wordings of one do not come in a row.
        piles = [self._chance.shuffled(wordings(text)) for text in texts]
        rounds = max(len(pile) for pile in piles)
        turns = [self._chance.shuffled(pile[turn] for pile in piles if turn < len(pile)) for turn in range(rounds)]
        return [text for turn in reversed(turns) for text in turn]
