"""Whose name a text says: first and last name side by side, or a title before a last name; letters only, any case.

It errs towards finding one: whoever is taken for named only does not read a thing that others read.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise, product
from typing import TypeVar

from engage.rules.spelt import SHORT_FORMS, everyday_words, is_latin, is_near, sounds

Who = TypeVar("Who", bound=Hashable)
Pair = tuple[str, str]
_SHORTEST_CALL = 3
_SOUNDS_ENOUGH = 5
_JOINED = frozenset("وفبلك")
_NONE: frozenset[str] = frozenset()
_BRACKETS = re.compile(r"\([^)]*\)")
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKS = re.compile("['’ʼ`´]")
# "Miss Hart's room" names Miss Hart.
_OWNED = re.compile(r"['’ʼ`´]s\b")
_NO_NAME = frozenset("ai")
# Letters that no accent can be taken off.
_BARE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


@dataclass(frozen=True)
class _Spoken:
    """A name in one order: words side by side that say it, its first and last names alone, and how they sound."""

    pairs: frozenset[Pair]
    firsts: frozenset[str]
    lasts: frozenset[str]

    @cached_property
    def heard(self) -> frozenset[Pair]:
        return frozenset(pair for a, b in self.pairs for pair in product(_heard_as(a), _heard_as(b)))

    @cached_property
    def heard_last(self) -> frozenset[str]:
        return frozenset(each for last in self.lasts for each in _heard_as(last))


@dataclass(frozen=True)
class _Text:
    """Words side by side, and which of them came after a title, after one of nobody's family, after or before a
    single letter; and how those in other letters sound.
    """

    pairs: frozenset[Pair]
    titled: frozenset[str]
    called: frozenset[str]
    initials: frozenset[Pair]
    lettered: frozenset[Pair]
    heard: frozenset[Pair]
    heard_titled: frozenset[str]


def named_in(text: str, names: Mapping[Who, str]) -> frozenset[Who]:
    """Those of `names` whom `text` names. A first or a last name alone names nobody: too many people bear one.

    A name is known with a slip in it, with one half as a letter, by its first name behind a title ("Miss Sam"), and in
    Arabic, Urdu or Cyrillic letters by how it sounds.
    """
    read = _read(text)
    return frozenset(who for who, name in names.items() if any(_is_said(one, read) for one in _spoken(name)))


def says(text: str, names: Iterable[str]) -> bool:
    """Whether `text` holds one of these names whole, word for word; letters only, any case, accents left out."""
    said = f" {' '.join(_words(text))} "
    return any(f" {words} " in said for words in (" ".join(_words(name)) for name in names) if words)


def _read(text: str) -> _Text:
    words = _words(text)
    threes = list(zip(words, words[1:], words[2:], strict=False))
    # "Mr L Hart" and "Lena J. Hart" are the pairs without the letter; "O Brien" is one word, as it is without.
    across = {(a, c) for a, b, c in threes if len(b) == 1 and (b not in _NO_NAME or a in _TITLES)}
    whole = {(a, b + c) for a, b, c in threes if len(b) == 1}
    pairs = {*pairwise(words), *across, *whole}
    pairs |= {(a, b.removesuffix("s")) for a, b in pairs}  # "mr harts room", as it is typed on a phone
    # "and", "with", "to" are written on to the next word in Arabic.
    bare = {(a[1:], b) for a, b in pairs if a[:1] in _JOINED}
    missed = {(b, c) for a, b, c in threes if b == "miss" and a in _WHO_MISSES}  # "i miss home"
    titled = {(a, b) for a, b in pairs | bare if a in _TITLES} - missed
    return _Text(
        frozenset(pairs),
        frozenset(b for _, b in titled),
        frozenset(b for a, b in titled if a not in _FAMILY and b not in _AFTER_A_TITLE),
        frozenset((a, b) for a, b in pairs if len(a) == 1 and a not in _NO_NAME),
        frozenset((a, b) for a, b in pairs if len(b) == 1 and b not in _NO_NAME and len(a) >= _SHORTEST_CALL),
        frozenset((sounds(a), sounds(b)) for a, b in pairs | bare if not is_latin(a) and not is_latin(b)),
        frozenset(sounds(b) for _, b in titled if not is_latin(b)),
    )


def _is_said(name: _Spoken, text: _Text) -> bool:
    if name.pairs & text.pairs or name.lasts & text.titled:
        return True
    if any(word in name.firsts or SHORT_FORMS.get(word, _NONE) & name.firsts for word in text.called):
        return True
    if any(first[0] == letter and last in name.lasts for letter, last in text.initials for first in name.firsts):
        return True
    if any(word in name.firsts and last[0] == letter for word, letter in text.lettered for last in name.lasts):
        return True
    return _is_nearly_said(name, text) or _sounds_said(name, text)


def _is_nearly_said(name: _Spoken, text: _Text) -> bool:
    """With a slip in it; but a word that everybody uses is a slip of nobody's name."""
    odd = [word for word in text.titled if word not in everyday_words()]
    if any(is_near(last, word) for last in name.lasts for word in odd):
        return True
    return any(
        is_near(a, c) and is_near(b, d) and not {c, d} <= everyday_words() for a, b in name.pairs for c, d in text.pairs
    )


def _sounds_said(name: _Spoken, text: _Text) -> bool:
    if any(_is_enough(a, b) for a, b in name.heard & text.heard):
        return True
    return any(len(each.strip("a")) >= _SHORTEST_CALL for each in name.heard_last & text.heard_titled)


def _is_enough(one: str, other: str) -> bool:
    """Whether so many consonants agree that it is no chance."""
    one, other = one.strip("a"), other.strip("a")
    return min(len(one), len(other)) > 1 and len(one + other) >= _SOUNDS_ENOUGH


def _heard_as(word: str) -> frozenset[str]:
    return frozenset((sounds(word), sounds(word.replace("v", "f"))))


@lru_cache(maxsize=2048)
def _spoken(name: str) -> tuple[_Spoken, ...]:
    """An account's name in the orders it is said: "Hart, Lena (she/her)" is Lena Hart."""
    before, comma, after = _BRACKETS.sub(" ", name).partition(",")
    found = [_in_order(before), *([_in_order(f"{after} {before}")] if comma else [])]
    return tuple(each for each in found if each is not None)


def _in_order(name: str) -> _Spoken | None:
    """A name in the order it is spoken: middle names left out or not, half a double name too."""
    whole = [part for part in map(_words, name.split()) if part and part[0] not in _TITLES]
    parts = [word for part in whole for word in part]
    if not parts:
        return None
    halves = whole[-1]
    if len(parts) == 1:
        return _Spoken(frozenset(), frozenset(), frozenset(halves))
    first, last = parts[0], parts[-1]
    pairs = {(first, last), (last, first), (parts[-2], last)}
    if len(halves) < len(parts):
        pairs |= {pair for half in halves for pair in ((first, half), (half, first))}
        pairs.add((parts[-len(halves) - 1], halves[0]))
    return _Spoken(frozenset(pairs), frozenset({first}), frozenset(halves))


def _words(text: str) -> list[str]:
    # Accents go, so that a name is found as it is typed on a phone; an apostrophe parts no name.
    plain = unicodedata.normalize("NFKD", _MARKS.sub("", _OWNED.sub("", text.casefold())).translate(_BARE))
    return _LETTERS.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


# As children say them here, in each language in which they are asked.
_TITLES = frozenset(
    _words(
        "mr mister mrs missus missis ms miss mx dr doctor teacher sir madam auntie aunty aunt uncle prof professor"
        " coach rev reverend father sister nurse pc officer"
        " syr athro athrawes pan pani panią pana domnul doamna domnișoara пан пані السيد السيدة الآنسة الأستاذ الأستاذة"
        " أستاذ أستاذة محترم محترمہ mudane marwo macalin macallin"
    )
)
# Words for one's own people, too: "my sister Sam" is nobody on the staff.
_FAMILY = frozenset(_words("auntie aunty aunt uncle father sister"))
# Who misses somebody: "miss" is no title there.
_WHO_MISSES = frozenset(_words("i we they you he she to will would still really do dont didnt not also and just"))
# What follows a title that stands for the person, and is no first name there: "the nurse will", "sir has hit me".
_AFTER_A_TITLE = frozenset(
    _words("will may can and her him the she you has had was are did not for all let who how why our out so do see my")
)
