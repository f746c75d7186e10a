"""Schools, homes, streets and people of a partnership's own list, and places that are known by how they end."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engage.rules.redaction.findings import Finding
from engage.rules.redaction.vocabulary import Token, first_names, is_known, tokens, word_set


class PlaceKind(StrEnum):
    """What an entry of a partnership's own list is."""

    SCHOOL = "school"
    HOME = "home"
    STREET = "street"
    PERSON = "person"
    OTHER = "other"


_STRONG: Final = word_set(
    "primary academy juniors infants unit mosque church gurdwara temple synagogue chapel lodge avenue crescent "
    "hospital nursery surgery hotel hostel travelodge inn cathedral estate"
)
_WEAK: Final = word_set(
    "school college house road rd street st lane close court park drive terrace hill hall club centre center high "
    "secondary home clinic library station cottage farm manor grange villa villas gardens way ward"
)
# Ends of an entry that say what it is, not which; short forms beside the long ones.
_SAYS_WHAT: Final = _STRONG | _WEAK | word_set("the saint junior infant youth view bank and of for community ave ln")
_NO_PART: Final = word_set(
    "a after all an and any are as at back before behind big bus but by care childrens church down every first for "
    "from front get go goes going good hate have he her high his home i in is it its left like local long lots love "
    "me miss my near new next no not of off old on one only our out over own park past primary same school "
    "secondary see she side small so some special start than that the their them there these they this to too up "
    "was we went when where which whole with your youth private public boarding foster nice nearest sixth junior "
    "infant whos to our leave leaving left hated called"
)
_FUZZY_FROM: Final = 6
_SHORTEST_NAME: Final = 3
_NUMBER: Final = re.compile(r"\b\d{1,4}[a-z]?,?\s+$", re.IGNORECASE)
_MOST_BEFORE: Final = 3
_GAP: Final = 2


@dataclass(frozen=True)
class Entry:
    """One line of a partnership's own list."""

    kind: PlaceKind
    name: str


class Gazetteer:
    """A partnership's own list, ready to be looked for: with a letter wrong, missing, too many or changed places."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._by_core: dict[str, list[tuple[PlaceKind, frozenset[str]]]] = {}
        self._near: dict[str, set[str]] = {}
        self._plain: set[str] = set()
        for entry in entries:
            written = [word.low for word in tokens(entry.name)]
            words = [_folded(word) for word in written]
            self._plain |= {_folded(word) for word in written if is_known(word) or word in first_names()[1]}
            for core in (word for word in words if _tells_which(word)):
                self._by_core.setdefault(core, []).append((entry.kind, frozenset(words)))
                for shorter in _shorter(core):
                    self._near.setdefault(shorter, set()).add(core)

    def find(self, text: str) -> Iterator[Finding]:
        """Every place of the text where an entry stands, or what is left of it."""
        words = tokens(text)
        for at in range(len(words)):
            for length in (2, 1):
                if at + length > len(words):
                    continue
                core = self._core("".join(_folded(one.low) for one in words[at : at + length]), is_joined=length > 1)
                found = core and self._found(text, words, (at, at + length - 1), core)
                if found:
                    yield found
                    break

    def _found(self, text: str, words: Sequence[Token], where: tuple[int, int], core: str) -> Finding | None:
        first, last = where
        entries = self._by_core[core]
        whole = frozenset[str]().union(*(parts for _, parts in entries))
        begin, end = _grown(words, first, last, whole)
        is_plain = core in self._plain
        has_more = end - begin > last - first
        if is_plain and first == last and not has_more and not (words[first].is_capital and not words[first].opens):
            return None
        is_person = any(kind is PlaceKind.PERSON for kind, _ in entries)
        number = None if is_person else _NUMBER.search(text, 0, words[begin].start)
        if number:
            return Finding("address", number.start(), words[end].end)
        return Finding("name" if is_person else "place", words[begin].start, words[end].end)

    def _core(self, word: str, *, is_joined: bool) -> str:
        if word in self._by_core:
            return word
        if is_joined or is_known(word):
            return ""
        return min((core for shorter in _shorter(word) for core in self._near.get(shorter, ())), default="")


def _tells_which(word: str) -> bool:
    return len(word) >= _SHORTEST_NAME and word not in _SAYS_WHAT


def _folded(word: str) -> str:
    """Ends of English place names that sound the same, written the same; "st" is saint."""
    if word in {"st", "saint"}:
        return "saint"
    return re.sub(r"(?<=[a-z]{3})(?:leigh|ley|lea|lee|ly)$", "ly", re.sub("boro(?:ugh)?$|burgh$", "bury", word))


def _shorter(word: str) -> set[str]:
    """The word with one letter left out, itself included: two that share one are a slip apart."""
    if len(word) < _FUZZY_FROM - 1:
        return set()
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _grown(words: Sequence[Token], first: int, last: int, whole: frozenset[str]) -> tuple[int, int]:
    """On to both sides over words of the same entry, and words that say what it is."""
    more = whole | _SAYS_WHAT - {"and", "of", "for", "the"}
    while last + 1 < len(words) and _folded(words[last + 1].low) in more and _beside(words[last], words[last + 1]):
        last += 1
    while first and _folded(words[first - 1].low) in whole and _beside(words[first - 1], words[first]):
        first -= 1
    return first, last


def _beside(one: Token, other: Token) -> bool:
    return other.start - one.end <= _GAP


def by_ending(text: str) -> Iterator[Finding]:
    """ "hillcrest primary", "green lane mosque": what stands before a word that ends the names of places."""
    words = tokens(text)
    for at, word in enumerate(words):
        if word.low not in _STRONG | _WEAK:
            continue
        first = at
        while first and at - first < _MOST_BEFORE and _belongs(words, first):
            first -= 1
        if first < at and (word.low in _STRONG or any(_tells(one) for one in words[first:at])):
            yield Finding("place", words[first].start, word.end)


def _belongs(words: Sequence[Token], first: int) -> bool:
    """Whether the word before may be part of the name: "new" only inside one, "my" never."""
    word, here = words[first - 1], words[first]
    return _beside(word, here) and len(word.low) > 1 and (word.low not in _NO_PART or word.low == "new")


def _tells(word: Token) -> bool:
    return not is_known(word.low) or (word.is_capital and not word.opens)
