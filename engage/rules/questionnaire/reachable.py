"""Can a question ever be shown? Found by trying every answer that could make a difference to its condition."""

from collections.abc import Iterator
from typing import Final

from engage.rules.questionnaire.answers import Answer
from engage.rules.questionnaire.conditions import Condition, holds
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.kinds.choice import Listed
from engage.rules.questionnaire.kinds.multiple import Multiple

MOST_TRIED: Final = 20_000
"""Conditions that would need more combinations than this are taken as reachable."""


def is_reachable(definition: Definition, question: Question) -> bool:
    """False only when no answers to the earlier questions, themselves shown, make the condition true."""
    if question.show_if is None:
        return True
    involved = _involved(definition, question.show_if)
    states: list[dict[str, Answer]] = [{}]
    for earlier in definition.questions:
        if earlier.id in involved:
            states = [after for before in states for after in _states_after(before, earlier, involved[earlier.id])]
        if len(states) > MOST_TRIED:
            return True
    return any(holds(question.show_if, state) for state in states)


def _involved(definition: Definition, condition: Condition) -> dict[str, set[str]]:
    """Every question the condition rests on, however indirectly, with the option ids that matter there."""
    involved: dict[str, set[str]] = {}
    waiting = [condition]
    while waiting:
        for leaf in waiting.pop().leaves():
            name = leaf.question or ""
            further = definition.question(name).show_if
            if name not in involved and further is not None:
                waiting.append(further)
            involved.setdefault(name, set()).update(leaf.option_ids())
    return involved


def _states_after(before: dict[str, Answer], question: Question, named: set[str]) -> Iterator[dict[str, Answer]]:
    yield before
    if question.show_if is None or holds(question.show_if, before):
        for answer in _answers(question, named):
            yield {**before, question.id: answer}


def _answers(question: Question, named: set[str]) -> list[Answer]:
    """One answer for each way of differing in the named options (and one that names none of them)."""
    options = question.options()
    if options is None:
        return [Answer(text="words")]
    ids = [option.id for option in options if option.id in named]
    ids += [option.id for option in options if option.id not in named][:1]
    if isinstance(question, Listed) and question.options_from:
        ids += sorted(named - set(ids))
    if not isinstance(question, Multiple):
        return [Answer(value=option_id) for option_id in ids]
    alone = {option.id for option in options if option.exclusive}
    together: list[list[str]] = [[]]
    for option_id in ids:
        if option_id not in alone:
            together += [[*chosen, option_id] for chosen in together]
    fits = [chosen for chosen in together if chosen and len(chosen) <= (question.most or len(chosen))]
    return [Answer(values=chosen) for chosen in (*fits, *([option_id] for option_id in ids if option_id in alone))]
