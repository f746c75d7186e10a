"""When results may be frozen, and when words may be quoted. Nothing is ever counted live."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

from engage.rules.disclosure.rule import Rule

Verdict = Literal["allowed", "too_few", "before_day", "too_few_new"]


@dataclass(frozen=True)
class Decision:
    """`reason` is a code that carries no number: a refusal must not count answers for whoever asks."""

    reason: Verdict

    @property
    def allowed(self) -> bool:
        return self.reason == "allowed"


def next_release_day(previous: date, day_of_month: int) -> date:
    """The first fixed day after `previous`; a day the month does not have becomes its last."""
    if not 1 <= day_of_month <= 31:
        raise ValueError("day_of_month must be 1 to 31")
    this_month = _in_month(previous.year, previous.month, day_of_month)
    if this_month > previous:
        return this_month
    years, month = divmod(previous.month, 12)
    return _in_month(previous.year + years, month + 1, day_of_month)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def may_release(
    rule: Rule,
    *,
    base: int,
    closed: bool,
    today: date,
    released_base: int | None = None,
    fixed_day: date | None = None,
) -> Decision:
    """May results be frozen now?

    base: answers there are. released_base: answers in the latest release, None before the first. fixed_day: from
    `next_release_day` of the latest release. The day is looked at before the answers, so that asking early tells
    nothing about how many came.
    """
    if closed:
        return Decision("allowed")
    if released_base is None:
        return Decision("allowed") if base >= rule.threshold else Decision("too_few")
    if fixed_day is None or today < fixed_day:
        return Decision("before_day")
    if base - released_base < rule.threshold:
        return Decision("too_few_new")
    return Decision("allowed")


def quote_allowed(group_size: int, threshold: int) -> bool:
    """May a person's words stand beside this group's name? Only when the group is as large as a count would need."""
    return group_size >= threshold
