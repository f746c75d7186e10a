"""Every text is there in every language the survey offers, and says what the English says now."""

from collections.abc import Iterator
from typing import Final

from engage.rules.languages import english_name
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

NO_LANGUAGE: Final = Code(
    "no_language",
    "must",
    "Somebody who chose this language meets English in the middle of it.",
    "have it translated, or take the language off the list",
)
STALE_TRANSLATION: Final = Code(
    "stale_translation",
    "must",
    "Somebody who reads this language is asked something else than everybody else.",
    "have the translation brought up to date, or take the language off the list",
)
CODES: Final = (NO_LANGUAGE, STALE_TRANSLATION)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    for question, place, text in definition.texts():
        for language in definition.languages:
            if language not in text.root:
                yield NO_LANGUAGE.at(question, f"has no words in {english_name(language)}", f"{place}.{language}")
            elif text.is_stale(language):
                message = f"the English has changed since it was put into {english_name(language)}"
                yield STALE_TRANSLATION.at(question, message, f"{place}.{language}")
