"""How many of a known group were heard: no small rest shows, and what is hidden stays hidden."""

import pytest

from engage.rules.disclosure import Cell, Rule, Table
from engage.rules.disclosure.reach import is_at_ceiling, reach

RULE = Rule()


@pytest.mark.parametrize(
    ("heard", "known", "percent", "say"),
    [
        (None, 400, None, "hidden"),
        (80, 640, 12, "percent"),
        (15, 200, None, "some"),
        (15, 28, None, "most"),
        (40, 51, None, "nearly_all"),  # 42 may have answered, so that 9 have not
        (40, 52, 77, "percent"),
        (40, 40, None, "nearly_all"),
        (40, 38, None, "nearly_all"),
        (40, 37, None, "more_than_known"),
    ],
)
def test_d4_those_not_heard_are_a_group_too(heard: int | None, known: int, percent: int | None, say: str) -> None:
    found = reach(heard, known, RULE)
    assert (found.percent, found.say) == (percent, say)


def test_d4_no_rest_under_the_threshold_ever_gets_a_percentage() -> None:
    """Over every true count and known total: a percentage is only said while ten or more may be missing."""
    for true in range(61):
        for known in range(true, 90):
            found = reach(RULE.gated(true), known, RULE)
            assert found.percent is None or known - true >= RULE.threshold
            assert found.percent is None or true >= RULE.threshold


@pytest.mark.parametrize(
    ("top", "base", "is_high"), [(85, 100, True), (80, 100, False), (None, 100, False), (15, 15, False)]
)
def test_a_scale_is_at_its_ceiling_over_four_in_five_by_published_shares(
    top: int | None, base: int, *, is_high: bool
) -> None:
    table = Table("happy", False, (), (Cell("1", None), Cell("2", 15), Cell("3", top)), base)
    assert is_at_ceiling(table, "3", RULE) is is_high
