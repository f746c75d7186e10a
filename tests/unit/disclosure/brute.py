"""Every population of a small place, counted one by one: what an attacker with endless patience can prove.

One question (all answered it) and one background question (not all did). Written apart from the audit.
"""

from collections.abc import Iterator
from itertools import product

from engage.rules.disclosure import Cell, RawTable, Rule, Table, Tables

OPTIONS, PLACES, NOT_KNOWN = ("yes", "no"), ("n", "s"), ""
LEAVES = [*product((*PLACES, NOT_KNOWN), OPTIONS)]
KNOWN = (("place", "+".join(PLACES)),)
World = tuple[int, ...]
Where = tuple[str, str, tuple[tuple[str, str], ...]]


def worlds(most: int) -> Iterator[World]:
    """Every population of up to so many people."""

    def fill(left: int, leaves: int) -> Iterator[World]:
        if not leaves:
            yield ()
            return
        for here in range(left + 1):
            for rest in fill(left - here, leaves - 1):
                yield (here, *rest)

    return fill(most, len(LEAVES))


def sums(world: World) -> dict[Where, int]:
    """Each number there is about a population, by what it is about."""
    found: dict[Where, int] = {("", "", ()): sum(world)}
    for place in PLACES:
        here = sum(people for people, leaf in zip(world, LEAVES, strict=True) if leaf[0] == place)
        found["", "", (("place", place),)] = here
    found["", "", KNOWN] = sum(found["", "", (("place", place),)] for place in PLACES)
    for option in OPTIONS:
        found["q", option, ()] = sum(people for people, leaf in zip(world, LEAVES, strict=True) if leaf[1] == option)
        for place in PLACES:
            found["q", option, (("place", place),)] = world[LEAVES.index((place, option))]
    return found


def raw(world: World) -> list[RawTable]:
    """The same population as counted tables."""
    numbers = sums(world)
    tables = [RawTable.make("q", {option: numbers["q", option, ()] for option in OPTIONS})]
    for place in PLACES:
        counts = {option: numbers["q", option, (("place", place),)] for option in OPTIONS}
        tables.append(RawTable.make("q", counts, filters={"place": place}))
    return [*tables, RawTable.make("place", {place: numbers["", "", (("place", place),)] for place in PLACES})]


def careless(tables: list[RawTable], rule: Rule, total: int, also_hidden: frozenset[int]) -> Tables:
    """What a rule without any second look would publish: small numbers left out, and here and there another."""
    published, number = [], 0
    for table in tables:
        cells, base, extra = [], rule.gated(table.base), False
        for option, count in table.counts:
            number += 1
            seen = None if base is None else rule.gated(count)
            if number in also_hidden and seen is not None:
                seen, extra = None, True
            cells.append(Cell(option, seen))
        hidden = any(cell.count is None for cell in cells)
        reason = ("secondary" if extra else "small") if hidden else None
        published.append(Table(table.question, False, table.filters, tuple(cells), base, reason))
    return Tables(rule, rule.gated(total), tuple(published))


def proved(tables: Tables, most: int) -> dict[Where, tuple[int, int]]:
    """All that is given away: every hidden number which is 1 to 4, or one and the same under the threshold, in every
    population of up to `most` people that fits."""
    fitting = [numbers for numbers in map(sums, worlds(most)) if _fits(numbers, tables)]
    assert fitting
    found = {}
    for where in fitting[0]:
        low, high = min(one[where] for one in fitting), max(one[where] for one in fitting)
        if (low >= 1 and high <= 4) or low == high < tables.rule.threshold:
            found[where] = (low, high)
    return found


def _fits(numbers: dict[Where, int], tables: Tables) -> bool:
    rule = tables.rule
    if rule.gated(numbers["", "", ()]) != tables.base:
        return False
    for table in tables.tables:
        # A table of the background question is about the people themselves.
        keys: list[Where] = [("", "", KNOWN if table.question == "place" else table.filters)]
        for cell in table.cells:
            about: Where = ("q", cell.option, table.filters)
            keys.append(about if table.question == "q" else ("", "", (("place", cell.option),)))
        published = [table.base, *(cell.count for cell in table.cells)]
        for key, seen in zip(keys, published, strict=True):
            hidden_as_small = seen is None and table.reason == "small"
            if seen is not None and rule.gated(numbers[key]) != seen:
                return False
            if hidden_as_small and numbers[key] >= rule.threshold:
                return False
    return True
