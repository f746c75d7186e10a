"""Every text is there in every language the survey offers, and says what the English says now."""

from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

NO_LANGUAGE: Final = Code(
    "no_language",
    "must",
    to_translate("Somebody who chose this language meets English in the middle of it."),
    to_translate("have it translated, or take the language off the list"),
)
STALE_TRANSLATION: Final = Code(
    "stale_translation",
    "must",
    to_translate("Somebody who reads this language is asked something else than everybody else."),
    to_translate("have the translation brought up to date, or take the language off the list"),
)
CODES: Final = (NO_LANGUAGE, STALE_TRANSLATION)

_NONE: Final = to_translate("has no words in {language}")
_STALE: Final = to_translate("the English has changed since it was put into {language}")


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    for question, place, text in definition.texts():
        for language in definition.languages:
            if language not in text.root:
                yield NO_LANGUAGE.at(question, _NONE, f"{place}.{language}", language=language)
            elif text.is_stale(language):
                yield STALE_TRANSLATION.at(question, _STALE, f"{place}.{language}", language=language)
