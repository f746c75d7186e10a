"""What can be chosen in a form: earlier answers to ask "only if", symbols that fit the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from engage.listening.library import queries as library
from engage.listening.library.kinds import ItemKind
from engage.listening.making.conditions import ANY
from engage.rules.questionnaire import symbols
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.texts import ENGLISH

_FOUND, _SUGGESTED, _SHORTEST = 18, 6, 4


@dataclass(frozen=True)
class Pick:
    """One thing to choose: what is sent, and what is read."""

    value: str
    label: str


@dataclass(frozen=True)
class Group:
    """The answers of one earlier question."""

    label: str
    picks: tuple[Pick, ...]


def tests(earlier: Sequence[Question], own: Question | None) -> tuple[Group, ...]:
    """Every answer to every earlier question, for a line of a condition; before them those of `own`."""
    here = (Group(_("This question"), _answers(own)),) if own is not None else ()
    before = (
        Group(f"{number}. {question.text.say(ENGLISH).text}", _answers(question))
        for number, question in enumerate(earlier, start=1)
    )
    return (*here, *before)


def _answers(question: Question) -> tuple[Pick, ...]:
    chosen = (Pick(f"{question.id}={o.id}", o.text.say(ENGLISH).text) for o in question.options() or ())
    return (*chosen, Pick(f"{question.id}={ANY}", _("any answer at all")))


def library_picks(kind: ItemKind, language: str = "") -> tuple[Pick, ...]:
    """What the library has of a kind now; where a language is given, only what is spoken or signed in it."""
    there = (item for item in library.list_items(kind) if item.is_there and language in {"", item.language})
    return tuple(Pick(item.slug, item.title) for item in there)


def symbol_picks(chosen: str, wanted: str, about: str) -> tuple[Pick, ...]:
    """The symbol that is chosen, then those that were looked for; unasked, a few that fit the words beside."""
    found = [symbol.name for symbol in symbols.search(wanted, _FOUND)] if wanted else _suggested(about)
    names = dict.fromkeys(([chosen] if chosen else []) + found)
    return tuple(Pick(name, name.replace("-", " ")) for name in names)


def _suggested(about: str) -> list[str]:
    """Symbols for the longer words of a text."""
    words = (word.strip(".,?!“”'\"()").lower() for word in about.split())
    names = [
        symbol.name
        for word in words
        if len(word) >= _SHORTEST
        for symbol in symbols.search(word, 2)
        if word in (*symbol.name.split("-"), *symbol.words)
    ]
    return list(dict.fromkeys(names))[:_SUGGESTED]
