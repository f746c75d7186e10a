"""Counts as recall with its lower bound, precision at a base rate, and what reading the flags costs."""

from collections.abc import Iterable
from dataclasses import dataclass

from scipy.stats import beta

CONFIDENCE = 0.95  # one-sided
BASE_RATE = 0.05  # of texts that tell of a worry
MINUTES_A_TEXT = 0.5
TEXTS_A_WEEK = 1000
GAP = 0.05
# The categories whose recall is never traded for anything (SAFETY 6.2, S2).
SERIOUS = (
    "suicide",
    "medical_danger",
    "threat_to_others",
    "sexual_abuse",
    "sexual_exploitation",
    "staff_allegation",
    "physical_abuse",
    "fgm_forced_marriage_honour",
    "trafficking",
    "domestic_abuse",
)

Row = dict[str, float | int | str]


@dataclass
class Count:
    """n: texts that had to be found. found: those that were."""

    n: int = 0
    found: int = 0

    def add(self, flagged: bool) -> None:
        self.n += 1
        self.found += flagged

    @property
    def share(self) -> float:
        return self.found / self.n if self.n else 0.0

    @property
    def lower(self) -> float:
        """Lower one-sided 95 % bound of the share (Clopper and Pearson 1934)."""
        return float(beta.ppf(1 - CONFIDENCE, self.found, self.n - self.found + 1)) if self.found else 0.0

    def row(self, name: str = "") -> Row:
        named: Row = {"name": name} if name else {}
        return named | {"n": self.n, "found": self.found, "recall": down(self.share), "lower": down(self.lower)}


def down(share: float) -> float:
    """A share with three digits, never made larger by rounding."""
    return int(share * 1000 + 1e-9) / 1000


def worst_first(counts: dict[str, Count]) -> list[Row]:
    """Rows by name, the lowest bound first."""
    return [count.row(name) for name, count in sorted(counts.items(), key=lambda pair: (pair[1].lower, pair[0]))]


def precision(recall: float, false_share: float) -> float:
    """The share of flags that are right when BASE_RATE of all texts tell of a worry."""
    right, wrong = BASE_RATE * recall, (1 - BASE_RATE) * false_share
    return right / (right + wrong) if right else 0.0


def gaps(rows: Iterable[Row], overall: float) -> list[Row]:
    """Those found less often than all are, by more than GAP (S8)."""
    return [row for row in rows if overall - float(row["recall"]) > GAP]
