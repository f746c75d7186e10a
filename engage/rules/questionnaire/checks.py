"""The publish gate: what must be put right, or overridden by a named person, before a survey goes live.

Loading already refuses what is inconsistent; this looks for what would let people down: a promise not made, a word that
promises too much, a language or easy words missing, a question nobody can reach, too much for the age.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from engage.rules.questionnaire import reading
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.reachable import is_reachable
from engage.rules.questionnaire.texts import ENGLISH

BANNED: Final = (
    "completely anonymous",
    "totally anonymous",
    "fully anonymous",
    "100%",
    "100 per cent",
    "untraceable",
    "no one will ever know",
    "nobody will ever know",
    "مجهول تمامًا",
    "١٠٠٪",
    "%100",
)
"""Promises nobody can keep: a person's own words, their device or a hostile operator can show who they are (C2)."""

LONGEST_EASY_SENTENCE: Final = 15
"""Words in a sentence of easy English (Department of Health, Making written information easier to understand, 2010)."""

FEWEST_WORDS: Final = 100
"""Below this the grade jumps about with every word, so it says nothing (R2)."""

_MOST_QUESTIONS: Final = ((7, 13), (11, 34), (25, 49))
"""(youngest age up to, questions): the lengths of the Bright Spots surveys, about ten minutes each."""

_GRADES: Final = ((7, 2.0), (11, 4.0), (17, 6.0))
_PUBLIC_GRADE: Final = 8.0
_EASY_GRADE: Final = 4.0


class Finding(NamedTuple):
    """One thing to put right: a stable code, the question (None for the survey as a whole), what is wrong and where."""

    code: str
    question: str | None
    message: str
    place: str = ""


def check(definition: Definition) -> tuple[Finding, ...]:
    """Everything the gate finds; () means the survey may be published."""
    return tuple(finding for rule in _RULES for finding in rule(definition))


def _limits(definition: Definition) -> Iterator[Finding]:
    """C1: before anyone writes in their own words they are told when someone would have to be told."""
    writes = next((q.id for q in definition.questions if q.takes_free_words or q.store == "contact"), None)
    if writes is not None and definition.intro.limits is None:
        message = "people can write in their own words, but nothing says when you would have to tell someone"
        yield Finding("no_limits", writes, message, "intro.limits")


def _expectation(definition: Definition) -> Iterator[Finding]:
    if definition.intro.expectation is None:
        yield Finding("no_expectation", None, "nothing says what the answers cannot change", "intro.expectation")


def _banned(definition: Definition) -> Iterator[Finding]:
    """C2: words that promise more than anyone can keep."""
    for question_id, place, text in definition.texts():
        for _language, _easy, wording in text.all():
            low = wording.lower()
            found = [phrase for phrase in BANNED if phrase in low]
            if "confidential" in low and "unless" not in low:
                found.append("confidential (without unless)")
            yield from (Finding("banned_words", question_id, f"promises too much: {phrase}", place) for phrase in found)


def _languages(definition: Definition) -> Iterator[Finding]:
    for question_id, place, text in definition.texts():
        for language in definition.languages:
            words = text.root.get(language)
            if words is None:
                yield Finding("no_language", question_id, f"has no words in {language}", f"{place}.{language}")
            elif words.easy is None and definition.is_young:
                yield Finding(
                    "no_easy_words", question_id, f"has no easy words in {language}", f"{place}.{language}.easy"
                )


def _reachable(definition: Definition) -> Iterator[Finding]:
    for question in definition.questions:
        if not is_reachable(definition, question):
            yield Finding("unreachable", question.id, "no answers lead to this question", "show_if")


def _skips(definition: Definition) -> Iterator[Finding]:
    """In a survey every question can be left; only the tell-us form needs something to work with."""
    for question in definition.questions:
        if definition.purpose == "survey" and not question.skippable:
            yield Finding("cannot_skip", question.id, "offers no “I would rather not say”", "skippable")
        if definition.purpose == "survey" and question.store == "contact":
            message = "asks who people are beside their answers; use the tell-us form, which is kept apart"
            yield Finding("contact_beside_answers", question.id, message, "kind")


def _length(definition: Definition) -> Iterator[Finding]:
    age = definition.age_min or 25
    most = next((most for up_to, most in _MOST_QUESTIONS if age <= up_to), 49)
    if len(definition.questions) > most:
        yield Finding("too_many_questions", None, f"has {len(definition.questions)} questions; {most} are enough here")
    minutes = 10 if definition.is_young else 15
    if definition.intro.minutes > minutes:
        yield Finding("takes_too_long", None, f"takes over {minutes} minutes", "intro.minutes")


def _grade(definition: Definition) -> Iterator[Finding]:
    """R1, R2: Flesch-Kincaid over the whole survey's sentences, plain for the oldest reader, easy for the youngest."""
    sentences = [text.root[ENGLISH] for _, place, text in definition.texts() if not _is_label(place)]
    limits = {False: _limit(definition.age_max, _PUBLIC_GRADE), True: _limit(definition.age_min, _EASY_GRADE)}
    for easy, limit in limits.items():
        said = [words.easy for words in sentences if words.easy] if easy else [words.plain for words in sentences]
        grade = reading.grade(said)
        if grade > limit and sum(len(reading.words(wording)) for wording in said) >= FEWEST_WORDS:
            name = "easy words" if easy else "plain words"
            yield Finding("hard_to_read", None, f"the {name} read at grade {grade:.1f}; at most {limit:.0f} here")


def _easy_sentences(definition: Definition) -> Iterator[Finding]:
    for question_id, place, text in definition.texts():
        for sentence in reading.sentences(text.root[ENGLISH].easy or ""):
            count = len(reading.words(sentence))
            if count > LONGEST_EASY_SENTENCE:
                message = f"an easy sentence has {count} words; at most {LONGEST_EASY_SENTENCE}"
                yield Finding("long_sentence", question_id, message, f"{place}.en.easy")


def _limit(age: int | None, otherwise: float) -> float:
    return next((grade for up_to, grade in _GRADES if age is not None and age <= up_to), otherwise)


def _is_label(place: str) -> bool:
    return re.search(r"(^|\.)(scales|options|words|title)(\.|$)", place) is not None


_RULES: Final[tuple[Callable[[Definition], Iterator[Finding]], ...]] = (
    _limits,
    _expectation,
    _banned,
    _languages,
    _reachable,
    _skips,
    _length,
    _grade,
    _easy_sentences,
)
CODES: Final = (
    "no_limits",
    "no_expectation",
    "banned_words",
    "no_language",
    "no_easy_words",
    "unreachable",
    "cannot_skip",
    "contact_beside_answers",
    "too_many_questions",
    "takes_too_long",
    "hard_to_read",
    "long_sentence",
)
