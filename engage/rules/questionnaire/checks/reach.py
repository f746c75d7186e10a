"""Every question can be reached, and from every question there is a way on."""

from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.reachable import unreachable

UNREACHABLE: Final = Code(
    "unreachable",
    "must",
    to_translate("Nobody would ever see it, so nobody could answer it."),
    to_translate("change when it is shown, or take the question out"),
)
DEAD_END: Final = Code(
    "dead_end",
    "must",
    to_translate("Whoever comes to it cannot go on, and everything they said before is lost."),
    to_translate("offer “I would rather not say”, or an answer that always fits, such as “Somewhere else”"),
)
CODES: Final = (UNREACHABLE, DEAD_END)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    lost = unreachable(definition)
    for question in definition.questions:
        if question.id in lost:
            yield UNREACHABLE.at(question.id, to_translate("no answers lead to this question"), "show_if")
        if _is_dead_end(question):
            says = to_translate("has to be answered, but may have no answer to choose")
            yield DEAD_END.at(question.id, says, "options")


def _is_dead_end(question: Question) -> bool:
    """Must be answered, cannot be left, and all of its answers come from a list that may be empty."""
    return question.required and not question.skippable and question.options() == ()
