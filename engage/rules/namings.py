"""Whose name a text says: first and last name side by side, or a title before a last name; letters only, any case."""

import re
import unicodedata
from collections.abc import Hashable, Mapping
from itertools import pairwise
from typing import TypeVar

Who = TypeVar("Who", bound=Hashable)
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam", "auntie", "aunty", "uncle", "prof"})
_LETTERS = re.compile(r"[^\W\d_]+")


def named_in(text: str, names: Mapping[Who, str]) -> frozenset[Who]:
    """Those of `names` whom `text` names. A first or a last name alone names nobody: too many people bear one."""
    words = _words(text)
    pairs = set(pairwise(words))
    found = set()
    for who, name in names.items():
        parts = _words(name)
        if not parts:
            continue
        last = parts[-1]
        ways = {(title, last) for title in _TITLES}
        if len(parts) > 1:
            ways |= {(parts[0], last), (last, parts[0])}
        if ways & pairs:
            found.add(who)
    return frozenset(found)


def _words(text: str) -> list[str]:
    # Accents go, so that a name is found as it is typed on a phone; an apostrophe parts no name.
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    return _LETTERS.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
