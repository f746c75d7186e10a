"""Further readings of the words: what a child, a phone or somebody who hides from filters may have meant.

They are added beside what was written, never put in its place, so they can only find more.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import filterfalse, groupby, islice, pairwise, product

from engage.rules.screening.phonetics import MOST, Soundalikes
from engage.rules.screening.words import WordsFile

JOINED_FROM = 5  # letters in an unknown word before it is read as several written together
_LONGEST_WORD = 14
_WORTH_TAKING_APART = 0.75  # mean cost a letter
_LETTER_WORDS = frozenset("ai24")
_LONGEST_SLIP = 8  # letters of a misspelt word among words written together
_WORTH_MENDING = 3  # letters
_VARIANTS = 16
_LONGEST_RUN = 400  # letters of a text that is read anew without its spaces
_BROKEN_SHARE = 0.4  # of tokens nobody knows, over which it is


class Slips(dict[str, list[tuple[str, ...]]]):
    """What each unknown word of one text may have been meant to be, worked out once; thrown away with the text."""

    def __init__(self, mend: Callable[[str], list[tuple[str, ...]]]) -> None:
        super().__init__()
        self._mend = mend

    def __missing__(self, token: str) -> list[tuple[str, ...]]:
        return self.setdefault(token, self._mend(token))


class Speller:
    """Built once from the words of the lexicon; holds no text."""

    def __init__(self, listed: Iterable[str], words: WordsFile, spellings: Mapping[str, str]) -> None:
        self._listed = frozenset(listed)
        self._known = self._listed | words.common
        self._everyday = words.common
        self._everywhere = words.everywhere
        self._foreign = words.foreign
        self._untouched = frozenset(word for word in self._known if len(word) > 1) - spellings.keys()
        self._real = words.real_words
        self._spellings = spellings
        self._sounds = words.sounds_like
        self._fillers = words.fillers
        self._leet = {sign: letters for sign, letters in words.leet.items() if sign.isdigit()}
        self._alike = Soundalikes(self._listed, words.common - self._listed)
        longer = self._known | self._everywhere | self._real | spellings.keys()
        self._prices = {piece: self._price(piece) for piece in {*longer, *_LETTER_WORDS}}

    def knows(self, token: str) -> bool:
        """Is it a word of the lexicon or of everyday English?"""
        return token in self._known

    def slips(self) -> Slips:
        """An empty store for the unknown words of one text."""
        return Slips(self._mend)

    def resolves(self, token: str, slips: Slips) -> bool:
        """Is it English, or English with a slip or two in it?"""
        return token in self._known or token in self._real or token in self._spellings or slips[token] != [(token,)]

    def readings(self, tokens: Sequence[str], slips: Slips) -> list[tuple[str, ...]]:
        """Other ways to read the tokens, the likeliest first; none when every one of them is an ordinary word that
        sounds like no other.
        """
        heard = [self._sounding(tokens), self._without_fillers(tokens)]
        if self._untouched.issuperset(tokens):
            return [reading for reading in dict.fromkeys(heard) if reading != tuple(tokens)]
        places = [self._read(token, slips) for token in self._joined(tokens)]
        found = heard
        for nth in range(max(map(len, places), default=0)):
            read = tuple(word for place in places for word in place[min(nth, len(place) - 1)])
            found += [read, self._sounding(read), self._without_fillers(read)]
        unknown = sum(token not in self._known for token in tokens)
        letters = "".join(tokens)
        if unknown > _BROKEN_SHARE * len(tokens) and len(letters) <= _LONGEST_RUN and letters.isalnum():
            found.append(tuple(self._apart(letters)))
        return list(dict.fromkeys(found))

    def _sounding(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """Each word as the one it is typed for where both sound the same."""
        return tuple(tokens if self._sounds.keys().isdisjoint(tokens) else map(self._sounds.get, tokens, tokens))

    def _without_fillers(self, tokens: Sequence[str]) -> tuple[str, ...]:
        """What is left when hedging words no longer stand between the others."""
        return tuple(tokens if self._fillers.isdisjoint(tokens) else filterfalse(self._fillers.__contains__, tokens))

    def _joined(self, tokens: Sequence[str]) -> Iterator[str]:
        """Letters spelt out with gaps are one word; so are two halves that are no words alone."""
        whole = list(_join_letters(tokens))
        skip = False
        for first, second in pairwise([*whole, ""]):
            if skip:
                skip = False
            elif first + second in self._listed and not (first in self._known and second in self._known):
                skip = bool(second)
                yield first + second
            else:
                yield first

    def _read(self, token: str, slips: Slips) -> list[tuple[str, ...]]:
        if token in self._spellings:
            return [tuple(self._spellings[token].split())]
        if token in self._known or token.isdigit():
            return [(token,)]
        return slips[token]

    def _mend(self, token: str) -> list[tuple[str, ...]]:
        readings = list(dict.fromkeys(self._variants(token)))
        for reading in readings:
            if reading in self._known:
                return [(reading,)]
            if reading in self._spellings:
                return [tuple(self._spellings[reading].split())]
        if token in self._real:
            return [(token,)]
        near = next(filter(None, map(self._alike.nearest, readings)), [])
        found: list[tuple[str, ...]] = [(word,) for word in near]
        letters = readings[0]
        if len(letters) >= JOINED_FROM and letters.isalnum():
            pieces = tuple(self._mended(self._apart(letters)))
            if len(pieces) > 1:
                found = [pieces, *found] if len(letters) > _LONGEST_WORD else [*found[:1], pieces, *found[1:]]
        return found[:MOST] or [(letters,)]

    def _mended(self, pieces: Sequence[str]) -> Iterator[str]:
        """The words that were written together, each unknown one as the likeliest it may have been."""
        for piece in pieces:
            if piece in self._spellings:
                yield from self._spellings[piece].split()
            elif len(pieces) == 1 or len(piece) < _WORTH_MENDING or piece in self._known or piece in self._real:
                yield piece
            else:
                yield next(iter(self._alike.nearest(piece)), piece)

    def _variants(self, token: str) -> Iterator[str]:
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

    def _apart(self, token: str) -> list[str]:
        """The cheapest way to read the token as words written together; letters that fit no word stay as they are."""
        costs, starts = [0.0], [0]
        for end in range(1, len(token) + 1):
            cost, begin = float("inf"), end - 1
            for start in range(max(0, end - _LONGEST_WORD), end):
                price = costs[start] + (self._prices.get(token[start:end]) or _STRANGE[end - start])
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
        """What it costs to read these letters as a word: listed ones least, so that a worrying reading wins, but never
        less than the everyday words they may be pieces of ("me in" is no "mein").
        """
        if len(piece) == 1:
            return 0.9 if piece in _LETTER_WORDS else _strange_price(1)
        if piece in self._everywhere:
            return 0.6
        if piece in self._known:
            return self._known_price(piece)
        if piece in self._real or (len(piece) > 2 and piece in self._spellings):
            return 1.1
        return _strange_price(len(piece))

    def _known_price(self, piece: str) -> float:
        if piece not in self._everyday and self._is_of_two(piece):
            return 2.0
        if len(piece) < 3:
            return 1.0
        return (0.4 if len(piece) < JOINED_FROM else 0.2) if len(piece) > 3 and piece in self._listed else 1.0

    def _is_of_two(self, piece: str) -> bool:
        """Likelier no word here: two letters, a foreign word, or "i" before a word ("i ran" is no country)."""
        return len(piece) < 3 or piece in self._foreign or (piece[0] == "i" and piece[1:] in self._everyday)


def _strange_price(letters: int) -> float:
    """What letters cost that are no word anybody knows."""
    if letters == 1:
        return 3.0
    return 2.5 + 0.5 * letters if letters <= _LONGEST_SLIP else 3.0 * letters


_STRANGE = tuple(map(_strange_price, range(_LONGEST_WORD + 1)))


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


def _squeezed(word: str) -> Iterator[str]:
    """Every way to write runs of a repeated letter once or twice."""
    pieces = [(letter, letter * 2) if len(list(run)) > 1 else (letter,) for letter, run in groupby(word)]
    return ("".join(choice) for choice in islice(product(*pieces), _VARIANTS))
