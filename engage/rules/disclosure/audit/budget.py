"""How much work an audit may be: counted, so that the same numbers get the same verdict on every machine."""

from collections.abc import Callable
from dataclasses import dataclass

WORK = 24_000_000
"""What all audits of one release may cost together: about half a minute of solving on one ordinary core of 2020."""
SECONDS = 60.0
"""The outermost stop, whatever is left of the work (SAFETY D2); whoever meets it is told so."""
NODES, NODES_NEARBY = 400, 40
"""Branches the solver may look at for one sum, and for one world near another."""
_A_SOLVE = 500


class Unfinished(Exception):
    """Not everything was looked at. `by_clock`: because the seconds were over, not the work."""

    by_clock = False


class OutOfWork(Unfinished):
    """The work that an audit may be is done."""


class OutOfTime(Unfinished):
    """The seconds are over."""

    by_clock = True


class NotSolved(Unfinished):
    """The solver failed, or gave numbers that are no answer: of what was asked nothing is known."""


@dataclass
class Budget:
    """work: what may still be spent. clock: seconds, monotonic; end: on the same clock, the outermost stop."""

    work: int
    clock: Callable[[], float]
    end: float

    @classmethod
    def of(cls, clock: Callable[[], float], *, work: int = WORK, seconds: float = SECONDS) -> "Budget":
        """A whole budget that begins now."""
        return cls(work, clock, clock() + seconds)

    def seconds(self) -> float:
        """What is left on the clock. Raises OutOfWork or OutOfTime when nothing of either is."""
        if self.work <= 0:
            raise OutOfWork
        left = self.end - self.clock()
        if left <= 0:
            raise OutOfTime
        return left

    def spend(self, size: int, nodes: int) -> None:
        """Count one solve: `size` numbers in its matrix, `nodes` branches looked at."""
        self.work -= _A_SOLVE + size * (nodes + 1)

    def half(self) -> "Budget":
        """Half of what is left, taken out of it; `put_back` what stays over."""
        now = self.clock()
        part = Budget(self.work // 2, self.clock, now + (self.end - now) / 2)
        self.work -= part.work
        return part

    def put_back(self, part: "Budget") -> None:
        """What a half did not use (or used too much)."""
        self.work += part.work
