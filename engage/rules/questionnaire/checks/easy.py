"""Children's surveys have easy words beside the plain ones, in every language."""

from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

NO_EASY_WORDS: Final = Code(
    "no_easy_words",
    "must",
    to_translate("A child who cannot read well chose easy words and gets hard ones."),
    to_translate(
        "add easy words, one idea and no more than 15 words a sentence; the plain ones again where they are easy "
        "already"
    ),
)
CODES: Final = (NO_EASY_WORDS,)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    if not definition.is_young:
        return
    for question, place, text in definition.texts():
        for language in definition.languages:
            words = text.root.get(language)
            if words is not None and words.easy is None:
                says = to_translate("has no easy words in {language}")
                yield NO_EASY_WORDS.at(question, says, f"{place}.{language}.easy", language=language)
