"""The English words of a definition, one wording at a time, with where they stand and what they are."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from engage.rules.questionnaire import reading
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.texts import ENGLISH

_LABEL: Final = re.compile(r"(^|\.)(scales|options|words|rows|agree|disagree|low|high|title)(\.|$)")
STAFF: Final = frozenset({"staff", "practitioners"})


class Wording(NamedTuple):
    """One English wording: plain or easy. `part` is "text" for the question itself, "hint", "label" or "intro"."""

    question: str | None
    place: str
    words: str
    is_easy: bool
    part: str

    def sentences(self) -> list[str]:
        return reading.sentences(self.words)


def wordings(definition: Definition) -> Iterator[Wording]:
    """Every English wording people read: the intro, the questions, their hints, the labels of answers."""
    for question, place, text in definition.texts():
        words = text.root[ENGLISH]
        part = _part(question, place)
        yield Wording(question, f"{place}.en", words.plain, is_easy=False, part=part)
        if words.easy is not None:
            yield Wording(question, f"{place}.en.easy", words.easy, is_easy=True, part=part)


def asked(definition: Definition) -> Iterator[Wording]:
    """Only the questions themselves."""
    return (wording for wording in wordings(definition) if wording.part == "text")


def age_band(age: int | None, bands: Iterable[tuple[int, float]], otherwise: float) -> float:
    """The value of the first band (age up to, value) that holds the age."""
    return next((value for up_to, value in bands if age is not None and age <= up_to), otherwise)


def _part(question: str | None, place: str) -> str:
    if _LABEL.search(place):
        return "label"
    if question is None:
        return "intro"
    return "text" if place.endswith(".text") else "hint"
