"""What the page to type in a paper is given: every question with plain controls, in the order of the paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.listening.surveys import showing_how
from engage.rules.questionnaire import how, paper
from engage.rules.questionnaire.answers import MISTAKES, Form, Mistake
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.attached import Attached
from engage.rules.questionnaire.kinds.base import Option, Question
from engage.rules.questionnaire.kinds.ranking import Ranking
from engage.rules.questionnaire.kinds.text import FreeText

_CLASH = _l(
    "You typed that they answered alone, and also that an adult was with them. If the paper says both, take it in like "
    "this: neither is kept."
)


@dataclass(frozen=True)
class Box:
    """One control or group. `kind`: radio, checkbox, line or box; `options`: (value, words) of a group."""

    name: str
    kind: str
    label: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asked:
    """One question to type in, `number` 0 where the paper gives it none. `given`: field -> values as they were typed;
    `error`: what is wrong with it.
    """

    id: str
    number: int
    text: str
    when: bool
    boxes: tuple[Box, ...]
    given: Mapping[str, Sequence[str]]
    error: str


def asked(
    definition: Definition, language: str, form: Form | None = None, mistakes: Mapping[str, Mistake] | None = None
) -> Iterator[Asked]:
    """Every question that takes an answer, as the paper numbers them."""
    for row in paper.rows(definition):
        boxes = tuple(_boxes(row.question, language))
        mistake = (mistakes or {}).get(row.question.id)
        error = str(_(MISTAKES[mistake.key]).format(**mistake.said(language))) if mistake is not None else ""
        if boxes:
            words = paper.said(row.question.text, language, easy=False).text
            yield Asked(row.question.id, row.number, words, bool(row.when), boxes, form or {}, error)


def asked_how(definition: Definition, form: Form | None = None) -> Iterator[Asked]:
    """The last thing on the paper, where the survey asks it: who was with them."""
    if definition.asks_how:
        boxes = tuple(Box(name, "radio", title, options) for name, title, options in showing_how.for_a_pen())
        given = form or {}
        error = str(_CLASH) if how.asks_again(given) else ""
        yield Asked("how", 0, _("How did you answer?"), when=False, boxes=boxes, given=given, error=error)


def _boxes(question: Question, language: str) -> Iterator[Box]:
    if isinstance(question, Ranking):
        for option, column in zip(question.options(), question.columns(), strict=True):
            words = option.text.say(language).text
            yield Box(question.place_field(option.id), "radio", words, _said(column.options, language))
        return
    unasked = {question.skip_field} - {question.id}
    if isinstance(question, Attached):
        unasked.add(question.kept_field)
    for name in question.fields():
        if name not in unasked:
            yield _box(question, name, language)


def _box(question: Question, name: str, language: str) -> Box:
    part = name.removeprefix(f"{question.id}-") if name != question.id else ""
    options = question.options() or ()
    if not part and options and question.skip_field == question.id:
        return Box(name, "checkbox" if question.several else "radio", "", _said(options, language))
    for column in question.columns():
        if part and column.key == f"{question.id}.{part}":
            words = column.text.say(language).text if column.text is not None else part
            return Box(name, "radio", words, _said(column.options, language))
    label = next((option.text.say(language).text for option in options if option.id == part), "")
    is_long = isinstance(question, (FreeText, Attached)) and not part
    return Box(name, "box" if is_long else "line", label or _part(part))


def _part(part: str) -> str:
    words = {
        "other": _("What they wrote beside it"),
        "name": _("Name"),
        "reach": _("How to reach them"),
        "day": _("Day"),
        "month": _("Month"),
        "year": _("Year"),
    }
    return str(words.get(part, part.replace("_", " ").capitalize() or _("Answer")))


def _said(options: Sequence[Option], language: str) -> tuple[tuple[str, str], ...]:
    return tuple((option.id, option.text.say(language).text) for option in options)
