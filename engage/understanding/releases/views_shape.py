"""What the answers on a scale can and cannot tell: the average where it may be said, and the ceiling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask_babel import format_decimal
from flask_babel import gettext as _

from engage.rules.disclosure import Rule, Table, mean
from engage.rules.disclosure.reach import is_at_ceiling
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.agreement import DONT_KNOW
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.kinds.choice import OnScale
from engage.rules.questionnaire.kinds.faces import Faces

_FACES_FROM: Final = 7
"""Under this age children choose the happiest face whatever they feel (the Smileyometer studies), so a mean lies."""


@dataclass(frozen=True)
class Shape:
    """What is said beside one table: its average in words, empty where none may be made, and what to bear in mind."""

    average: str = ""
    notes: tuple[str, ...] = ()


NO_SHAPE: Final = Shape()


def shapes(definition: Definition, tables: Sequence[Table], rule: Rule) -> dict[str, Shape]:
    """By the key of the table, for the questions on a scale."""
    found = {table.question: table for table in tables}
    scales = (question for question in definition.questions if isinstance(question, OnScale) and question.id in found)
    return {question.id: _shape(definition, question, found[question.id], rule) for question in scales}


def has_means(definition: Definition, question: Question) -> bool:
    """Whether an average may be made of this question: none of faces while somebody under 7 may have answered."""
    return not isinstance(question, Faces) or (definition.age_min is not None and definition.age_min >= _FACES_FROM)


def points_of(question: OnScale) -> tuple[str, ...]:
    """The points of the scale, worst first, without "I do not know"."""
    return tuple(option.id for option in question.options() if option.id != DONT_KNOW)


def _shape(definition: Definition, question: OnScale, table: Table, rule: Rule) -> Shape:
    points = points_of(question)
    notes = []
    if is_at_ceiling(table, points[-1], rule):
        notes.append(
            _(
                "Nearly all chose the best answer. All may be well; or the scale was too easy to please, or somebody"
                " was watching. Do not rank places by it: read what people wrote."
            )
        )
    if not has_means(definition, question):
        notes.append(_("No average is made of faces where children under 7 may have answered."))
        return Shape("", tuple(notes))
    return Shape(_average(table, {point: place for place, point in enumerate(points, 1)}, rule), tuple(notes))


def _average(table: Table, scores: Mapping[str, int], rule: Rule) -> str:
    if table.base is None or table.base < rule.threshold:
        return ""
    value = mean(table, scores)
    if value is None:
        return ""
    return str(_("Average: about %(mean)s of %(most)s.", mean=format_decimal(value), most=len(scores)))
