"""Which surveys a tablet can ask without the site, and what the script there is told of their routing. Pure.

The script twin knows the closed operators, parts, skips and ends of questions; one table of cases holds both to it.
"""

from typing import Any, Final

from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.kinds.date import Date
from engage.rules.questionnaire.kinds.number import Number

KINDS: Final = frozenset({
    "faces", "stars", "single", "multiple", "agreement", "text", "number", "slider", "pair", "consent", "information",
    "date",
})  # fmt: skip
"""Kinds whose page needs nothing but its own form."""


def hindrances(definition: Definition) -> tuple[str, ...]:
    """The ids of questions and parts that only the site can ask; () where a tablet can ask everything."""
    unasked = [q.id for q in definition.questions if q.kind not in KINDS or getattr(q, "options_from", None)]
    bent = [step.id for step in definition.steps if step.rests_on or step.is_shuffled]
    mixed = [section.id for section in definition.sections if section.order or section.ends]
    return tuple(dict.fromkeys((*unasked, *bent, *mixed)))


def routing(definition: Definition) -> list[dict[str, Any]]:
    """Every question in order, with what shows it, where its answer leads, and which fields it reads."""
    places = _places(definition)
    return [_step(definition, question, places) for question in definition.questions]


def _step(definition: Definition, question: Question, places: dict[str, int]) -> dict[str, Any]:
    around = next((section.show_if for section in definition.sections if section.id == question.section), None)
    return {
        "id": question.id,
        "kind": question.kind,
        "required": question.required,
        "is_choice": question.options() is not None,
        "is_many": any(column.is_multiple for column in question.columns()),
        "skip": question.skip_field,
        "fields": list(question.fields()),
        "boxes": dict(question.boxes),
        "typed": _typed(question),
        "shown": [_plain(condition) for condition in (around, question.show_if) if condition is not None],
        "skips": [{"when": _plain(skip.when), "to": places[skip.to]} for skip in question.skips],
        "ends": [{"when": _plain(end.when), "nothing_kept": end.nothing_kept} for end in question.ends],
    }


def _typed(question: Question) -> dict[str, Any] | None:
    """What is needed to read a number or a date as `parse` does, and to say what is wrong with it; None for others."""
    if isinstance(question, Number):
        bounds = {"least": question.least, "most": question.greatest}
        return {**bounds, "decimals": question.decimals, "bands": question.beginnings, "said": bounds}
    if isinstance(question, Date):
        months = {"first": question.earliest, "last": question.latest}
        return {**months, "bands": question.beginnings, "said": question.said_limits}
    return None


def _places(definition: Definition) -> dict[str, int]:
    """Where a skip may lead: a question's place, or that of the first question of a part."""
    places: dict[str, int] = {}
    for place, question in enumerate(definition.questions):
        if question.section is not None:
            places.setdefault(question.section, place)
        places[question.id] = place
    return places


def _plain(condition: Condition) -> dict[str, Any]:
    """A condition as JSON: what the definition's file says, word for word."""
    written: dict[str, Any] = condition.model_dump(by_alias=True, exclude_none=True, mode="json")
    return written
