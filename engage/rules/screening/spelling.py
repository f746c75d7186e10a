"""A second reading of the words: what a child, a phone or somebody who hides from filters may have meant.

It is added beside what was written, never put in its place, so it can only find more.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice, product

from engage.rules.screening.words import WordsFile

FUZZY_FROM = 5  # letters in a listed word before one wrong letter is forgiven
JOINED_FROM = 8  # letters in an unknown word before it is read as several written together
_LONGEST_WORD = 14
_WORTH_TAKING_APART = 0.75  # mean cost a letter; a token of unknown letters costs 3
_VARIANTS = 16


class Speller:
    """Built once from the words of the lexicon; holds no text."""

    def __init__(self, listed: Iterable[str], words: WordsFile, spellings: Mapping[str, str]) -> None:
        self._listed = frozenset(listed)
        self._known = self._listed | words.common
        self._untouched = frozenset(word for word in self._known if len(word) > 1) - spellings.keys()
        self._real = words.real_words
        self._spellings = spellings
        self._leet = {sign: letters for sign, letters in words.leet.items() if sign.isdigit()}
        self._near: dict[str, list[str]] = {}
        for word in sorted(self._listed):
            if len(word) >= FUZZY_FROM and word.isalpha():
                for shorter in _shorter(word):
                    self._near.setdefault(shorter, []).append(word)

    def knows(self, token: str) -> bool:
        """Is it a word of the lexicon or of everyday English?"""
        return token in self._known

    def second_reading(self, tokens: Sequence[str]) -> list[str]:
        """The tokens with letters joined, digits read as letters, slips mended and words taken apart."""
        if self._untouched.issuperset(tokens):
            return list(tokens)
        read: list[str] = []
        for token in _join_letters(tokens):
            if token in self._spellings:
                read += self._spellings[token].split()
            elif token in self._known or token.isdigit():
                read.append(token)
            else:
                read += self._mend(token)
        return read

    def _mend(self, token: str) -> list[str]:
        readings = list(dict.fromkeys(self._readings(token)))
        for reading in readings:
            if reading in self._known:
                return [reading]
            if reading in self._spellings:
                return self._spellings[reading].split()
        near = None if token in self._real else next(filter(None, map(self._nearest, readings)), None)
        if near:
            return [near]
        letters = readings[0]
        return self._apart(letters) if len(letters) >= JOINED_FROM and letters.isalnum() else [letters]

    def _readings(self, token: str) -> Iterator[str]:
        """The token itself, then with digits as letters, blots filled and repeated letters dropped."""
        letters = [self._leet.get(char, char) for char in token] if not token.isalpha() else [token]
        spelt = ["".join(choice) for choice in islice(product(*letters), _VARIANTS)] if len(letters) > 1 else letters
        yield from spelt
        for word in spelt:
            if "*" in word:
                yield from self._fill(word)
            else:
                yield from _squeezed(word)

    def _fill(self, blotted: str) -> Iterator[str]:
        shape = re.compile(blotted.replace("*", "[a-z]"))
        return (word for word in sorted(self._listed) if len(word) == len(blotted) and shape.fullmatch(word))

    def _nearest(self, token: str) -> str | None:
        """A listed word one letter away (dropped, added, changed or swapped) that starts with the same letter."""
        if not FUZZY_FROM - 1 <= len(token) <= _LONGEST_WORD + 1:
            return None
        found = list(self._near.get(token, ()))
        for shorter in _shorter(token):
            if shorter in self._listed and len(shorter) >= FUZZY_FROM:
                found.append(shorter)
            found += (word for word in self._near.get(shorter, ()) if _one_change(word, token))
        return next((word for word in found if word[0] == token[0]), None)

    def _apart(self, token: str) -> list[str]:
        """The cheapest way to read the token as words written together; letters that fit no word stay as they are."""
        costs, starts = [0.0], [0]
        for end in range(1, len(token) + 1):
            cost, begin = float("inf"), end - 1
            for start in range(max(0, end - _LONGEST_WORD), end):
                piece = token[start:end]
                price = costs[start] + self._price(piece)
                if price < cost:
                    cost, begin = price, start
            costs.append(cost)
            starts.append(begin)
        if costs[-1] >= len(token) * _WORTH_TAKING_APART:
            return [token]
        pieces, end = [], len(token)
        while end:
            pieces.append(token[starts[end] : end])
            end = starts[end]
        return pieces[::-1]

    def _price(self, piece: str) -> float:
        """What it costs to read these letters as a word: listed ones least, so that a worrying reading wins."""
        if piece not in self._known:
            return 3.0 * len(piece)
        if len(piece) < 3:
            return 1.4
        return 0.4 if len(piece) > 3 and piece in self._listed else 1.0


def _join_letters(tokens: Sequence[str]) -> Iterator[str]:
    """Three or more single letters in a row are one word (or several) spelt out with gaps."""
    if sum(len(token) == 1 for token in tokens) < 3:
        yield from tokens
        return
    for single, run in groupby(tokens, key=lambda token: len(token) == 1):
        letters = list(run)
        if single and len(letters) >= 3:
            yield "".join(letters)
        else:
            yield from letters


def _shorter(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _one_change(word: str, token: str) -> bool:
    """Same length, and one letter changed or two neighbours swapped."""
    if len(word) != len(token):
        return False
    places = [place for place, pair in enumerate(zip(word, token, strict=True)) if pair[0] != pair[1]]
    if len(places) == 2 and places[1] == places[0] + 1:
        first, second = places
        return word[first] == token[second] and word[second] == token[first]
    return len(places) == 1


def _squeezed(word: str) -> Iterator[str]:
    """Every way to write runs of a repeated letter once or twice."""
    pieces = [(letter, letter * 2) if len(list(run)) > 1 else (letter,) for letter, run in groupby(word)]
    return ("".join(choice) for choice in islice(product(*pieces), _VARIANTS))
