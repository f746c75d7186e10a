"""Bands: what is written as a number or a date is kept and counted only as the band it falls into."""

import unicodedata
from collections.abc import Sequence
from typing import TypeVar

from engage.rules.marking import worded
from engage.rules.questionnaire.kinds.base import Option, Problem
from engage.rules.questionnaire.texts import Text

MOST = 20
Bound = TypeVar("Bound", int, str)


def figures(text: str) -> str:
    """The text with the digits of any script as 0 to 9, and no space around it."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text.strip())


def band(lowest: str, highest: str) -> Option:
    """Everything from `lowest` to `highest`, both included, as an option in figures, which need no translation."""
    ends = [lowest] if lowest == highest else [lowest, highest]
    return Option(id="-".join(ends).replace(".", "_"), text=Text.english("\N{EN DASH}".join(ends)))


def bound_problems(bounds: Sequence[Bound], lowest: Bound, highest: Bound) -> tuple[Problem, ...]:
    """What is wrong with the beginnings of bands: they must rise, and lie between `lowest` and `highest`."""
    if list(bounds) != sorted(set(bounds)):
        return (Problem(("bands",), worded("does not rise"), worded("write where each band begins, the lowest first")),)
    if bounds and not (lowest <= bounds[0] and bounds[-1] <= highest):
        return (
            Problem(
                ("bands",),
                worded("leaves {lowest} to {highest}", lowest=lowest, highest=highest),
                worded("write where each band begins, between the two"),
            ),
        )
    if len(bounds) > MOST:
        return (Problem(("bands",), worded("has too many"), worded("write at most {most}", most=MOST)),)
    return ()
