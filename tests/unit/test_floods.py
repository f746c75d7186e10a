"""Which hours brought far more than usual."""

from datetime import UTC, datetime

import pytest

from engage.rules.floods import strange

HOUR = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "weeks", "is_strange"),
    [
        (9, [], False),
        (10, [], True),
        (10, [0] * 8, True),
        (12, [12] * 8, False),
        (13, [12] * 8, True),
        (30, [0, 0, 0, 0, 0, 900, 900, 900], True),
    ],
)
def test_an_hour_is_strange_from_ten_on_and_above_a_usual_week(count: int, weeks: list[int], is_strange: bool) -> None:
    assert (HOUR in strange({HOUR: count}, weeks)) == is_strange
