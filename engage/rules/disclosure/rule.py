"""The numbers a release is held to, and what one published number says about the true one."""

from dataclasses import dataclass
from typing import Literal

FLOOR = 5  # no threshold may be set lower; a cell of 1 to 4 is what an attacker looks for

Audience = Literal["children", "families", "staff"]
THRESHOLDS: dict[Audience, int] = {"children": 10, "families": 10, "staff": 11}

Interval = tuple[int, int]


@dataclass(frozen=True)
class Rule:
    """threshold: fewest people a number may stand for. rounding: published counts are multiples of it (people).

    max_filters: how many filters a table may carry at once. Sources: ONS 10-5 rule (suppress under 10, round to 5);
    the staff threshold of 11 is the NHS staff survey's. A rounding of 1 is for a restricted release only.
    """

    threshold: int = THRESHOLDS["children"]
    rounding: int = 5
    max_filters: int = 2

    def __post_init__(self) -> None:
        if self.threshold < FLOOR:
            raise ValueError(f"threshold {self.threshold} is below {FLOOR}, the lowest that protects anybody")
        if self.rounding < 1:
            raise ValueError("rounding must be at least 1")
        if not 0 <= self.max_filters <= 2:
            raise ValueError("max_filters must be 0, 1 or 2: with three a small place is laid open")

    @classmethod
    def for_audience(cls, audience: Audience) -> "Rule":
        return cls(threshold=THRESHOLDS[audience])

    def rounded(self, count: int) -> int:
        """`count` to the nearest multiple of `rounding` (halves go up)."""
        return (count + self.rounding // 2) // self.rounding * self.rounding

    def gated(self, count: int) -> int | None:
        """What may be seen of a lone count: None under the threshold (zero included), else rounded."""
        return None if count < self.threshold else self.rounded(count)

    def reading(self, published: int) -> Interval:
        """The true counts (lowest, highest) that a published number can stand for."""
        lowest = published - self.rounding // 2
        return max(lowest, self.threshold), lowest + self.rounding - 1


def remainder(rule: Rule, total: int, parts: list[int]) -> Interval:
    """What published `total` minus published `parts` says about the rest: (lowest, highest), never below nobody."""
    low, high = rule.reading(total)
    for part in parts:
        part_low, part_high = rule.reading(part)
        low, high = low - part_high, high - part_low
    return max(low, 0), max(high, 0)


def gives_away(rule: Rule, interval: Interval) -> bool:
    """True when the interval proves a cell of 1 to 4, or pins a number under the threshold exactly (zero too)."""
    low, high = interval
    pinned = low == high < rule.threshold
    return pinned or (low >= 1 and high < FLOOR)


def hides_well(interval: Interval) -> bool:
    """True when a hidden cell could still be anything from nobody to at least five people."""
    low, high = interval
    return low == 0 and high >= FLOOR
