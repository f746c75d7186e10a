"""Who has been heard from, beside how many there are: from published numbers and known totals alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.rules.disclosure import Reason, Rule, Table, values_of
from engage.rules.disclosure.reach import Reach, reach
from engage.rules.questionnaire.definition import Definition
from engage.understanding.releases.views_words import asked_of, label_of, people_words

Totals = Mapping[tuple[str, str], Any]
_MUCH_LESS: Final = 0.5
"""A group whose share is at most this much of everybody's share is heard from much less than others."""

_SAID: Final[dict[str, Any]] = {
    "nearly_all": _l("nearly all"),
    "most": _l("most"),
    "some": _l("some"),
    "hidden": _l("not said"),
    "more_than_known": _l("more than the number known: check it"),
}


@dataclass(frozen=True)
class GroupRow:
    """One group: its name, how many were heard, how many there are, how much of them that is, all in words."""

    label: str
    heard: str
    known: str
    share: str
    flag: str = ""

    @property
    def cells(self) -> list[Any]:
        """The row of a table."""
        share = f"{self.share} \N{EN DASH} {self.flag}" if self.flag else self.share
        return [self.label, self.heard, self.known, share]


@dataclass(frozen=True)
class Covered:
    """Everybody, or one way to divide people: its groups, and who says how many there are."""

    title: str
    source: str
    rows: tuple[GroupRow, ...]


def coverage(
    definition: Definition, tables: Sequence[Table], base: int | None, known: Totals, rule: Rule, language: str
) -> list[Covered]:
    """The groups of which somebody has said how many there are. `tables`: those of the release over everybody."""
    found = {table.question: table for table in tables}
    everybody = known.get(("", ""))
    overall = reach(base, everybody.people, rule) if everybody else None
    parts = [Covered(_("Everybody"), _source([everybody]), (_row(_("Everybody"), overall, rule),))] if overall else []
    for column in definition.dividing:
        table = found.get(column.key)
        asked = asked_of(definition, language)[column.key]
        rows = tuple(_rows(table, asked.labels, known, overall, rule)) if table else ()
        if rows:
            said = [one for (question, _option), one in known.items() if question == column.key]
            parts.append(Covered(asked.title, _source(said), rows))
    return parts


def _rows(
    table: Table, labels: Mapping[str, str], known: Totals, overall: Reach | None, rule: Rule
) -> Iterator[GroupRow]:
    for cell in table.cells:
        parts = [known.get((table.question, one)) for one in values_of(cell.option)]
        if all(parts):
            found = reach(cell.count, sum(part.people for part in parts if part), rule)
            yield _row(label_of(labels, cell.option), found, rule, overall, table.reason)


def _row(
    label: str, found: Reach, rule: Rule, overall: Reach | None = None, reason: Reason | None = "small"
) -> GroupRow:
    share = f"{found.percent}%" if found.percent is not None else str(_SAID[found.say])
    heard = people_words(found.heard, rule, reason)
    return GroupRow(label, heard, f"{found.known:,}", share, _flag(found, overall, reason))


def _flag(found: Reach, overall: Reach | None, reason: Reason | None) -> str:
    if found.say == "hidden" and reason == "small":  # hidden for another reason, a group may well have been heard
        return str(_("hardly heard"))
    others = overall.percent if overall is not None else None
    if others is not None and found.percent is not None and found.percent <= _MUCH_LESS * others:
        return str(_("much less"))
    return ""


def _source(said: Sequence[Any]) -> str:
    day = format_date(said[0].counted_on, "d MMMM y")
    return str(_("How many there are: %(source)s, %(day)s.", source=said[0].source, day=day))
