"""An attacker with the published JSON and a pencil: subtracts what is shown from every total, in every direction.

Written apart from the product's own arithmetic, so that the two can disagree.
"""

from dataclasses import dataclass
from itertools import product

from engage.rules.disclosure import RawTable, Tables
from engage.rules.disclosure.tables import TableJson

Key = tuple[str, ...]


@dataclass(frozen=True)
class Find:
    where: str
    low: int
    high: int


def attack(tables: Tables, domains: dict[str, list[str]]) -> list[Find]:
    """Every hidden thing proved to be 1 to 4, or known exactly while it is under the threshold."""
    published = tables.to_json()
    finds: list[Find] = []
    index = {tuple(sorted(t["filters"].items())): t for t in published["tables"]}
    for table in index.values():
        finds += _inside(table, tables)
    for filters, table in index.items():
        for name in domains.keys() - dict(filters).keys():
            children = [index.get(tuple(sorted([*filters, (name, value)]))) for value in domains[name]]
            if all(children):
                finds += _across(table, [child for child in children if child], tables)
    threshold = tables.rule.threshold
    return [find for find in finds if (find.low > 0 and find.high < 5) or find.low == find.high < threshold]


def _reading(number: int, tables: Tables) -> tuple[int, int]:
    half = tables.rule.rounding // 2
    return max(number - half, tables.rule.threshold), number + half


def _left(total: int, parts: list[int], tables: Tables) -> tuple[int, int]:
    low, high = _reading(total, tables)
    for part in parts:
        part_low, part_high = _reading(part, tables)
        low, high = low - part_high, high - part_low
    return max(0, low), max(0, high)


def _inside(table: TableJson, tables: Tables) -> list[Find]:
    shown = [cell["count"] for cell in table["cells"] if cell["count"] is not None]
    hidden = len(table["cells"]) - len(shown)
    if table["base"] is None or not hidden or table["multiple"]:
        return []
    low, high = _left(table["base"], shown, tables)
    return [Find(f"cell of {table['filters']}", low if hidden == 1 else 0, high)]


def _across(parent: TableJson, children: list[TableJson], tables: Tables) -> list[Find]:
    columns = [(parent["base"], [child["base"] for child in children])]
    for position, cell in enumerate(parent["cells"]):
        columns.append((cell["count"], [child["cells"][position]["count"] for child in children]))
    finds = []
    for total, parts in columns:
        shown = [part for part in parts if part is not None]
        if total is not None and shown and len(shown) < len(parts):
            finds.append(Find(f"slice of {parent['filters']}", *_left(total, shown, tables)))
    return finds


def cross(leaves: dict[Key, int], domains: dict[str, list[str]], options: list[str]) -> list[RawTable]:
    """All tables with up to two filters of a population given as {(value, value, ..., option): people}."""
    names = list(domains)
    cuts: list[tuple[str, ...]] = [(), *((n,) for n in names), *((a, b) for a in names for b in names if a < b)]
    slices = [dict(zip(cut, values, strict=True)) for cut in cuts for values in product(*(domains[n] for n in cut))]
    raw = []
    for wanted in slices:
        counts = dict.fromkeys(options, 0)
        for key, people in leaves.items():
            if all(key[names.index(name)] == value for name, value in wanted.items()):
                counts[key[-1]] += people
        raw.append(RawTable.make("q", counts, filters=wanted))
    return raw
