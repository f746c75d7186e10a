"""The worlds next to one that fits: one person more, fewer, or elsewhere. Each is held to every row.

It only saves solving: most hidden sums differ in some neighbour, and those need not be asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engage.rules.disclosure.audit.solver import Row, tools

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_MOST = 20_000_000
_NO_LIMIT = 2**40
_MOVED = 150
_QUICKER = 1_000  # so much more of its numbers are looked at in the time of one that the solver looks at


@dataclass
class Neighbours:
    """size: how many unknowns. rows: what every world is held to. sums: those wanted, as unknowns by number."""

    size: int
    rows: Sequence[Row]
    sums: Sequence[tuple[int, ...]]

    def __post_init__(self) -> None:
        numpy, _, _ = tools()
        # One line more, all nothing: of a person who comes from, or goes, nowhere.
        self._effect = numpy.zeros((self.size + 1, len(self.rows)), numpy.int32)
        for number, row in enumerate(self.rows):
            self._effect[list(row.plus), number] += 1
            self._effect[list(row.minus), number] -= 1
        self._into = numpy.zeros((self.size + 1, len(self.sums)), numpy.int32)
        for number, leaves in enumerate(self.sums):
            self._into[list(leaves), number] = 1
        self._low = numpy.array([row.low for row in self.rows], numpy.int64)
        self._high = numpy.array([_NO_LIMIT if row.high is None else row.high for row in self.rows], numpy.int64)

    @staticmethod
    def are_few(unknowns: int, rows: int, sums: int) -> bool:
        """Whether looking at all of them is quick."""
        return unknowns * (rows + sums) <= _MOST

    @property
    def cost(self) -> int:
        """What looking at all of them is worth in units of a `Budget`."""
        return min(self.size, _MOVED) * self.size * (len(self.rows) + len(self.sums)) // _QUICKER

    def of(self, world: Sequence[int]) -> tuple[list[int], list[int]]:
        """The lowest and the highest each sum is in this world and those next to it."""
        numpy, _, _ = tools()
        now = numpy.array(world, numpy.int64)
        held, seen = now @ self._effect[:-1], now @ self._into[:-1]
        lowest, highest = seen.copy(), seen.copy()
        there = now.nonzero()[0]
        for left in [self.size, *there[:: max(1, len(there) // _MOVED)]]:
            after: Numbers = held - self._effect[left] + self._effect
            fits = ((after >= self._low) & (after <= self._high)).all(axis=1)
            if fits.any():
                into = self._into[fits]
                lowest = numpy.minimum(lowest, seen - self._into[left] + into.min(axis=0))
                highest = numpy.maximum(highest, seen - self._into[left] + into.max(axis=0))
        return [int(one) for one in lowest], [int(one) for one in highest]
