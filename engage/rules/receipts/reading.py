"""Reading back a code of words as a person typed it: any separators, capitals, accents or none, a slip of a finger.

A slip is one letter left out, put in, changed, or swapped with its neighbour (optimal string alignment distance 1).
It is forgiven only where exactly one word of the language is that near.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

_APOSTROPHES: Final = frozenset("'’‘ʼʻ`´")
# Letters that one person types where another typed the other, and that no decomposition brings together: Polish and
# Ukrainian without their keyboards, Arabic and Urdu on each other's.
_SAME: Final = str.maketrans("łґٱىیےکہھةۃەں", "lгايييكهههههن")
_SLIPS_FROM: Final = 3  # letters: nearly every two-letter word is one slip from another
_WIDEST_TERM: Final = 4  # pieces a word may have been typed in ("hot water bottle")


def pieces(typed: str) -> list[str]:
    """The letters of `typed`, cut where something else stands; lower case, no accents, no vowel signs, no hamza."""
    kept: list[str] = []
    for sign in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", typed).casefold()):
        kind = unicodedata.category(sign)
        if kind in {"Ll", "Lo", "Lu"}:
            kept.append(sign.translate(_SAME))
        elif sign not in _APOSTROPHES and kind not in {"Mn", "Mc", "Me", "Cf", "Lm"}:
            kept.append(" ")
    return "".join(kept).split()


def fold(typed: str) -> str:
    """One word or term as it is compared: its letters only (see `pieces`)."""
    return "".join(pieces(typed))


def is_one_slip(left: str, right: str) -> bool:
    """Whether two different words are one letter left out, put in, changed or swapped apart."""
    if len(left) > len(right):
        left, right = right, left
    if len(right) - len(left) > 1 or left == right:
        return False
    start = next((place for place, sign in enumerate(left) if sign != right[place]), len(left))
    if len(left) < len(right):
        return left[start:] == right[start + 1 :]
    swapped = right[start + 1 : start + 2] + right[start : start + 1] + right[start + 2 :]
    return left[start + 1 :] == right[start + 1 :] or left[start:] == swapped


def _shortened(word: str) -> set[str]:
    """The word, and the word without each of its letters: two words one slip apart share one of these."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


class Lexicon:
    """The words of one language, by index, ready to be found by what was typed."""

    def __init__(self, words: Sequence[str]) -> None:
        """`words`: the term for each index. Raises ValueError where two are the same once folded, or one is empty."""
        self._index: dict[str, int] = {}
        near: defaultdict[str, set[str]] = defaultdict(set)
        for index, word in enumerate(words):
            folded = fold(word)
            if not folded or folded in self._index:
                raise ValueError(f"the word {word!r} is empty or stands twice")
            self._index[folded] = index
            for part in _shortened(folded):
                near[part].add(folded)
        self._near: Mapping[str, set[str]] = near
        self._longest = max(map(len, self._index), default=0)

    def exact(self, word: str) -> int | None:
        """The index of a folded word."""
        return self._index.get(word)

    def forgiving(self, word: str) -> int | None:
        """The index of a folded word, or of the only word one slip away."""
        exact = self._index.get(word)
        if exact is not None or len(word) < _SLIPS_FROM:
            return exact
        candidates = {one for part in _shortened(word) for one in self._near.get(part, ()) if is_one_slip(word, one)}
        return self._index[candidates.pop()] if len(candidates) == 1 else None

    def read(self, typed: Sequence[str], count: int, *, forgiving: bool) -> tuple[int, ...] | None:
        """The only way to read the pieces as `count` words: to the letter (gaps may be missing), or forgiving slips."""
        if forgiving:
            return _only_reading(typed, count, _WIDEST_TERM, self.forgiving)
        as_typed = _only_reading(typed, count, _WIDEST_TERM, self.exact)
        return as_typed or _only_reading("".join(typed), count, self._longest, self.exact)


def _only_reading(
    parts: Sequence[str], count: int, widest: int, find: Callable[[str], int | None]
) -> tuple[int, ...] | None:
    """Join neighbouring parts into `count` words; None where that goes in no way or in several."""
    reached: list[set[tuple[int, ...]]] = [set() for _ in range(len(parts) + 1)]
    reached[0].add(())
    for end in range(1, len(parts) + 1):
        for start in range(max(0, end - widest), end):
            if not reached[start]:
                continue
            index = find("".join(parts[start:end]))
            if index is not None:
                reached[end] |= {(*before, index) for before in reached[start] if len(before) < count}
    readings = [reading for reading in reached[-1] if len(reading) == count]
    return readings[0] if len(readings) == 1 else None


def too_long(typed: str, count: int) -> bool:
    """Whether nobody can have meant this as a code: bounds the work an attacker can ask for."""
    return len(typed) > 60 * count or len(re.findall(r"\w+", typed)) > _WIDEST_TERM * count
