"""Which groups of people lie within others because of what a survey asks whom: a team is asked for within its service.

Here: what follows from `show_if` of a question and of its section, and from earlier questions and sections that skip it
or end before it, whatever else is answered.
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


@dataclass(frozen=True)
class _Rules:
    """What an earlier question, or a section, does once it is answered or left, as one later question sees it.

    by: the question, None for a section. is_always: whether everybody comes by here. ways: each condition, and whether
    the later question is still asked where it holds; the first that holds counts.
    """

    by: str | None
    is_always: bool
    ways: tuple[tuple[Condition, bool], ...]

    def lets(self, name: str, value: str) -> bool:
        """Whether somebody who gave this answer to `name` ("" for none) can still be asked the later question."""
        if not self.is_always and (self.by != name or not value):
            return True
        for condition, is_asked in self.ways:
            found = can(condition, name, value)
            if True in found and is_asked:
                return True
            if False not in found:
                return False
        return True


def within(definition: Definition) -> Iterator[Within]:
    """All that is known so, by column in written order."""
    outer = [column for column in definition.dividing if column.key in definition]
    for question in definition.asked:
        conditions, rules = _conditions(definition, question), list(_before(definition, question))
        for name in (one for one in outer if (conditions or rules) and one.key != question.id):
            every = frozenset((*(option.id for option in name.options), SKIP, ""))
            values = frozenset(
                value
                for value in every
                if all(True in can(one, name.key, value) for one in conditions)
                and all(rule.lets(name.key, value) for rule in rules)
            )
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


def _before(definition: Definition, later: Question) -> Iterator[_Rules]:
    """The rules of everything before a question that may lead past it."""
    places = {question.id: place for place, question in enumerate(definition.questions)}
    places |= {one.section: places[one.id] for one in reversed(definition.questions) if one.section is not None}
    here = places[later.id]
    for question in definition.asked:
        past = [(skip.when, places[skip.to] <= here) for skip in question.skips]
        if places[question.id] < here and (question.ends or not all(is_asked for _, is_asked in past)):
            always = not _conditions(definition, question) and getattr(question, "carry", None) is None
            yield _Rules(question.id, always, (*((end.when, False) for end in question.ends), *past))
    for section in definition.sections:
        inside = [places[one.id] for one in definition.questions if one.section == section.id]
        if section.ends and inside and max(inside) < here:
            yield _Rules(None, section.show_if is None, tuple((end.when, False) for end in section.ends))
