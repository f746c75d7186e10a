"""Working days of England. Dates are local dates (Europe/London), so the hour of a clock change plays no part."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

LAST_PUBLISHED_YEAR = (
    2028  # GOV.UK publishes bank holidays up to here; later ones follow from the rules, proclamations aside
)

_DAY = timedelta(days=1)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """England's bank holidays of a year, substitute days included (in 2027 Boxing Day's is 28 December)."""
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date, closures: Collection[date] = ()) -> bool:
    """No Saturday, Sunday, bank holiday, Good Friday, Christmas or Boxing Day (SI 2006/1738 reg 2), nor a closure."""
    return day.weekday() < 5 and day not in bank_holidays(day.year) and day not in closures


def add_working_days(start: date, working_days: int, closures: Collection[date] = ()) -> date:
    """The last of so many working days after `start`: the day after it is day 1. Zero gives `start` itself."""
    if working_days < 0:
        raise ValueError("working_days must not be negative")
    day = start
    for _ in range(working_days):
        day += _DAY
        while not is_working_day(day, closures):
            day += _DAY
    return day


def working_days_between(start: date, end: date, closures: Collection[date] = ()) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies before `start`."""
    if end < start:
        return -working_days_between(end, start, closures)
    span = (start + _DAY * offset for offset in range(1, (end - start).days + 1))
    return sum(is_working_day(day, closures) for day in span)


def add_months(start: date, months: int) -> date:
    """The same day of a later month, or that month's last day when it has no such day."""
    years, month = divmod(start.month - 1 + months, 12)
    first = date(start.year + years, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + _DAY * (start.day - 1), following - _DAY)


def is_provisional(day: date) -> bool:
    """True beyond the last year whose bank holidays have been published."""
    return day.year > LAST_PUBLISHED_YEAR


def first_day_of_iso_week(week: str) -> date:
    """The Monday of an ISO week written like "2026-W47". ValueError when there is no such week."""
    year, mark, number = week.partition("-W")
    if not mark or len(number) != 2:
        raise ValueError(f"{week!r} is not an ISO week like 2026-W47")
    return date.fromisocalendar(int(year), int(number), 1)
