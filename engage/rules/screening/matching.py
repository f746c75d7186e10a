"""Lines of the lexicon found in a row of tokens, by one automaton over all their parts."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import accumulate
from operator import or_
from typing import Literal, Protocol

from ahocorasick import Automaton

from engage.rules.screening.phrases import Sets, phrases

GAP = 3  # other words that may stand at a " .. "
WINDOW = 12  # words from the first to the last of parts that may stand in any order (" & ")

_MANY = re.compile(r"\||^\{\w+\}$")
_EVERYDAY = 500  # phrases that a word found everywhere counts for, when the rarest part is sought

Level = Literal["red", "amber"]
Span = tuple[int, int]  # first token, one past the last
_Phrase = tuple[int, tuple[int, int]]  # where its last letter and space stand; its words, the bits of its parts


@dataclass(frozen=True)
class Line:
    """One line of the lexicon: its parts (by number), and whether they stand in order, at most GAP other words apart,
    or anywhere within WINDOW. `needed`: one bit for each of them. `unless`: parts that must not stand within WINDOW of
    its first. `firm`: it names something; an amber line of many alternatives, and parts anywhere, only hint at it.
    """

    group: str
    level: Level
    parts: tuple[int, ...]
    needed: int
    anyhow: bool
    unless: tuple[int, ...]
    firm: bool


@dataclass(frozen=True)
class Hit:
    """A line found, and where each of its parts stands, from left to right."""

    line: Line
    spans: tuple[Span, ...]


class _Needles(Protocol):
    def iter(self, text: str, /) -> Iterator[_Phrase]: ...


class _Found:
    """Phrases found in one text; where a part stands is only worked out when a line asks for it."""

    def __init__(self, tokens: Sequence[str], phrases: Sequence[_Phrase]) -> None:
        """phrases: in order of their ends in the text of tokens joined and enclosed by single spaces."""
        self._tokens = tokens
        self._phrases = phrases
        self._spans: dict[int, list[Span]] = {}
        self.parts = reduce(or_, {parts for _, (_, parts) in phrases}, 0)

    def spans(self, part: int) -> list[Span]:
        """Where it stands, in order of the ends."""
        if part not in self._spans:
            bit = 1 << part
            found = [(last, length) for last, (length, parts) in self._phrases if parts & bit]
            ends = ((bisect_right(self._starts, last), length) for last, length in found)
            self._spans[part] = [(end - length, end) for end, length in ends]
        return self._spans[part]

    @cached_property
    def _starts(self) -> list[int]:
        """Where each token starts in the text."""
        return list(accumulate((len(token) + 1 for token in self._tokens[:-1]), initial=1))


class Matcher:
    """Built once; `find` holds nothing of what it reads. Matches whole words only."""

    def __init__(
        self, lines: Iterable[tuple[str, Level, str]], sets: Sets, everywhere: frozenset[str] = frozenset()
    ) -> None:
        """lines: (group, level, text of the line) with all words already plain. everywhere: words of nearly every text.
        `words` is every word in the lines.
        """
        self._sets = sets
        self._numbers: dict[str, int] = {}
        read = [self._read(group, level, text) for group, level, text in lines]
        needles = self._phrases()
        self.words = frozenset(word for phrase in needles for word in phrase.split())
        self._needles = _automaton(needles)
        # A line is looked at when the rarest of its parts is there.
        cost = _commonness(needles, everywhere)
        self._lines: dict[int, list[Line]] = {}
        for line in read:
            self._lines.setdefault(min(line.parts, key=lambda part: (cost.get(part, 0), part)), []).append(line)
        self._first_looked_for = _bits(self._lines)

    def find(self, tokens: Sequence[str]) -> Iterator[Hit]:
        """Every place where a line's first part has the rest of it near enough."""
        found = _Found(tokens, list(self._needles.iter(f" {' '.join(tokens)} ")))
        rare = found.parts & self._first_looked_for
        while rare:
            part = rare.bit_length() - 1
            rare ^= 1 << part
            for line in self._lines[part]:
                if line.needed & found.parts == line.needed:
                    hits = _together(line, found) if line.anyhow else _hits(line, found)
                    yield from (hit for hit in hits if not (line.unless and _is_set_off(hit, found)))

    def _read(self, group: str, level: Level, text: str) -> Line:
        told, *without = text.split(" ! ")
        anyhow = " & " in told
        parts = tuple(self._number(part.strip()) for part in told.split("&" if anyhow else ".."))
        unless = tuple(self._number(part.strip()) for part in without)
        firm = not anyhow and (level == "red" or not _MANY.search(told))
        return Line(group, level, parts, _bits(parts), anyhow, unless, firm)

    def _number(self, part: str) -> int:
        return self._numbers.setdefault(part, len(self._numbers))

    def _phrases(self) -> dict[str, list[int]]:
        """Every phrase, with the parts that it is one of."""
        needles: dict[str, list[int]] = {}
        for part, number in self._numbers.items():
            for phrase in phrases(part, self._sets):
                needles.setdefault(phrase, []).append(number)
        return needles


def _automaton(needles: Mapping[str, Sequence[int]]) -> _Needles:
    automaton = Automaton()
    kept: dict[tuple[int, ...], int] = {}  # many phrases are of the same parts: one number for all of them
    for phrase, numbers in needles.items():
        key = tuple(dict.fromkeys(numbers))
        parts = kept[key] if key in kept else kept.setdefault(key, _bits(key))
        automaton.add_word(f" {phrase} ", (phrase.count(" ") + 1, parts))
    automaton.make_automaton()
    ready: _Needles = automaton
    return ready


def _bits(numbers: Iterable[int]) -> int:
    return reduce(or_, (1 << number for number in numbers), 0)


def _commonness(needles: Mapping[str, Sequence[int]], everywhere: frozenset[str]) -> dict[int, int]:
    """How often each part is likely to stand in a text: by its phrases, those of everyday words above all."""
    cost: dict[int, int] = {}
    for phrase, numbers in needles.items():
        price = _EVERYDAY if phrase in everywhere else 1
        for number in set(numbers):
            cost[number] = cost.get(number, 0) + price
    return cost


def _hits(line: Line, found: _Found) -> Iterator[Hit]:
    for first in found.spans(line.parts[0]):
        spans = [first]
        for part in line.parts[1:]:
            following = _next(found.spans(part), spans[-1][1])
            if following is None:
                break
            spans.append(following)
        else:
            yield Hit(line, tuple(spans))


def _next(spans: Sequence[Span], after: int) -> Span | None:
    """The first of the spans (in order of their ends) that starts within GAP words after."""
    for place in range(bisect_left(spans, after, key=lambda span: span[1]), len(spans)):
        start = spans[place][0]
        if after <= start <= after + GAP:
            return spans[place]
        if start > after + GAP * 4:
            break
    return None


def _together(line: Line, found: _Found) -> Iterator[Hit]:
    """One hit for each place of the first part that has all others around it, none on the same words as another."""
    for first in found.spans(line.parts[0]):
        spans = [first]
        for part in line.parts[1:]:
            nearest = _nearest(found.spans(part), spans)
            if nearest is None:
                break
            spans.append(nearest)
        else:
            yield Hit(line, tuple(sorted(spans)))


def _nearest(spans: Sequence[Span], taken: Sequence[Span]) -> Span | None:
    """The span nearest to the first taken one that keeps all of them within WINDOW."""
    start, end = min(taken)[0], max(span[1] for span in taken)
    middle = taken[0][0]
    low = bisect_left(spans, end - WINDOW, key=lambda span: span[1])
    best: Span | None = None
    for place in range(low, len(spans)):
        span = spans[place]
        if span[1] > start + WINDOW:
            break
        fits = max(end, span[1]) - min(start, span[0]) <= WINDOW and _apart(span, taken)
        if fits and (best is None or abs(span[0] - middle) < abs(best[0] - middle)):
            best = span
    return best


def _apart(span: Span, taken: Sequence[Span]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in taken)


def _is_set_off(hit: Hit, found: _Found) -> bool:
    """Something that makes the line harmless stands near its first part."""
    start, end = hit.spans[0]
    near = (span for part in hit.line.unless for span in found.spans(part))
    return any(start - WINDOW <= span[0] and span[1] <= end + WINDOW for span in near)
