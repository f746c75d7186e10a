"""Working days of England: Christmas, Easter, substitute days, leap days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.rules.deadlines import (
    add_months,
    add_working_days,
    first_day_of_iso_week,
    is_provisional,
    is_working_day,
    working_days_between,
)

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("start", "working_days", "due"),
    [
        (date(2026, 11, 16), 10, date(2026, 11, 30)),  # two plain weeks
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday: the day after receipt is Monday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # received on a Saturday
        (date(2026, 12, 23), 1, date(2026, 12, 24)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day is a Saturday, its substitute Monday 28th
        (date(2026, 12, 23), 10, date(2027, 1, 11)),
        (date(2027, 12, 24), 1, date(2027, 12, 29)),  # both days of Christmas on a weekend: 27th and 28th instead
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Good Friday and Easter Monday
        (date(2026, 4, 1), 10, date(2026, 4, 17)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),  # a leap day is worked
        (date(2028, 2, 25), 3, date(2028, 3, 1)),
        (date(2027, 12, 31), 1, date(2028, 1, 4)),  # New Year's Day on a Saturday
        (date(2026, 3, 27), 1, date(2026, 3, 30)),  # clocks go forward in between
        (date(2026, 12, 25), 0, date(2026, 12, 25)),
    ],
)
def test_add_working_days(start: date, working_days: int, due: date) -> None:
    """F10 in part."""
    assert add_working_days(start, working_days) == due


def test_a_closure_is_not_worked() -> None:
    closure = {date(2026, 11, 17)}
    assert add_working_days(date(2026, 11, 16), 1, closure) == date(2026, 11, 18)


def test_scotlands_holiday_is_a_working_day_in_england() -> None:
    assert is_working_day(date(2026, 11, 30))
    assert is_working_day(date(2026, 8, 3))


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 15), 6, date(2027, 6, 15)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_add_months(start: date, months: int, due: date) -> None:
    assert add_months(start, months) == due


def test_beyond_the_published_years_is_provisional() -> None:
    assert not is_provisional(date(2028, 12, 29))
    assert is_provisional(date(2029, 1, 2))


@given(start=DAYS, working_days=st.integers(0, 70))
def test_counting_forward_and_counting_between_agree(start: date, working_days: int) -> None:
    due = add_working_days(start, working_days)
    assert working_days_between(start, due) == working_days
    assert working_days_between(due, start) == -working_days
    assert working_days == 0 or is_working_day(due)
    assert due - start <= timedelta(days=2 * working_days + 5)


def test_first_day_of_iso_week() -> None:
    assert first_day_of_iso_week("2026-W47") == date(2026, 11, 16)
    assert first_day_of_iso_week("2026-W01") == date(2025, 12, 29)
    assert first_day_of_iso_week("2026-W53") == date(2026, 12, 28)


@pytest.mark.parametrize("week", ["2025-W53", "2026-W00", "2026W47", "2026-W7", "", "2026-Wxx"])
def test_a_week_that_does_not_exist_is_refused(week: str) -> None:
    with pytest.raises(ValueError, match=r"week|invalid"):
        first_day_of_iso_week(week)


@given(day=DAYS)
def test_every_day_lies_in_the_week_that_names_it(day: date) -> None:
    year, week, _ = day.isocalendar()
    assert timedelta(0) <= day - first_day_of_iso_week(f"{year}-W{week:02}") <= timedelta(days=6)
