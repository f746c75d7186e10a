"""Published tables as pages draw them: words first, a chart and the same numbers as a table. Makes no number itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.rules.disclosure import Reason, Rule, Table, share
from engage.rules.questionnaire.answers import SKIP
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Column, Question
from engage.web.words import language_name

_WHY: dict[Reason, Any] = {
    "small": _l("Some numbers are hidden: fewer than %(threshold)s people, or nobody."),
    "complement": _l("Hidden: with the other groups it would show a group of fewer than %(threshold)s."),
    "same_answer": _l("Hidden: all of them, or nearly all, gave the same answer."),
    "secondary": _l("Some numbers are hidden: with them, somebody could work out another that is hidden."),
}

_ABOUT: dict[str, Any] = {
    "language": _l("Language of the answers"),
    "channel": _l("How the answers came"),
    "company": _l("Who was with people when they answered"),
    "adult": _l("Was an adult with them?"),
    "easy": _l("Easy words"),
    "symbols": _l("Pictures beside words"),
    "read_aloud": _l("Read to me"),
    "large_print": _l("Large letters"),
    "bsl": _l("British Sign Language"),
}
_ABOUT_WORDS: dict[str, Any] = {
    "yes": _l("Yes"),
    "no": _l("No"),
    "alone": _l("Nobody: they answered alone"),
    "friend": _l("A friend"),
    "carer": _l("A parent or carer"),
    "worker": _l("A worker, for instance a teacher or a social worker"),
    "interpreter": _l("An interpreter"),
    "link": _l("A link"),
    "qr": _l("A QR code"),
    "poster": _l("A poster"),
    "kiosk": _l("A shared device"),
    "paper": _l("Paper"),
    "handed-out": _l("Handed out by an agency"),
    "import": _l("Brought in from a file"),
}


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
    return [
        _view(question, column, found[column.key], rule, language)
        for question in definition.questions
        for column in question.columns()
        if column.key in found
    ]


def about_views(tables: Sequence[Table], rule: Rule, language: str) -> list[TableView]:
    """The tables on how people answered, those that have anything to show."""
    found = {table.question: table for table in tables}
    return [
        _about_view(name, str(title), found[f"how.{name}"], rule, language)
        for name, title in _ABOUT.items()
        if f"how.{name}" in found
    ]


def _about_view(name: str, title: str, table: Table, rule: Rule, language: str) -> TableView:
    labels = {value: str(words) for value, words in _ABOUT_WORDS.items()}
    if name == "language":
        labels = {cell.option: language_name(cell.option, language) for cell in table.cells}
    why = _WHY[table.reason] % {"threshold": rule.threshold} if table.reason else ""
    cells = tuple(_cell(table, cell.option, cell.count, labels, rule) for cell in table.cells)
    return TableView(
        id=f"t-how-{name}",
        question=table.question,
        title=title,
        base=_people(table.base, rule, None),
        cells=cells,
        why_hidden=str(why),
        is_multiple=False,
        is_hidden=table.base is None,
    )


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
        question=question.id,
        asked=question.text.say(language).text,
        part=column.text.say(language).text if column.text is not None else "",
    )


def _cell(table: Table, option: str, count: int | None, labels: dict[str, str], rule: Rule) -> CellView:
    part = share(table, option, rule)
    words = part.words if part.percent is not None else _word(part.words, rule)
    return CellView(labels.get(option, option), _people(count, rule, table.reason), words, part.percent, option == SKIP)


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
