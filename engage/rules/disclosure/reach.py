"""How many of a group of known size were heard, from published numbers and nothing else."""

from dataclasses import dataclass
from typing import Literal

from engage.rules.disclosure.rule import Rule
from engage.rules.disclosure.tables import Table
from engage.rules.disclosure.words import PERCENT_BASE, share

CEILING = 80  # per cent in the top answer above which a scale tells nobody apart

Say = Literal["percent", "nearly_all", "most", "some", "hidden", "more_than_known"]


@dataclass(frozen=True)
class Reach:
    """`heard`: the published count; `percent`: whole per cent of `known`, None when it may not be said.

    `say` is how to put it: those not heard from are a group too, and are said of only as "nearly all" while they may be
    fewer than the threshold.
    """

    heard: int | None
    known: int
    percent: int | None
    say: Say


def reach(heard: int | None, known: int, rule: Rule) -> Reach:
    """A published count (None: hidden or nobody) beside the number of people there are, in people."""
    if heard is None:
        return Reach(None, known, None, "hidden")
    lowest, highest = rule.reading(heard)
    if lowest > known:
        return Reach(heard, known, None, "more_than_known")
    if known - highest < rule.threshold:
        return Reach(heard, known, None, "nearly_all")
    percent = round(100 * heard / known)
    if heard < PERCENT_BASE:
        return Reach(heard, known, None, "most" if percent > 50 else "some")
    return Reach(heard, known, percent, "percent")


def is_at_ceiling(table: Table, top: str, rule: Rule) -> bool:
    """Did more than `CEILING` per cent give the top answer, by the published share?"""
    percent = share(table, top, rule).percent
    return percent is not None and percent > CEILING
