"""Sentences short enough to hold in the head."""

from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire import reading
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.checks.wordings import wordings
from engage.rules.questionnaire.definition import Definition

LONG_SENTENCE: Final = Code(
    "long_sentence",
    "must",
    to_translate("Who chose easy words loses the beginning before the end."),
    to_translate("make two sentences of it, one idea each"),
)
LONG_PLAIN_SENTENCE: Final = Code(
    "long_plain_sentence",
    "look",
    to_translate("Long sentences are read twice, or not at all."),
    to_translate("make two sentences of it"),
)
CODES: Final = (LONG_SENTENCE, LONG_PLAIN_SENTENCE)

_LONG: Final = (
    to_translate("a sentence has {count} words; at most {most}"),
    to_translate("an easy sentence has {count} words; at most {most}"),
)

LONGEST_EASY: Final = 15
"""Words in a sentence of easy English (Department of Health, Making written information easier to understand, 2010)."""

LONGEST_PLAIN: Final = 30
"""Words in a plain sentence: above 25 the public sector's own style guides call a sentence long; we leave some room."""


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    for wording in wordings(definition):
        code, most = (LONG_SENTENCE, LONGEST_EASY) if wording.is_easy else (LONG_PLAIN_SENTENCE, LONGEST_PLAIN)
        for sentence in wording.sentences():
            count = len(reading.words(sentence))
            if count > most:
                yield code.at(wording.question, _LONG[wording.is_easy], wording.place, count=str(count), most=str(most))
