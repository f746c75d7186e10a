"""How hard the words are to read, against the age of who reads them (R1, R2).

Ages 4 to 7: at most 8 words a sentence on average, and 95 in 100 words among the common ones. Ages 8 to 11:
Flesch-Kincaid grade 4 and Dale-Chall 5.9; 12 to 17: grade 6; everybody else: 8. Plain words are for the oldest reader,
easy ones for the youngest. All of it estimates: below about 100 words a grade jumps with every word, so it is asked of
the survey as a whole. One screen is only looked at, with room to spare, unless it is so far above (no screen of the
ready-made surveys comes half as far) that no miscounted word explains it: then it must be put right. No formula
knows whether a sentence makes sense.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire import reading
from engage.rules.questionnaire.checks.common_words import is_common
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.checks.wordings import Wording, age_band, wordings
from engage.rules.questionnaire.definition import Definition

HARD_TO_READ: Final = Code(
    "hard_to_read",
    "must",
    to_translate("Many of those you ask could not read it by themselves."),
    to_translate("shorter sentences and shorter words; read it aloud to somebody of that age"),
)
HARD_SCREEN: Final = Code(
    "hard_screen",
    "look",
    to_translate("This page is a good deal harder to read than the rest may be."),
    to_translate("shorter sentences and shorter words on this page"),
)
RARE_WORDS: Final = Code(
    "rare_words",
    "must",
    to_translate("Children of this age meet too many words they do not know, also when it is read to them."),
    to_translate("use words a five-year-old says"),
)
CODES: Final = (HARD_TO_READ, HARD_SCREEN, RARE_WORDS)

_GRADE: Final = (
    to_translate("the plain words read at grade {grade}; at most {most} here"),
    to_translate("the easy words read at grade {grade}; at most {most} here"),
)
_CHALL: Final = (
    to_translate("the plain words score {score} by Dale and Chall; at most {most} here"),
    to_translate("the easy words score {score} by Dale and Chall; at most {most} here"),
)
_SCREEN: Final = (
    to_translate("its plain words read at about grade {grade}; {aim} is the aim here"),
    to_translate("its easy words read at about grade {grade}; {aim} is the aim here"),
)
_LONG: Final = (
    to_translate("the plain words have {average} words a sentence; at most 8 for children up to 7"),
    to_translate("the easy words have {average} words a sentence; at most 8 for children up to 7"),
)
_RARE: Final = (
    to_translate("{share} in 100 of the plain words are not among the common ones: {words}"),
    to_translate("{share} in 100 of the easy words are not among the common ones: {words}"),
)
"""Each of the plain words, then of the easy ones."""

FEWEST_WORDS: Final = 100
_FEWEST_ON_SCREEN: Final = 8
_ROOM_ON_SCREEN: Final = 4.0
_FAR_ABOVE: Final = 8.0
_GRADES: Final = ((11, 4.0), (17, 6.0))
_PUBLIC_GRADE: Final = 8.0
_EASY_GRADE: Final = 4.0
_DALE_CHALL: Final = 5.9
_YOUNGEST: Final = 7
_YOUNGEST_GRADE: Final = 2.0
_WORDS_A_SENTENCE: Final = 8.0
_LEAST_COMMON: Final = 0.95


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    read = [wording for wording in wordings(definition) if wording.part != "label"]
    for is_easy in (False, True):
        said = [wording for wording in read if wording.is_easy == is_easy]
        age = definition.age_min if is_easy else definition.age_max
        if age is not None and age <= _YOUNGEST:
            yield from _for_the_youngest(said, is_easy=is_easy)
        else:
            limit = age_band(age, _GRADES, _EASY_GRADE if is_easy else _PUBLIC_GRADE)
            yield from _graded(said, limit, is_easy=is_easy)


def _graded(said: list[Wording], limit: float, *, is_easy: bool) -> Iterator[Finding]:
    grade = reading.grade(_texts(said))
    if grade > limit and _count(said) >= FEWEST_WORDS:
        yield HARD_TO_READ.at(None, _GRADE[is_easy], grade=f"{grade:.1f}", most=f"{limit:.0f}")
    chall = reading.dale_chall(_texts(said))
    if limit <= _EASY_GRADE and chall > _DALE_CHALL and _count(said) >= FEWEST_WORDS:
        yield HARD_TO_READ.at(None, _CHALL[is_easy], score=f"{chall:.1f}", most=str(_DALE_CHALL))
    yield from _screens(said, limit, is_easy=is_easy)


def _screens(said: list[Wording], limit: float, *, is_easy: bool) -> Iterator[Finding]:
    """The questions one by one: a single hard page is lost in the average of a survey."""
    for screen, parts in groupby(said, key=lambda wording: wording.question):
        on_it = list(parts)
        grade = reading.grade(_texts(on_it))
        if screen is not None and grade > limit + _ROOM_ON_SCREEN and _count(on_it) >= _FEWEST_ON_SCREEN:
            code = HARD_TO_READ if grade > limit + _FAR_ABOVE else HARD_SCREEN
            yield code.at(screen, _SCREEN[is_easy], on_it[0].place, grade=f"{grade:.0f}", aim=f"{limit:.0f}")


def _for_the_youngest(said: list[Wording], *, is_easy: bool) -> Iterator[Finding]:
    yield from _screens(said, _YOUNGEST_GRADE, is_easy=is_easy)
    sentences = [sentence for wording in said for sentence in wording.sentences()]
    words = [word for sentence in sentences for word in reading.words(sentence)]
    if len(words) < FEWEST_WORDS:
        return
    average = len(words) / len(sentences)
    if average > _WORDS_A_SENTENCE:
        yield HARD_TO_READ.at(None, _LONG[is_easy], average=f"{average:.1f}")
    rare = [word for word in words if not is_common(word)]
    if len(rare) / len(words) > 1 - _LEAST_COMMON:
        few = ", ".join(sorted({word.lower() for word in rare})[:8])
        yield RARE_WORDS.at(None, _RARE[is_easy], share=f"{100 * len(rare) / len(words):.0f}", words=few)


def _texts(said: Iterable[Wording]) -> list[str]:
    return [wording.words for wording in said]


def _count(said: Iterable[Wording]) -> int:
    return sum(len(reading.words(wording.words)) for wording in said)
