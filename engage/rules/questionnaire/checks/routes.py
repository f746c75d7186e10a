"""Everybody can answer every kind: who cannot draw describes, who cannot speak writes, who cannot hear reads captions.

What a kind needs for that it says itself (`Question.barriers`): this rule only passes it on.
"""

from collections.abc import Iterator
from typing import Final

from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

NO_ACCESSIBLE_ROUTE: Final = Code(
    "no_accessible_route",
    "must",
    "Somebody who cannot see, hear, speak, draw or use a mouse is shut out of this question.",
    "give it a second way to take part",
)
CODES: Final = (NO_ACCESSIBLE_ROUTE,)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    for question in definition.questions:
        for barrier in question.barriers():
            place = ".".join(map(str, barrier.loc))
            yield NO_ACCESSIBLE_ROUTE.at(question.id, barrier.message, place, write=barrier.write)
