"""Published tables as pages draw them: words first, a chart and the same numbers as a table. Makes no number itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from engage.rules.disclosure import Rule, Table, share, values_of
from engage.rules.questionnaire.answers import SKIP
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.nested import Within, within
from engage.understanding.releases.views_shape import NO_SHAPE, Shape, shapes
from engage.understanding.releases.views_words import (
    ABOUT,
    Asked,
    about_asked,
    asked_of,
    label_of,
    people_words,
    share_words,
    why_hidden,
)


@dataclass(frozen=True)
class CellView:
    """One row of a result table: what was chosen, how many people in words, how much of them in words."""

    label: str
    people: str
    share: str
    percent: int | None
    is_skip: bool = False


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
    question: str = ""
    asked: str = ""
    part: str = ""
    shape: Shape = NO_SHAPE

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


@dataclass(frozen=True)
class GroupView:
    """One question's tables: one, or one for each part of it (the lines of a matrix, the things of a ranking)."""

    tables: tuple[TableView, ...]

    @property
    def id(self) -> str:
        return f"g-{self.tables[0].question}"

    @property
    def title(self) -> str:
        return self.tables[0].asked

    @property
    def why_hidden(self) -> tuple[str, ...]:
        """Every reason that something in here is hidden for, once."""
        return tuple(dict.fromkeys(table.why_hidden for table in self.tables if table.why_hidden))

    @property
    def labels(self) -> tuple[str, ...]:
        """What could be answered for each part, without the way to leave it."""
        return tuple(cell.label for cell in self.tables[0].cells if not cell.is_skip)

    @property
    def header(self) -> list[dict[str, Any]]:
        """The columns of the table: the part, each answer, how many people."""
        answers = [cell.label for cell in self.tables[0].cells]
        return [{"label": _("About")}, *({"label": label, "num": True} for label in (*answers, _("People")))]

    @property
    def rows(self) -> list[list[str]]:
        """A row for each part: the share of each answer, and how many people answered."""
        return [[table.part, *(cell.share for cell in table.cells), table.base] for table in self.tables]

    @property
    def stacks(self) -> list[dict[str, Any]]:
        """The parts as stacked bars; one with a hidden number says so in words."""
        return [self._stack(table) for table in self.tables]

    @property
    def firsts(self) -> list[dict[str, Any]]:
        """The parts as bars of the first answer alone, where there are too many answers to stack."""
        return [{**table.bars[0], "label": table.part} for table in self.tables]

    @staticmethod
    def _stack(table: TableView) -> dict[str, Any]:
        parts = [cell.percent for cell in table.cells if not cell.is_skip]
        hidden = {"hidden": str(_("hidden to protect people"))} if None in parts else {}
        return {"label": table.part, "parts": [part or 0 for part in parts], **hidden}


def grouped(tables: Sequence[TableView]) -> list[GroupView]:
    """Tables that belong to one question, together and in order."""
    return [GroupView(tuple(together)) for _question, together in groupby(tables, key=lambda table: table.question)]


def table_views(definition: Definition, tables: Sequence[Table], rule: Rule, language: str) -> list[TableView]:
    """The tables of one set of filters, in the order of the questions."""
    found = {table.question: table for table in tables}
    columns, said = asked_of(definition, language), shapes(definition, tables, rule)
    nested = list(within(definition))
    return [
        _view(asked, found[key], rule, said.get(key, NO_SHAPE), is_asked=_is_asked(found[key], nested))
        for key, asked in columns.items()
        if key in found
    ]


def _is_asked(table: Table, nested: Sequence[Within]) -> bool:
    """Whether anybody in this slice can have been asked: a fact about the survey, not about those who answered (D4)."""
    values = {name: {*values_of(value)} for name, value in table.filters}
    return all(values[one.name] & one.values for one in nested if one.column == table.question and one.name in values)


def about_views(tables: Sequence[Table], rule: Rule, language: str) -> list[TableView]:
    """The tables on how people answered, those that the release has."""
    found = {table.question: table for table in tables}
    return [
        _view(about, found[key], rule)
        for key in ABOUT
        if key in found
        for about in [about_asked(key, [cell.option for cell in found[key].cells], language)]
    ]


def _view(asked: Asked, table: Table, rule: Rule, shape: Shape = NO_SHAPE, *, is_asked: bool = True) -> TableView:
    return TableView(
        id=f"t-{asked.key.replace('.', '-')}",
        title=asked.title,
        base=people_words(table.base, rule, None),
        cells=tuple(_cell(table, cell.option, cell.count, asked.labels, rule) for cell in table.cells),
        why_hidden=why_hidden(table.reason, rule) if is_asked else _("These people were not asked this."),
        is_multiple=table.multiple,
        is_hidden=table.base is None,
        question=asked.question,
        asked=asked.words,
        part=asked.part,
        shape=shape,
    )


def _cell(table: Table, option: str, count: int | None, labels: Mapping[str, str], rule: Rule) -> CellView:
    part = share(table, option, rule)
    words = part.words if part.percent is not None else share_words(part.words, rule)
    return CellView(
        label_of(labels, option), people_words(count, rule, table.reason), words, part.percent, option == SKIP
    )
