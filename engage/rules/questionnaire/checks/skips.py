"""In a survey every question can be left, and nobody is asked who they are beside what they say."""

from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

CANNOT_SKIP: Final = Code(
    "cannot_skip",
    "must",
    to_translate("A person who does not want to answer has to lie or leave."),
    to_translate("offer “I would rather not say”"),
)
CONTACT_BESIDE_ANSWERS: Final = Code(
    "contact_beside_answers",
    "must",
    to_translate("A name beside the answers makes every answer that person’s answer."),
    to_translate("link to the tell-us form, which keeps names apart"),
)
CODES: Final = (CANNOT_SKIP, CONTACT_BESIDE_ANSWERS)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    """Only the tell-us form needs something to work with."""
    if definition.purpose != "survey":
        return
    for question in definition.questions:
        if not question.skippable:
            yield CANNOT_SKIP.at(question.id, to_translate("offers no “I would rather not say”"), "skippable")
        if question.store == "contact":
            says = to_translate("asks who people are beside their answers; use the tell-us form, which is kept apart")
            yield CONTACT_BESIDE_ANSWERS.at(question.id, says, "kind")
