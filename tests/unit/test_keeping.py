"""P6: how long something is kept, over leap days, clock changes and birthdays."""

from datetime import UTC, date, datetime

import pytest

from engage.core import clock
from engage.rules.keeping import LONGEST, Cutoff, birthday, cutoff, shown


@pytest.mark.parametrize(
    ("today", "months", "day", "week"),
    [
        (date(2028, 2, 29), 12, date(2027, 2, 28), "2027-W08"),
        (date(2028, 2, 29), 48, date(2024, 2, 29), "2024-W09"),
        (date(2027, 3, 31), 1, date(2027, 2, 28), "2027-W08"),
        (date(2027, 1, 1), 24, date(2025, 1, 1), "2025-W01"),
        (date(2026, 12, 31), 72, date(2020, 12, 31), "2020-W53"),
    ],
)
def test_p6_a_period_ends_on_the_same_day_of_its_month(today: date, months: int, day: date, week: str) -> None:
    assert cutoff(today, months) == Cutoff(day, week)


@pytest.mark.parametrize("months", [0, -1, LONGEST + 1])
def test_p6_a_period_that_cannot_be_is_refused(months: int) -> None:
    with pytest.raises(ValueError, match="months"):
        cutoff(date(2027, 1, 1), months)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), date(2025, 3, 28)),
        (datetime(2027, 3, 28, 23, 30, tzinfo=UTC), date(2025, 3, 29)),
        (datetime(2027, 10, 30, 23, 30, tzinfo=UTC), date(2025, 10, 31)),
        (datetime(2027, 10, 31, 23, 30, tzinfo=UTC), date(2025, 10, 31)),
    ],
)
def test_p6_days_are_those_of_london_when_the_clocks_change(
    instant: datetime, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: instant)
    assert cutoff(clock.today(), 24).day == day


@pytest.mark.parametrize(
    ("born", "age", "day"),
    [
        (date(2010, 6, 5), 18, date(2028, 6, 5)),
        (date(2008, 2, 29), 18, date(2026, 3, 1)),
        (date(2008, 2, 29), 24, date(2032, 2, 29)),
        (date(2003, 12, 31), 25, date(2028, 12, 31)),
    ],
)
def test_p6_a_child_turns_18_or_25_on_their_birthday(born: date, age: int, day: date) -> None:
    assert birthday(born, age) == day


@pytest.mark.parametrize(("count", "seen"), [(0, None), (9, None), (10, 10), (12, 10), (13, 15), (1002, 1000)])
def test_p6_small_numbers_stay_hidden_before_anything_is_deleted(count: int, seen: int | None) -> None:
    assert shown(count) == seen
