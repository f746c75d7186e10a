"""Random populations of a small place, with small cells made on purpose, counted as a release counts them."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from engage.rules.disclosure import RawTable
from engage.rules.disclosure.audit import Budget
from engage.rules.disclosure.ladder import Counted
from tests.unit.disclosure.attacker import cross

DIMENSIONS = {"age": ["8", "12", "15"], "place": ["n", "s"], "care": ["yes", "no"]}
OPTIONS = ["always", "sometimes", "never"]


def budget() -> Budget:
    """The whole work of a release on a clock that stands still: nothing here depends on how fast a machine is."""
    return Budget.of(lambda: 0.0)


def people(seed: int) -> dict[tuple[str, ...], int]:
    """Leaves of up to about 400 people: crowded, empty, and of one to four."""
    chance = random.Random(seed)
    kinds = chance.choice([(0, 1, 2, 3, 4), (0, 2, 9, 11, 30), (0, 0, 0, 40), (5, 10, 15, 20), (1, 12, 13, 90)])
    return {key: chance.choice(kinds) for key in product(*DIMENSIONS.values(), OPTIONS)}


def counted(leaves: Mapping[tuple[str, ...], int]) -> Counted:
    """The same people as every table a release has: the question and each background question."""
    names = list(DIMENSIONS)
    raw = cross(dict(leaves), DIMENSIONS, OPTIONS)
    for place, name in enumerate(names):
        rest = {other: DIMENSIONS[other] for other in names if other != name}
        about: dict[tuple[str, ...], int] = {}
        for key, count in leaves.items():
            moved = (*(value for at, value in enumerate(key[:-1]) if at != place), key[place])
            about[moved] = about.get(moved, 0) + count
        raw += [replace(table, question=name) for table in cross(about, rest, DIMENSIONS[name])]
    return Counted(_unique(raw), sum(leaves.values()), DIMENSIONS)


def _unique(tables: Sequence[RawTable]) -> list[RawTable]:
    return list({(table.question, table.filters): table for table in tables}.values())
