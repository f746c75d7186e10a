"""What a survey and a question are called: the channels above say so, by registering who names their origins.

A voice knows its source and question as keys only; a reader needs the question that was asked.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

Asked = tuple[str, str]


@dataclass(frozen=True)
class Named:
    """A source ("Your voice") and a question ("What would you change?") in words; an empty question has none."""

    source: str
    question: str


Namer = Callable[[Collection[Asked]], Mapping[Asked, Named]]
_namers: dict[str, Namer] = {}
_everywhere: list[Namer] = []


def names(origin_kind: str) -> Callable[[Namer], Namer]:
    """Register the function that names (source key, question key) pairs of one kind of origin, all at once."""

    def register(function: Namer) -> Namer:
        _namers[origin_kind] = function
        return function

    return register


def names_everywhere(function: Namer) -> Namer:
    """Register a function that names pairs of every kind of origin, where the kind's own does not."""
    _everywhere.append(function)
    return function


def named(asked: Collection[tuple[str, str, str]]) -> dict[tuple[str, str, str], Named]:
    """Names for (origin kind, source key, question key); where nobody names them, the keys as plain words."""
    found: dict[tuple[str, str, str], Named] = {}
    for kind in sorted({origin_kind for origin_kind, _, _ in asked}):
        pairs = {(source, question) for origin_kind, source, question in asked if origin_kind == kind}
        namers = [_namers[kind], *_everywhere] if kind in _namers else _everywhere
        given = [namer(pairs) for namer in namers]
        for pair in pairs:
            names_given = (mapping[pair] for mapping in given if pair in mapping)
            found[kind, *pair] = next(names_given, Named(_plain(pair[0]), _plain(pair[1])))
    return found


def _plain(key: str) -> str:
    return key.replace("-", " ").replace("_", " ").capitalize()
