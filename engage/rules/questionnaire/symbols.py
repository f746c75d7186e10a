"""The drawings that a question or an answer may name, and the words to find each one by.

`symbols.txt` lists them: name, where its drawing is kept (`own`: drawn for this product; `words`, `more`: folders of
OpenMoji drawings), words. Own drawings come first, so a name that both have is ours.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from engage.rules.questionnaire.definition import Definition

OWN: Final = "own"
_LIST: Final = Path(__file__).with_name("symbols.txt")


class Symbol(NamedTuple):
    """One drawing: the name that a definition uses, where it is kept, and the English words it is found by."""

    name: str
    kept_in: str
    words: tuple[str, ...]


@cache
def symbols() -> dict[str, Symbol]:
    """Every drawing by its name, own drawings first."""
    found: dict[str, Symbol] = {}
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        head, _, words = line.partition(":")
        name, kept_in = head.split()
        found[name] = Symbol(name, kept_in, (*name.split("-"), *words.split()))
    return found


def is_known(name: str) -> bool:
    """Whether there is a drawing of this name."""
    return name in symbols()


@lru_cache(maxsize=4_096)  # a page of the builder asks for each of its options, which many surveys share
def search(words: str, most: int = 24) -> tuple[Symbol, ...]:
    """The drawings that fit `words`, best first, at most `most`; without words the first of the list.

    Every word must be one of a drawing's or begin one. Whole words count more than beginnings, the name more than the
    rest, own drawings more than others.
    """
    wanted = words.lower().split()
    ranked = [(_fit(symbol, wanted), symbol) for symbol in symbols().values()]
    fitting = [(fit, symbol) for fit, symbol in ranked if fit is not None]
    return tuple(symbol for _, symbol in sorted(fitting, key=lambda each: -each[0])[:most])


def _fit(symbol: Symbol, wanted: list[str]) -> int | None:
    """How well a drawing fits; None where a word has nothing to do with it."""
    own, names = int(symbol.kept_in == OWN), symbol.name.split("-")
    total = own
    for word in wanted:
        if word in names:
            total += 8
        elif word in symbol.words:
            total += 4
        elif any(known.startswith(word) for known in symbol.words):
            total += 2
        else:
            return None
    return total


def unknown_symbols(definition: Definition) -> Iterator[tuple[str, str]]:
    """(question id, name) of every symbol a definition names that nobody has drawn: for the publish gate."""
    for question in definition.questions:
        named = (question.symbol, *(option.symbol for option in question.options() or ()))
        yield from ((question.id, name) for name in named if name is not None and not is_known(name))
