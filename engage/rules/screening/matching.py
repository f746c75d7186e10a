"""Lines of the lexicon found in a row of tokens, by one automaton over all their parts."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, Protocol

from ahocorasick import Automaton

GAP = 3  # other words that may stand at a " .. "

Level = Literal["red", "amber"]
Span = tuple[int, int]  # first token, one past the last


@dataclass(frozen=True)
class Line:
    """One line of the lexicon: its parts (by number) stand in order, at most GAP other words apart."""

    group: str
    level: Level
    parts: tuple[int, ...]
    needed: frozenset[int]


@dataclass(frozen=True)
class Hit:
    """A line found, and where each of its parts stands."""

    line: Line
    spans: tuple[Span, ...]


class _Needles(Protocol):
    def iter(self, text: str, /) -> Iterator[tuple[int, tuple[int, tuple[int, ...]]]]: ...


class Matcher:
    """Built once; `find` holds nothing of what it reads. Matches whole words only."""

    def __init__(self, lines: Iterable[tuple[str, Level, str]], sets: Mapping[str, Sequence[str]]) -> None:
        """lines: (group, level, text of the line) with all words already plain."""
        self._sets = sets
        self._numbers: dict[str, int] = {}
        self._lines: dict[int, list[Line]] = {}
        for group, level, text in lines:
            parts = tuple(self._number(part.strip()) for part in text.split(".."))
            self._lines.setdefault(parts[0], []).append(Line(group, level, parts, frozenset(parts)))
        self._needles = self._automaton()

    @property
    def words(self) -> frozenset[str]:
        """Every word that stands anywhere in the lines."""
        return frozenset(word for part in self._numbers for phrase in self._phrases(part) for word in phrase.split())

    def find(self, tokens: Sequence[str]) -> Iterator[Hit]:
        """Every place where a line's first part is followed, near enough, by the rest of it."""
        found = self._parts_in(tokens)
        for part in found:
            for line in self._lines.get(part, ()):
                if found.keys() >= line.needed:
                    yield from _hits(line, found)

    def _parts_in(self, tokens: Sequence[str]) -> dict[int, list[Span]]:
        text = f" {' '.join(tokens)} "
        found: dict[int, list[Span]] = {}
        starts: list[int] = []
        for last, (length, parts) in self._needles.iter(text):
            starts = starts or _starts(tokens)
            end = bisect_right(starts, last)
            for part in parts:
                found.setdefault(part, []).append((end - length, end))
        return found

    def _number(self, part: str) -> int:
        return self._numbers.setdefault(part, len(self._numbers))

    def _phrases(self, part: str) -> Iterator[str]:
        """The part with every {set} in it replaced by each of its members."""
        choices = [self._sets[word[1:-1]] if word.startswith("{") else (word,) for word in part.split()]
        return (" ".join(choice) for choice in product(*choices))

    def _automaton(self) -> _Needles:
        needles: dict[str, list[int]] = {}
        for part, number in self._numbers.items():
            for phrase in self._phrases(part):
                needles.setdefault(phrase, []).append(number)
        automaton = Automaton()
        for phrase, numbers in needles.items():
            automaton.add_word(f" {phrase} ", (len(phrase.split()), tuple(dict.fromkeys(numbers))))
        automaton.make_automaton()
        needle: _Needles = automaton
        return needle


def _starts(tokens: Sequence[str]) -> list[int]:
    """Where each token starts in the text of tokens joined and enclosed by single spaces."""
    place, starts = 1, []
    for token in tokens:
        starts.append(place)
        place += len(token) + 1
    return starts


def _hits(line: Line, found: Mapping[int, list[Span]]) -> Iterator[Hit]:
    for first in found[line.parts[0]]:
        spans = [first]
        for part in line.parts[1:]:
            following = _next(found[part], spans[-1][1])
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
