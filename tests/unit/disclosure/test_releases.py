"""When results may be frozen."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.rules.disclosure import Rule, may_release, next_release_day

CHILDREN = Rule.for_audience("children")
STAFF = Rule.for_audience("staff")
DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("previous", "day", "expected"),
    [
        (date(2026, 1, 15), 1, date(2026, 2, 1)),
        (date(2026, 1, 15), 20, date(2026, 1, 20)),
        (date(2026, 1, 20), 20, date(2026, 2, 20)),
        (date(2026, 12, 31), 31, date(2027, 1, 31)),
        (date(2026, 1, 31), 31, date(2026, 2, 28)),
        (date(2028, 1, 31), 30, date(2028, 2, 29)),
    ],
)
def test_next_release_day(previous: date, day: int, expected: date) -> None:
    assert next_release_day(previous, day) == expected


@given(previous=st.dates(date(2000, 1, 1), date(2090, 1, 1)), day=st.integers(1, 31))
def test_next_release_day_is_always_later_and_within_a_month(previous: date, day: int) -> None:
    assert timedelta(0) < next_release_day(previous, day) - previous <= timedelta(days=31 + 3)


@pytest.mark.parametrize(
    ("rule", "base", "released", "closed", "today", "verdict"),
    [
        (CHILDREN, 9, None, False, DAY, "too_few"),
        (CHILDREN, 10, None, False, DAY, "allowed"),
        (CHILDREN, 9, None, True, DAY, "allowed"),
        (CHILDREN, 22, 12, False, DAY, "allowed"),
        (CHILDREN, 21, 12, False, DAY, "too_few_new"),
        (CHILDREN, 90, 12, False, DAY - timedelta(days=1), "before_day"),
        (CHILDREN, 13, 12, False, DAY - timedelta(days=1), "before_day"),
        (CHILDREN, 13, 12, True, DAY - timedelta(days=1), "allowed"),
        (STAFF, 22, 12, False, DAY, "too_few_new"),
        (STAFF, 23, 12, False, DAY, "allowed"),
    ],
)
def test_list_4_a_late_answer_brings_no_new_release(
    rule: Rule, base: int, released: int | None, closed: bool, today: date, verdict: str
) -> None:
    """Wave one out at 12, one more answer comes: nothing new until enough and the day came, or it is closed."""
    decision = may_release(
        rule, base=base, closed=closed, today=today, released_base=released, fixed_day=DAY if released else None
    )
    assert decision.reason == verdict
    assert decision.allowed is (verdict == "allowed")


def test_a_refusal_carries_no_number() -> None:
    few = may_release(CHILDREN, base=13, closed=False, today=DAY, released_base=12, fixed_day=DAY)
    nearly = may_release(CHILDREN, base=21, closed=False, today=DAY, released_base=12, fixed_day=DAY)
    assert few == nearly
