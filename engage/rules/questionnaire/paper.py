"""A questionnaire as it is printed: every question with what somebody does with a pen.

What is ticked or written comes from the question itself (`Question.on_paper`), which answers for every kind there is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.piping import unanswered
from engage.rules.questionnaire.texts import Said, Text

LOOKS: Final[Mapping[str, tuple[str, ...]]] = {
    "plain": (),
    "large": ("large_print",),
    "symbols": ("symbols", "easy"),
    "easy": ("easy",),
}
"""The papers of a survey -> the modes of `how.MODES` that each is in."""


@dataclass(frozen=True)
class Row:
    """One question on paper, numbered from 1; `when` names what somebody must have answered to be asked it."""

    number: int
    question: Question
    text: Text
    when: tuple["When", ...] = ()


@dataclass(frozen=True)
class When:
    """One test on an earlier question: its number, how it is tested, and the words of the options it names."""

    number: int
    how: Literal["chose", "not_chose", "answered", "not_answered"]
    options: tuple[Text, ...] = ()


def rows(definition: Definition) -> Iterator[Row]:
    """Every question that can be asked, in order: paper shows them all and says who each is for."""
    numbers = {question.id: number for number, question in enumerate(definition.asked, start=1)}
    for question in definition.asked:
        tests = question.show_if.leaves() if question.show_if is not None else ()
        when = tuple(_when(test, definition, numbers) for test in tests if test.question in numbers)
        yield Row(numbers[question.id], question, unanswered(question.text), when)


def said(text: Text, language: str, *, easy: bool) -> Said:
    """Words of a definition for paper: nobody's answers are known, so what names them reads as if there were none."""
    return unanswered(text).say(language, easy=easy)


def modes(look: str) -> dict[str, str]:
    """In which modes somebody read who had this paper: mode -> "yes" or "no". Nothing is known of an unknown one, and
    of none whether it was read out: a paper does not say.
    """
    known = {mode for each in LOOKS.values() for mode in each} if look in LOOKS else set()
    return {mode: "yes" if mode in LOOKS[look] else "no" for mode in sorted(known)}


def _when(test: Condition, definition: Definition, numbers: dict[str, int]) -> When:
    asked = definition.question(test.question or "")
    named = set(test.option_ids())
    options = tuple(option.text for option in asked.options() or () if option.id in named)
    number = numbers[asked.id]
    if not options:
        return When(number, "not_answered" if test.operator == "not_answered" else "answered")
    return When(number, "not_chose" if test.operator == "is_not" else "chose", options)
