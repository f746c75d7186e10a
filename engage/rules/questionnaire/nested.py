"""Which groups of people lie within others because of what a survey asks whom: a team is asked for within its service.

Here: what follows from `show_if` of a question and of its section, whatever else is answered. Not here: skips, ends.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engage.rules.questionnaire.answers import SKIP, Answer
from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question

_EITHER = frozenset({True, False})


@dataclass(frozen=True)
class Within:
    """Whoever has an answer in `column` has one of `values` ("" for none) in the dividing column `name`."""

    column: str
    name: str
    values: frozenset[str]


def within(definition: Definition) -> Iterator[Within]:
    """All that is known so, by column in written order."""
    outer = [column for column in definition.dividing if column.key in definition]
    for question in definition.asked:
        conditions = _conditions(definition, question)
        for name in (one for one in outer if conditions and one.key != question.id):
            every = frozenset((*(option.id for option in name.options), SKIP, ""))
            values = frozenset(value for value in every if all(True in can(one, name.key, value) for one in conditions))
            if values != every:
                yield from (Within(column.key, name.key, values) for column in question.columns())


def can(condition: Condition, question_id: str, value: str) -> frozenset[bool]:
    """What a condition can be of somebody who gave this answer ("" for none), whatever else they answered."""
    if condition.question is not None:
        if condition.question != question_id:
            return _EITHER
        answer: Answer = {"skipped": True} if value == SKIP else {"value": value}
        return frozenset({condition.test({question_id: answer} if value else {})})
    if condition.not_ is not None:
        return frozenset(not one for one in can(condition.not_, question_id, value))
    parts = [can(one, question_id, value) for one in (*(condition.all_ or ()), *(condition.any_ or ()))]
    if condition.all_ is not None:
        true, false = all(True in one for one in parts), any(False in one for one in parts)
    else:
        true, false = any(True in one for one in parts), all(False in one for one in parts)
    return frozenset(one for one, is_so in ((True, true), (False, false)) if is_so)


def _conditions(definition: Definition, question: Question) -> list[Condition]:
    section = next((one for one in definition.sections if one.id == question.section), None)
    return [one for one in (section.show_if if section else None, question.show_if) if one is not None]
