"""Every slice of every question, the empty ones filled in: a slice left out would say that nobody is in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from engage.rules.disclosure.rule import Rule
from engage.rules.disclosure.tables import Filters, RawTable, Reason, as_filters


class TooManyFilters(ValueError):
    """A table asks for more filters at once than the rule allows."""


@dataclass
class Sheet:
    """A table on its way to publication. `reason` hides all of it; `hidden` names the cells hidden so far."""

    raw: RawTable
    reason: Reason | None = None
    hidden: dict[str, Reason] = field(default_factory=dict)
    true: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.true = dict(self.raw.counts)

    def shown(self) -> list[tuple[str, int]]:
        if self.reason:
            return []
        return [(option, count) for option, count in self.raw.counts if option not in self.hidden]

    def hide_all(self, reason: Reason) -> None:
        self.hidden = {option: reason for option, _ in self.raw.counts}


@dataclass(frozen=True)
class Family:
    """A slice and those one further dimension divides it into; the parent also holds people without a value."""

    parent: Sheet
    children: tuple[Sheet, ...]


@dataclass(frozen=True)
class Lattice:
    sheets: dict[Filters, Sheet]
    families: tuple[Family, ...]

    def under(self, filters: Filters) -> list[Sheet]:
        """The slices that lie inside this one."""
        return [sheet for key, sheet in self.sheets.items() if key != filters and set(filters) <= set(key)]


def build(tables: Iterable[RawTable], rule: Rule, dimensions: Mapping[str, Sequence[str]]) -> list[Lattice]:
    """One lattice a question, in the order first seen. Raises ValueError on a gap, TooManyFilters beyond the rule."""
    by_question: dict[str, dict[Filters, RawTable]] = {}
    for table in tables:
        if len(table.filters) > rule.max_filters:
            raise TooManyFilters(f"{table.question}: {len(table.filters)} filters at once, {rule.max_filters} allowed")
        slices = by_question.setdefault(table.question, {})
        if table.filters in slices:
            raise ValueError(f"{table.question} {dict(table.filters)}: counted twice")
        slices[table.filters] = table
    return [_lattice(question, slices, dimensions) for question, slices in by_question.items()]


def _lattice(question: str, slices: dict[Filters, RawTable], dimensions: Mapping[str, Sequence[str]]) -> Lattice:
    if () not in slices:
        raise ValueError(f"{question}: the table without filters is missing")
    values = _values(slices, dimensions)
    cuts = list(dict.fromkeys(tuple(name for name, _ in filters) for filters in slices))
    _check_nested(question, cuts)
    whole = slices[()]
    sheets: dict[Filters, Sheet] = {}
    for cut in sorted(cuts, key=len):
        for combination in product(*(values[name] for name in cut)):
            filters = tuple(zip(cut, combination, strict=True))
            sheets[filters] = Sheet(_completed(slices.get(filters), whole, filters))
    return Lattice(sheets, tuple(_families(sheets, values, set(cuts))))


def _values(slices: Iterable[Filters], dimensions: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    values = {name: list(listed) for name, listed in dimensions.items()}
    for filters in slices:
        for name, value in filters:
            known = values.setdefault(name, [])
            if value not in known:
                known.append(value)
    return values


def _check_nested(question: str, cuts: list[tuple[str, ...]]) -> None:
    for cut in cuts:
        for name in cut if len(cut) > 1 else ():
            if (name,) not in cuts:
                raise ValueError(f"{question}: tables by {' and '.join(cut)} need the tables by {name} too")


def _completed(found: RawTable | None, whole: RawTable, filters: Filters) -> RawTable:
    """The slice with the question's own options in their order; an option or slice nobody is in counts zero."""
    counts = dict(found.counts) if found else {}
    strange = counts.keys() - dict(whole.counts).keys()
    if strange:
        raise ValueError(f"{whole.question} {dict(filters)}: unknown option {sorted(strange)[0]}")
    ordered = tuple((option, counts.get(option, 0)) for option, _ in whole.counts)
    return RawTable(whole.question, ordered, found.base if found else 0, filters, whole.multiple)


def _families(
    sheets: dict[Filters, Sheet], values: dict[str, list[str]], cuts: set[tuple[str, ...]]
) -> Iterable[Family]:
    for filters, parent in sheets.items():
        used = dict(filters)
        for name, listed in values.items():
            if name in used or tuple(sorted([*used, name])) not in cuts:
                continue
            children = [sheets[as_filters({**used, name: value})] for value in listed]
            yield Family(parent, tuple(children))
