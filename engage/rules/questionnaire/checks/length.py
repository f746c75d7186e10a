"""How much is asked, for the age of who is asked."""

from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.checks.wordings import age_band
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.faces import Faces

TOO_MANY_QUESTIONS: Final = Code(
    "too_many_questions",
    "must",
    to_translate("Tired people stop, or tick anything to be done."),
    to_translate("keep what you will act on, and ask the rest another time"),
)
TAKES_TOO_LONG: Final = Code(
    "takes_too_long",
    "must",
    to_translate("It is longer than a child or a busy person can be asked to stay."),
    to_translate("ask less, until it takes no longer than this"),
)
TOO_MANY_OPTIONS: Final = Code(
    "too_many_options",
    "look",
    to_translate("By the last answer of a long list the first is forgotten, above all when it is read aloud."),
    to_translate("put answers together, or ask two questions"),
)
CODES: Final = (TOO_MANY_QUESTIONS, TAKES_TOO_LONG, TOO_MANY_OPTIONS)

_MOST_QUESTIONS: Final = ((7, 13.0), (11, 34.0), (25, 49.0))
"""(youngest age up to, questions): the lengths of the Bright Spots surveys, about ten minutes each."""

_MOST_OPTIONS: Final = ((7, 5.0), (11, 10.0))
"""(youngest age up to, answers to choose from); older people twelve. A judgement, not a published limit."""


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    most = age_band(definition.age_min or 25, _MOST_QUESTIONS, 49)
    if len(definition.questions) > most:
        says = to_translate("has {count} questions; {most} are enough here")
        yield TOO_MANY_QUESTIONS.at(None, says, count=str(len(definition.questions)), most=f"{most:.0f}")
    minutes = 10 if definition.is_young else 15
    if definition.intro.minutes > minutes:
        yield TAKES_TOO_LONG.at(None, to_translate("takes over {most} minutes"), "intro.minutes", most=str(minutes))
    yield from _options(definition)


def _options(definition: Definition) -> Iterator[Finding]:
    most = age_band(definition.age_min, _MOST_OPTIONS, 12)
    for question in definition.questions:
        count = len(question.options() or ())
        if count > most:
            says = to_translate("has {count} answers to choose from; {most} are enough here")
            yield TOO_MANY_OPTIONS.at(question.id, says, "options", count=str(count), most=f"{most:.0f}")
        if isinstance(question, Faces) and count > 3 and (definition.age_max or 25) <= 7:
            # Smiley scales of five were not valid at 33-90 months (the "This or That" study); three, or a pair, are.
            says = to_translate("has five faces; children under 8 tell three apart, or choose between two")
            yield TOO_MANY_OPTIONS.at(question.id, says, "words")
