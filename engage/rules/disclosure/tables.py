"""Counts as they come in, tables as they may go out, and the one JSON form of the latter."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter
from typing_extensions import TypedDict  # pydantic reads typing's own only from Python 3.12

from engage.rules.disclosure.rule import Rule

Filters = tuple[tuple[str, str], ...]
Reason = Literal["small", "complement", "same_answer", "secondary"]


def as_filters(filters: Mapping[str, str]) -> Filters:
    """Filters in their one order: by dimension."""
    return tuple(sorted(filters.items()))


MERGED = "+"  # stands in no id


def values_of(value: str) -> tuple[str, ...]:
    """The values that a filter or an option stands for: itself, or those it was merged from."""
    return tuple(value.split(MERGED))


@dataclass(frozen=True)
class RawTable:
    """True counts of one question in one slice: never shown, never stored in a release.

    counts: (option, people) in the order of the question. base: people who answered it in this slice; for a single
    choice the counts add up to it (leave out, or make an option of, those who skipped).
    """

    question: str
    counts: tuple[tuple[str, int], ...]
    base: int
    filters: Filters = ()
    multiple: bool = False

    def __post_init__(self) -> None:
        numbers = [count for _, count in self.counts]
        where = f"{self.question} {dict(self.filters)}"
        if min(numbers, default=0) < 0 or max(numbers, default=0) > self.base:
            raise ValueError(f"{where}: a count lies outside 0 to {self.base}")
        if not self.multiple and sum(numbers) != self.base:
            raise ValueError(f"{where}: single-choice counts add up to {sum(numbers)}, the base is {self.base}")
        if self.filters != tuple(sorted(dict(self.filters).items())):
            raise ValueError(f"{where}: filters must be unique and ordered by dimension")

    @classmethod
    def make(
        cls,
        question: str,
        counts: Mapping[str, int],
        *,
        base: int | None = None,
        filters: Mapping[str, str] | None = None,
        multiple: bool = False,
    ) -> "RawTable":
        """From plain mappings; `base` may be left out for a single choice (the sum)."""
        if base is None and multiple:
            raise ValueError(f"{question}: a multiple choice needs its base")
        people = sum(counts.values()) if base is None else base
        return cls(question, tuple(counts.items()), people, as_filters(filters or {}), multiple)


@dataclass(frozen=True)
class Cell:
    """One published number: `count` in people, rounded; None when hidden or nobody (they look alike)."""

    option: str
    count: int | None


class CellJson(TypedDict):
    option: str
    count: int | None


class TableJson(TypedDict):
    question: str
    multiple: bool
    filters: dict[str, str]
    cells: list[CellJson]
    base: int | None


class RuleJson(TypedDict):
    threshold: int
    rounding: int
    max_filters: int


class TablesJson(TypedDict):
    rule: RuleJson
    base: int | None
    tables: list[TableJson]


@dataclass(frozen=True)
class Table:
    """What may be seen of one question in one slice.

    reason: why something in it is hidden, for the whole table and never for one cell (a code beside one cell would
    tell which of two hidden cells is the small one). It is for staff wording and is no part of the JSON.
    """

    question: str
    multiple: bool
    filters: Filters
    cells: tuple[Cell, ...]
    base: int | None
    reason: Reason | None = None

    def count(self, option: str) -> int | None:
        """The published count of `option`; None when hidden. KeyError for an option the question does not have."""
        return {cell.option: cell.count for cell in self.cells}[option]

    def to_json(self) -> TableJson:
        return {
            "question": self.question,
            "multiple": self.multiple,
            "filters": dict(self.filters),
            "cells": [{"option": cell.option, "count": cell.count} for cell in self.cells],
            "base": self.base,
        }


@dataclass(frozen=True)
class Tables:
    """Everything one release shows. base: everyone who answered, gated and rounded like any count."""

    rule: Rule
    base: int | None
    tables: tuple[Table, ...]
    _index: dict[tuple[str, Filters], Table] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", {(table.question, table.filters): table for table in self.tables})

    def find(self, question: str, filters: Mapping[str, str] | None = None) -> Table | None:
        """The table of `question` under exactly these filters; None when the release has no such table."""
        return self._index.get((question, as_filters(filters or {})))

    def to_json(self) -> TablesJson:
        """The published form, and all of it: reasons and true counts are not in it."""
        return {
            "rule": {
                "threshold": self.rule.threshold,
                "rounding": self.rule.rounding,
                "max_filters": self.rule.max_filters,
            },
            "base": self.base,
            "tables": [table.to_json() for table in self.tables],
        }

    def canonical(self) -> str:
        """The JSON as text with sorted keys and no spaces: what is stored and hashed."""
        return json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    def reasons(self) -> list[Reason | None]:
        """One a table, in the order of `tables`: to be stored beside the JSON for staff pages only."""
        return [table.reason for table in self.tables]


_STORED = TypeAdapter(TablesJson)
_REASONS: TypeAdapter[list[Reason | None]] = TypeAdapter(list[Reason | None])


def from_json(text: str, reasons: Sequence[str | None] = ()) -> Tables:
    """Stored tables back from `canonical()` (and, for staff pages, `reasons()`). ValueError when malformed."""
    stored = _STORED.validate_json(text)
    codes = _REASONS.validate_python(list(reasons)) or [None] * len(stored["tables"])
    tables = (_table(item, reason) for item, reason in zip(stored["tables"], codes, strict=True))
    return Tables(Rule(**stored["rule"]), stored["base"], tuple(tables))


def _table(item: TableJson, reason: Reason | None) -> Table:
    cells: Iterable[Cell] = (Cell(cell["option"], cell["count"]) for cell in item["cells"])
    return Table(item["question"], item["multiple"], as_filters(item["filters"]), tuple(cells), item["base"], reason)
