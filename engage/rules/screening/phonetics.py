"""What an unknown word may have been meant to be: by how it sounds, by its consonants, by how few slips are in it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_

from jellyfish import damerau_levenshtein_distance, metaphone

SHORTEST_FUZZY = 5  # letters in a listed word before one wrong letter is forgiven
_TWO_SLIPS_FROM = 8
_LONGEST = 16
_SOUND_IS_WORTH = 1.25  # slips
_VOWELS = "aeiou"
MOST = 3


class Soundalikes:
    """An index of the words that matter, and of everyday ones that stand nearer to a token than those do."""

    def __init__(self, listed: Collection[str], common: Collection[str]) -> None:
        words = [word for word in sorted(listed) if word.isascii() and word.isalpha() and len(word) > 2]
        self._listed = frozenset(words)
        self._by_shape = _shaped(word for word in words if len(word) >= SHORTEST_FUZZY)
        self._by_sound = _grouped((metaphone(word), word) for word in words)
        self._by_bones = _grouped((_bones(word), word) for word in words)
        self._common = _shaped(word for word in sorted(common) if len(word) > 3)

    def nearest(self, token: str) -> list[str]:
        """At most MOST words it may have been, the likeliest first; none when it resembles nothing."""
        if not 2 <= len(token) <= _LONGEST or not token.isalpha():
            return []
        priced = sorted((price, word) for word, price in self._priced(token))
        found = [word for _, word in priced[:MOST]]
        if found and priced[0][0] >= 1 and self._is_everyday(token):
            return []
        return found

    def _priced(self, token: str) -> Iterator[tuple[str, float]]:
        sound, seen = metaphone(token), set[str]()
        for word in self._by_sound.get(sound, ()) if sound else ():
            slips = damerau_levenshtein_distance(token, word)
            if slips <= max(1, (len(word) + 1) // 2):
                seen.add(word)
                yield word, slips - _SOUND_IS_WORTH
        if len(token) > 2 and not any(vowel in token for vowel in _VOWELS):
            for word in self._by_bones.get(_bones(token), ()):
                if word not in seen:
                    seen.add(word)
                    yield word, 0.25 + len(word) / 100
        for length in range(max(SHORTEST_FUZZY, len(token) - 2), len(token) + 3):
            forgiven = 2 if min(length, len(token)) >= _TWO_SLIPS_FROM else 1
            for word in _alike(self._by_shape, token, length, forgiven):
                slips = damerau_levenshtein_distance(token, word) if word not in seen else forgiven + 1
                if slips <= forgiven:
                    yield word, float(slips)

    def _is_everyday(self, token: str) -> bool:
        """A slip away from an everyday word that is no worse a reading than the worrying one."""
        near = (word for length in (-1, 0, 1) for word in _alike(self._common, token, len(token) + length, 1))
        return any(damerau_levenshtein_distance(token, word) == 1 for word in near)


_Shapes = Mapping[tuple[str, int], Sequence[tuple[int, str]]]


def _shaped(words: Iterable[str]) -> _Shapes:
    """Words by first letter and length, each with the letters that it holds."""
    shapes: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for word in words:
        shapes.setdefault((word[0], len(word)), []).append((_letters(word), word))
    return shapes


def _alike(shapes: _Shapes, token: str, length: int, slips: int) -> Iterator[str]:
    """Words of this length that may be so few slips away: one slip changes two of the letters a word holds at most."""
    held, most = _letters(token), 2 * slips
    return (word for letters, word in shapes.get((token[0], length), ()) if (letters ^ held).bit_count() <= most)


def _letters(word: str) -> int:
    """One bit for each letter that stands in the word."""
    return reduce(or_, (1 << ord(letter) % 32 for letter in word))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, word in pairs:
        groups.setdefault(key, []).append(word)
    return groups


def _bones(word: str) -> str:
    """The first letter and the consonants after it, each once in a row."""
    kept = word[0]
    for letter in word[1:]:
        if letter not in _VOWELS and letter != kept[-1]:
            kept += letter
    return kept
