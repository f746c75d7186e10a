"""Minutes on duty: they stand still at night, and days on which the clocks change are as long as they are (F10)."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.rules.deadlines import Hours

OFFICE = Hours(frozenset({1, 2, 3, 4, 5}), time(9), time(17))
ALWAYS = Hours(frozenset(range(1, 8)), time(0), time(0), on_bank_holidays=True)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-24 16:50", 15, "2026-11-25 09:05"),  # ten to five on a Tuesday: five minutes are left for Wednesday
        ("2026-11-27 18:00", 60, "2026-11-30 10:00"),  # after hours on a Friday: Monday
        ("2026-12-24 16:00", 120, "2026-12-29 10:00"),  # Christmas Day, a weekend, Boxing Day's substitute
        ("2026-03-27 16:30", 60, "2026-03-30 08:30"),  # the clocks go forward: nine in London is eight
        ("2026-10-23 15:30", 60, "2026-10-26 09:30"),  # and back
        ("2028-02-28 16:30", 60, "2028-02-29 09:30"),  # leap day
        ("2026-11-24 10:00", 0, "2026-11-24 10:00"),
    ],
)
def test_c7_f10_a_clock_counts_minutes_on_duty(start: str, minutes: int, due: str) -> None:
    assert OFFICE.after(at(start), minutes) == at(due)


@pytest.mark.parametrize(
    ("start", "end"), [("2026-03-28 12:00", "2026-03-29 12:00"), ("2026-10-24 12:00", "2026-10-25 12:00")]
)
def test_f10_day_and_night_is_the_wall_clock_even_when_clocks_change(start: str, end: str) -> None:
    assert ALWAYS.passed(at(start), at(end)) == 24 * 60
    assert ALWAYS.after(at(start), 24 * 60) == at(end)


def test_f10_a_clock_that_jumped_back_has_passed_nothing() -> None:
    assert OFFICE.passed(at("2026-11-24 12:00"), at("2026-11-24 11:00")) == 0


INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1)).map(lambda each: each.replace(tzinfo=UTC))
HOURS = st.builds(
    Hours,
    st.frozensets(st.integers(1, 7), min_size=1),
    st.times(time(0), time(11)).map(lambda each: each.replace(second=0, microsecond=0)),
    st.times(time(12), time(23, 59)).map(lambda each: each.replace(second=0, microsecond=0)),
    st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(HOURS, INSTANTS, st.integers(1, 5000))
def test_what_is_due_after_some_minutes_is_due_when_they_have_passed(
    hours: Hours, start: datetime, minutes: int
) -> None:
    due = hours.after(start, minutes)
    assert hours.passed(start, due) == minutes
    assert hours.passed(start, due - timedelta(seconds=1)) < minutes
    assert hours.next_open(start) >= start
    assert hours.is_open(hours.next_open(start))


@pytest.mark.parametrize(("days", "opens", "closes"), [((), 9, 17), ((8,), 9, 17), ((1,), 17, 9), ((1,), 9, 9)])
def test_hours_in_which_nobody_is_ever_there_are_refused(days: tuple[int, ...], opens: int, closes: int) -> None:
    with pytest.raises(ValueError, match=r"day"):
        Hours(frozenset(days), time(opens), time(closes))
