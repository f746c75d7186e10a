"""One model looked at: which of its sums are safe because worlds are known in which they differ.

A sum is safe as soon as two worlds are known in which it differs, and one in which it is nobody or at least five: so
one world clears many sums at once, and the solver is asked only for what is left.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from engage.rules.disclosure.audit.budget import Budget, NotSolved, OutOfWork
from engage.rules.disclosure.audit.facts import Truth
from engage.rules.disclosure.audit.neighbours import Neighbours
from engage.rules.disclosure.audit.solver import Found, Impossible, Problem, Row
from engage.rules.disclosure.audit.worlds import Ask, Model
from engage.rules.disclosure.rule import FLOOR

_FREE, _AIMS, _IDLE = 60, 24, 6


@dataclass
class Known:
    """What worlds have shown of one sum so far."""

    ask: Ask
    low: int | None = None
    high: int | None = None

    def see(self, *numbers: int) -> None:
        self.low = min(numbers if self.low is None else (self.low, *numbers))
        self.high = max(numbers if self.high is None else (self.high, *numbers))

    @property
    def is_safe(self) -> bool:
        return self.low is not None and self.high is not None and self.would_be_safe(self.low, self.high)

    def would_be_safe(self, low: int, high: int) -> bool:
        """Whether a sum that can be `low` and can be `high` gives nothing away."""
        # That nobody of a group that has no table gave an answer is no number of a published group.
        may_be_known = high >= self.ask.threshold or (self.ask.is_between and high == 0)
        return (low == 0 or high >= FLOOR) and (low < high or may_be_known)


@dataclass
class Look:
    model: Model
    top: int
    budget: Budget
    truth: Truth
    stop_at_first: bool = False
    known: list[Known] = field(init=False)
    world: Sequence[int] = ()
    chance: random.Random = field(default_factory=lambda: random.Random(20))  # noqa: S311 - which worlds to try first

    def __post_init__(self) -> None:
        self.known = [Known(ask) for ask in self.model.asks]

    @cached_property
    def problem(self) -> Problem:
        return Problem(self.model.space.size, self.top, self.model.rows)

    @cached_property
    def neighbours(self) -> Neighbours | None:
        rows, sums = self.problem.rows, [one.ask.leaves for one in self.known]
        few = Neighbours.are_few(self.problem.size, len(rows), len(sums))
        return Neighbours(self.problem.size, rows, sums) if few else None

    def run(self) -> list[Known]:
        if self.known or len(self.model.sources) > 1:
            self.world = self.first()
        if not self.known:
            return []
        self._see_around()
        self._about()
        for one in self.known:
            if not one.is_safe:
                self._alone(one)
            if not one.is_safe and self.stop_at_first:
                break
        return self.known

    def first(self) -> Sequence[int]:
        """One world: the true one where that is known; of several groups of people, some that add up to it.

        Raises Impossible where there is none.
        """
        begun, space = self.model.begun(self.truth), self.model.space
        if begun is None:
            return self.problem.best({}, self.budget).values
        # What is known in full are the people of the newest source.
        counted = [place for place, name in enumerate(space.people) if name in self.model.sources[-1].people]
        if len(counted) == len(space.people) == 1:
            world = [begun.get(one, 0) for one in range(space.size)]
            return world if self.problem.fits(world) else self.problem.best({}, self.budget).values
        each = space.size // len(space.people)
        held = [
            Row(tuple(one + each * group for group in counted), people, people)
            for one, people in ((one, begun.get(one, 0)) for one in range(each))
        ]
        return Problem(space.size, self.top, [*self.model.rows, *held]).best({}, self.budget).values

    def _see(self, weights: dict[int, float], cap: int | None = None) -> Found:
        """Look for one more world, the farthest there is in this direction."""
        found = self.problem.best(weights, self.budget, cap=cap)
        for one in self.known:
            one.see(sum(found.values[leaf] for leaf in one.ask.leaves))
        return found

    def limits(self, leaves: tuple[int, ...]) -> tuple[int, int | None]:
        """The lowest and the highest that a sum can be; a side that the solver did not settle is left open."""
        high = self.problem.best(dict.fromkeys(leaves, 1.0), self.budget, cap=self.top)
        low = self.problem.best(dict.fromkeys(leaves, -1.0), self.budget, cap=self.top)
        return (
            sum(low.values[one] for one in leaves) if low.is_best else 0,
            sum(high.values[one] for one in leaves) if high.is_best else None,
        )

    def _see_around(self) -> None:
        """Everything that is to be seen from the world at hand: its sums, and those of its neighbours."""
        if self.neighbours is None:
            for one in self.known:
                one.see(sum(self.world[leaf] for leaf in one.ask.leaves))
            return
        self.budget.spend(self.neighbours.cost, 0)
        for one, low, high in zip(self.known, *self.neighbours.of(self.world), strict=True):
            one.see(low, high)

    def _alone(self, one: Known) -> None:
        for sign in (1.0, -1.0, 1.0, -1.0):
            if not one.is_safe:
                self._nearby([one], (sign,))
        certain = True
        for sign in (1.0, -1.0):
            if not one.is_safe:
                certain = self._see(dict.fromkeys(one.ask.leaves, sign), one.ask.threshold).is_best and certain
        if not one.is_safe and not certain:
            raise OutOfWork

    def _about(self) -> None:
        """From world to world, each some way from the last, towards all that is not known to be safe yet."""
        idle = 0
        while idle < _IDLE and (unsafe := [one for one in self.known if not one.is_safe]):
            self._nearby(unsafe, (1.0, -1.0))
            idle = 0 if sum(one.is_safe for one in unsafe) else idle + 1

    def _nearby(self, wanted: Sequence[Known], signs: Sequence[float]) -> None:
        """Look among the worlds that differ from the one at hand in a few hundred leaves only."""
        weights: dict[int, float] = {}
        for one in self.chance.sample(wanted, min(len(wanted), _AIMS)):
            weight = self.chance.choice(signs)
            for leaf in one.ask.leaves:
                weights[leaf] = weights.get(leaf, 0.0) + weight
        there = [leaf for leaf, people in enumerate(self.world) if people]
        free = set(self.chance.sample(sorted(weights), min(len(weights), _FREE)))
        free.update(self.chance.sample(there, min(len(there), _FREE)))
        free.update(self.chance.sample(range(len(self.world)), min(len(self.world), _FREE)))
        try:
            found = self.problem.near(self.world, sorted(free), weights, self.budget)
        except (OutOfWork, NotSolved, Impossible):  # from a world that fits there is always a way: it tells nothing
            self.budget.seconds()
            return
        self.world = found.values
        self._see_around()
