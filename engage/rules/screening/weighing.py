"""The weights of all features, kept by word: a text is weighed without writing down a feature of it, though it has some
hundreds. Sums are whole thousandths, as the weights are learnt, so that the order they are added in changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

from engage.rules.screening.features import BETWEEN, Joined, alone, stem, taken_apart

_Followed = dict[str, dict[str, int]]  # a word or stem, and the number of its feature with what may come after it
_NOTHING: Mapping[str, int] = {}
_NO_FEATURE = 0  # the number of what weighs nothing


class _Word(NamedTuple):
    """Numbers of the features of one word: by itself, with the very next word, with the next stem, with later stems."""

    alone: Sequence[int]
    after: Mapping[str, int]
    stem: str
    beside: Mapping[str, int]
    further: Mapping[str, int]


class Weights:
    """Built once; it holds words of the weights and everyday ones, and nothing of what is weighed."""

    def __init__(self, weights: Mapping[str, float], everyday: Collection[str] = ()) -> None:
        """weights: log odds by feature, to three places. everyday: words worth having at hand."""
        self.thousandths = [0, *(round(weight * 1000) for weight in weights.values())]
        self._alone: dict[str, int] = {}
        self._joined: dict[Joined, _Followed] = {"after": {}, "beside": {}, "further": {}}
        for number, feature in enumerate(weights, start=_NO_FEATURE + 1):
            joined, first, second = taken_apart(feature)
            if joined == "alone":
                self._alone[feature] = number
            else:
                self._joined[joined].setdefault(first, {})[second] = number
        words = {feature for feature in self._alone if feature[0] not in "_~"}
        self.known = {word: self.word(word) for word in words.union(everyday)}

    def word(self, word: str) -> _Word:
        """What is weighed of a word."""
        root = stem(word)
        numbers = tuple({self._alone[feature] for feature in alone(word) if feature in self._alone})
        after, beside, further = (self._joined[joined] for joined in ("after", "beside", "further"))
        return _Word(numbers, after.get(word, _NOTHING), root, beside.get(root, _NOTHING), further.get(root, _NOTHING))


class Weighing:
    """One text being weighed. What was worked out of its words is thrown away with it."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._strange: dict[str, _Word] = {}
        self._sums: dict[tuple[str, ...], int] = {}

    def thousandths(self, tokens: tuple[str, ...]) -> int:
        """The sum of the weights of everything that stands in the tokens, each once."""
        if tokens not in self._sums:
            self._sums[tokens] = self._sum(tokens) if tokens else 0
        return self._sums[tokens]

    def _sum(self, tokens: tuple[str, ...]) -> int:
        known = self._weights.known
        words = [known.get(token) or self._stranger(token) for token in tokens]
        by_word, after, stems, beside, further = zip(*words, strict=True)
        found: set[int] = set().union(*by_word)
        pairs = [(after, tokens[1:]), (beside, stems[1:]), *((further, stems[between + 1 :]) for between in BETWEEN)]
        for before, later in pairs:
            found.update(map(dict.get, before, later, repeat(_NO_FEATURE)))
        return sum(map(self._weights.thousandths.__getitem__, found))

    def _stranger(self, token: str) -> _Word:
        if token not in self._strange:
            self._strange[token] = self._weights.word(token)
        return self._strange[token]
