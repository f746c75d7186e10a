"""Whole numbers that fit a set of sums, the highest and the lowest: scipy's mixed-integer solver (HiGHS)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from engage.rules.disclosure.audit.budget import NODES, NODES_NEARBY, Budget, NotSolved, OutOfTime, OutOfWork

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_OPTIMAL, _CLOCK, _IMPOSSIBLE, _NODES = 0, 1, 2, 4
_FAILURES = (ValueError, ArithmeticError, RuntimeError, MemoryError)


class Impossible(Exception):
    """No whole numbers fit."""


_STOPS: Mapping[int, type[Exception]] = {_IMPOSSIBLE: Impossible, _CLOCK: OutOfTime}


@dataclass(frozen=True)
class Row:
    """Sum of `plus` less sum of `minus` (unknowns by number) lies within low and high; high None: no limit."""

    plus: tuple[int, ...]
    low: int
    high: int | None
    minus: tuple[int, ...] = ()


@dataclass(frozen=True)
class Found:
    """Values of all unknowns that fit; `is_best`: nothing better exists."""

    values: tuple[int, ...]
    is_best: bool


@cache
def tools() -> tuple[ModuleType, ModuleType, ModuleType]:
    # 75 MB: a process that serves pages and freezes nothing never loads them.
    return import_module("numpy"), import_module("scipy.optimize"), import_module("scipy.sparse")


@dataclass
class Problem:
    """`size` unknown counts from nobody to `top` people each, held by `rows`."""

    size: int
    top: int
    rows: Sequence[Row]

    def __post_init__(self) -> None:
        numpy, _, sparse = tools()
        self._low = numpy.array([row.low for row in self.rows], float)
        self._high = numpy.array([numpy.inf if row.high is None else row.high for row in self.rows], float)
        places = [(row, one, 1) for row, held in enumerate(self.rows) for one in held.plus]
        places += [(row, one, -1) for row, held in enumerate(self.rows) for one in held.minus]
        across, down, signs = zip(*places, strict=True) if places else ((), (), ())
        shape = (len(self.rows), self.size)
        self._matrix = sparse.csr_matrix((numpy.array(signs, float), (across, down)), shape=shape)

    def fits(self, world: Sequence[int]) -> bool:
        """Whether these values are held by every row."""
        numpy, _, _ = tools()
        found = self._matrix @ numpy.array(world, float)
        return bool(((found >= self._low) & (found <= self._high)).all())

    def best(self, weights: Mapping[int, float], budget: Budget, *, cap: int | None = None) -> Found:
        """Fitting values with the highest weighted sum.

        cap: the sum need not be higher than this (looking further costs work and tells nothing).
        Raises Impossible when nothing fits, OutOfWork when nothing was found in so many branches or nothing is left of
        the budget, OutOfTime when its seconds are over, NotSolved when the solver fails or answers what does not fit.
        """
        numpy, _, _ = tools()
        return self._solved(weights, budget, cap, numpy.arange(self.size), numpy.zeros(self.size))

    def near(self, world: Sequence[int], free: Sequence[int], weights: Mapping[int, float], budget: Budget) -> Found:
        """The same among the worlds that differ from one that fits in some unknowns only: far quicker, and as true."""
        numpy, _, _ = tools()
        kept = numpy.array(world, float)
        kept[list(free)] = 0
        return self._solved(weights, budget, None, numpy.array(free), kept, NODES_NEARBY)

    def _solved(
        self,
        weights: Mapping[int, float],
        budget: Budget,
        cap: int | None,
        free: "Numbers",
        kept: "Numbers",
        nodes: int = NODES,
    ) -> Found:
        numpy, optimize, sparse = tools()
        seconds = budget.seconds()
        aim = numpy.zeros(self.size)
        for one, weight in weights.items():
            aim[one] = -weight
        matrix = self._matrix[:, free]
        touched = numpy.flatnonzero(matrix.getnnz(axis=1))
        moved = self._matrix[touched] @ kept
        limits = []
        if len(touched):
            low, high = self._low[touched] - moved, self._high[touched] - moved
            limits.append(optimize.LinearConstraint(matrix[touched], low, high))
        if cap is not None:
            limits.append(optimize.LinearConstraint(sparse.csr_matrix(-aim[free]), -numpy.inf, cap))
        options = {"time_limit": seconds, "node_limit": nodes, "mip_rel_gap": 0.2 if cap is None else 0.0}
        bounds, whole = optimize.Bounds(0, self.top), numpy.ones(len(free))
        try:
            answer = optimize.milp(aim[free], constraints=limits, integrality=whole, bounds=bounds, options=options)
        except _FAILURES as failure:
            raise NotSolved from failure
        budget.spend(int(matrix.nnz), answer.mip_node_count or nodes)
        if answer.status in _STOPS:
            raise _STOPS[answer.status]
        if answer.status not in {_OPTIMAL, _NODES}:
            raise NotSolved
        if answer.x is None:
            raise OutOfWork
        return self._found(kept, free, answer.x, is_best=answer.status == _OPTIMAL)

    def _found(self, kept: "Numbers", free: "Numbers", values: "Numbers", *, is_best: bool) -> Found:
        """What was solved as whole numbers: of a world that does not fit nothing would be proved."""
        numpy, _, _ = tools()
        if not numpy.isfinite(values).all():
            raise NotSolved
        found = kept.copy()
        found[free] = numpy.rint(values)
        world = tuple(int(value) for value in found)
        if min(world, default=0) < 0 or not self.fits(world):
            raise NotSolved
        return Found(world, is_best)
