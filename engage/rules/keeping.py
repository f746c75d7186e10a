"""How long something is kept: from a period in months to the day and the ISO week before which it is old.

Local dates (Europe/London): the hour of a clock change plays no part, and a year with a leap day is a year.
"""

from dataclasses import dataclass
from datetime import date

from engage.rules.deadlines.calendar import add_months

SHORTEST, LONGEST = 1, 360
"""Months that a period may have."""


@dataclass(frozen=True)
class Cutoff:
    """What ended before `day` is old; of what is known by its week only, all of an earlier week than `week` is."""

    day: date
    week: str


def cutoff(today: date, months: int) -> Cutoff:
    """What is older than `months` months on `today`. ValueError for a period that cannot be."""
    if not SHORTEST <= months <= LONGEST:
        raise ValueError(f"a period has {SHORTEST} to {LONGEST} months")
    day = add_months(today, -months)
    year, week, _ = day.isocalendar()
    return Cutoff(day, f"{year}-W{week:02d}")


def birthday(born: date, age: int) -> date:
    """The day somebody reaches an age: who was born on 29 February does so on 1 March of a year without that day.

    Family Law Reform Act 1969, section 9: at the commencement of the relevant anniversary of the date of birth.
    """
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def shown(count: int, least: int = 10, step: int = 5) -> int | None:
    """A count as a list before deleting may show it: None below `least`, else to the nearest `step`."""
    return None if count < least else step * round(count / step)
