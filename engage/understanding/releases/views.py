"""Published tables as pages draw them: words first, a chart and the same numbers as a table. Makes no number itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.rules.disclosure import Reason, Rule, Table, share
from engage.rules.questionnaire.answers import SKIP
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Column, Question

_WHY: dict[Reason, Any] = {
    "small": _l("Some numbers are hidden: fewer than %(threshold)s people, or nobody."),
    "complement": _l("Hidden: with the other groups it would show a group of fewer than %(threshold)s."),
    "same_answer": _l("Hidden: all of them, or nearly all, gave the same answer."),
    "secondary": _l("Some numbers are hidden: with them, somebody could work out another that is hidden."),
}


@dataclass(frozen=True)
class CellView:
    """One row of a result table: what was chosen, how many people in words, how much of them in words."""

    label: str
    people: str
    share: str
    percent: int | None


@dataclass(frozen=True)
class TableView:
    """One question's published table under one set of filters."""

    id: str
    title: str
    base: str
    cells: tuple[CellView, ...]
    why_hidden: str
    is_multiple: bool
    is_hidden: bool

    @property
    def rows(self) -> list[list[str]]:
        """The cells as table rows."""
        return [[cell.label, cell.people, cell.share] for cell in self.cells]

    @property
    def bars(self) -> list[dict[str, Any]]:
        """The cells as bars; a hidden one says so in words."""
        return [
            {"label": cell.label, "value": cell.percent or 0, "text": cell.share}
            if cell.percent is not None
            else {"label": cell.label, "hidden": cell.share, "value": 0}
            for cell in self.cells
        ]


def table_views(definition: Definition, tables: Sequence[Table], rule: Rule, language: str) -> list[TableView]:
    """The tables of one set of filters, in the order of the questions."""
    found = {table.question: table for table in tables}
    return [
        _view(question, column, found[column.key], rule, language)
        for question in definition.questions
        for column in question.columns()
        if column.key in found
    ]


def title_of(question: Question, column: Column, language: str) -> str:
    """What a table is called: the question, and which part of it."""
    asked = question.text.say(language).text
    return f"{asked} – {column.text.say(language).text}" if column.text is not None else asked


def _view(question: Question, column: Column, table: Table, rule: Rule, language: str) -> TableView:
    labels = labels_of(column, language)
    why = _WHY[table.reason] % {"threshold": rule.threshold} if table.reason else ""
    return TableView(
        id=f"t-{column.key.replace('.', '-')}",
        title=title_of(question, column, language),
        base=_people(table.base, rule, None),
        cells=tuple(_cell(table, cell.option, cell.count, labels, rule) for cell in table.cells),
        why_hidden=str(why),
        is_multiple=table.multiple,
        is_hidden=table.base is None,
    )


def _cell(table: Table, option: str, count: int | None, labels: dict[str, str], rule: Rule) -> CellView:
    part = share(table, option, rule)
    words = part.words if part.percent is not None else _word(part.words, rule)
    return CellView(labels.get(option, option), _people(count, rule, table.reason), words, part.percent)


def _people(count: int | None, rule: Rule, reason: Reason | None) -> str:
    if count is not None:
        return str(_("about %(count)s", count=count))
    if reason in {"small", None}:
        return str(_("fewer than %(threshold)s", threshold=rule.threshold))
    return str(_("hidden to protect people"))


def _word(words: str, rule: Rule) -> str:
    known = {
        "most": _("most"),
        "some": _("some"),
        f"fewer than {rule.threshold}": _("fewer than %(threshold)s", threshold=rule.threshold),
    }
    return str(known.get(words, _("hidden to protect people")))


def labels_of(column: Column, language: str) -> dict[str, str]:
    """Option id -> words, with the skip."""
    labels = {option.id: option.text.say(language).text for option in column.options}
    return {**labels, SKIP: _("I would rather not say")}
