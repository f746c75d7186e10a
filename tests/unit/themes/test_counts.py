"""D1, D5: numbers of themes are frozen and move by whole groups; quotes need a large and mixed group."""

from datetime import date

import pytest

from engage.rules.themes import Group, group_of, may_recount, may_show_quote, rule_for
from engage.rules.themes.groups import audiences_of, known_audiences

MAY, JUNE = date(2026, 5, 12), date(2026, 6, 1)
CHILDREN = rule_for(Group.CHILDREN)


@pytest.mark.parametrize(
    ("people", "counted", "today", "allowed"),
    [
        (9, None, MAY, False),
        (10, None, MAY, True),
        (60, 31, MAY, False),
        (40, 31, JUNE, False),
        (41, 31, JUNE, True),
        (21, 31, JUNE, True),
        (22, 31, JUNE, False),
        (0, 12, JUNE, True),
    ],
)
def test_d1_a_theme_is_counted_again_by_whole_groups_on_the_day(
    people: int, counted: int | None, today: date, allowed: bool
) -> None:
    decided = may_recount(CHILDREN, people=people, counted=counted, counted_on=MAY, today=today, fixed_day=1)
    assert decided is allowed


@pytest.mark.parametrize(
    ("people", "themes", "why"), [(None, 9, "too_few"), (5, 9, "too_few"), (10, 2, "too_few_themes"), (10, 3, None)]
)
def test_d5_a_quote_needs_ten_people_and_three_themes(people: int | None, themes: int, why: str | None) -> None:
    assert may_show_quote(CHILDREN, people=people, themes=themes) == why


def test_groups_are_those_of_the_audiences() -> None:
    assert [group_of(name) for name in ("children", "young", "parents", "practitioners", "anyone", "x")] == [
        Group.CHILDREN, Group.CHILDREN, Group.FAMILIES, Group.STAFF, Group.ANYONE, Group.ANYONE,
    ]  # fmt: skip
    assert [rule_for(group).threshold for group in Group] == [10, 10, 11, 11]
    assert audiences_of(Group.ANYONE) is None
    assert {name for group in Group for name in audiences_of(group) or ()} == known_audiences()
