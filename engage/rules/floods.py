"""Which hours brought far more than usual: it puts in order what came, so that a flood drowns nobody; it drops none."""

from collections.abc import Hashable, Mapping, Sequence
from statistics import median_low
from typing import TypeVar

Hour = TypeVar("Hour", bound=Hashable)
FEWEST = 10


def strange(by_hour: Mapping[Hour, int], by_week: Sequence[int]) -> frozenset[Hour]:
    """The hours that brought at least ten, and more than a usual week does.

    `by_week`: how many came in each of the last weeks, those without any too; the usual one is the median.
    """
    usual = median_low(by_week) if by_week else 0
    return frozenset(hour for hour, count in by_hour.items() if count >= FEWEST and count > usual)
