"""Whose name a text says: first and last name side by side, or a title before a last name; letters only, any case.

It errs towards finding one: whoever is taken for named only does not read a thing that others read.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from itertools import pairwise
from typing import TypeVar

Who = TypeVar("Who", bound=Hashable)
_BRACKETS = re.compile(r"\([^)]*\)")
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKS = re.compile("['’ʼ`´]")
# "Miss Hart's room" names Miss Hart.
_OWNED = re.compile(r"['’ʼ`´]s\b")
_NO_NAME = frozenset("ai")
# Letters that no accent can be taken off.
_BARE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def named_in(text: str, names: Mapping[Who, str]) -> frozenset[Who]:
    """Those of `names` whom `text` names. A first or a last name alone names nobody: too many people bear one."""
    words = _words(text)
    # "Mr L Hart" and "Lena J. Hart" are the pairs without the letter.
    across = {(a, c) for a, b, c in zip(words, words[1:], words[2:], strict=False) if len(b) == 1 and b not in _NO_NAME}
    pairs = {*pairwise(words), *across}
    pairs |= {(a, b.removesuffix("s")) for a, b in pairs}  # "mr harts room", as it is typed on a phone
    return frozenset(who for who, name in names.items() if _ways(name) & pairs)


def says(text: str, names: Iterable[str]) -> bool:
    """Whether `text` holds one of these names whole, word for word; letters only, any case, accents left out."""
    said = f" {' '.join(_words(text))} "
    return any(f" {words} " in said for words in (" ".join(_words(name)) for name in names) if words)


def _ways(name: str) -> set[tuple[str, str]]:
    """Two words side by side of which each pair says an account's `name`: "Hart, Lena (she/her)" is Lena Hart."""
    before, comma, after = _BRACKETS.sub(" ", name).partition(",")
    return _ways_of(before) | (_ways_of(f"{after} {before}") if comma else set())


def _ways_of(name: str) -> set[tuple[str, str]]:
    """The same of a name in the order it is spoken: middle names left out or not, half a double name too."""
    whole = [part for part in map(_words, name.split()) if part and part[0] not in _TITLES]
    parts = [word for part in whole for word in part]
    if not parts:
        return set()
    halves = whole[-1]
    ways = {(title, half) for title in _TITLES for half in halves}
    if len(parts) > 1:
        first, last = parts[0], parts[-1]
        ways |= {(first, last), (last, first), (parts[-2], last)}
        if len(halves) < len(parts):
            ways |= {pair for half in halves for pair in ((first, half), (half, first))}
            ways.add((parts[-len(halves) - 1], halves[0]))
    return ways


def _words(text: str) -> list[str]:
    # Accents go, so that a name is found as it is typed on a phone; an apostrophe parts no name.
    plain = unicodedata.normalize("NFKD", _MARKS.sub("", _OWNED.sub("", text.casefold())).translate(_BARE))
    return _LETTERS.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


# As children say them here, in each language in which they are asked.
_TITLES = frozenset(
    _words(
        "mr mister mrs missus missis ms miss mx dr doctor sir madam auntie aunty aunt uncle prof professor coach"
        " rev reverend father sister nurse pc officer"
        " syr athro athrawes pan pani panią pana domnul doamna domnișoara пан пані السيد السيدة الآنسة الأستاذ الأستاذة"
        " أستاذ أستاذة محترم محترمہ mudane marwo macalin macallin"
    )
)
