"""P1: consent of children is no ground below the age that the law names, and that age has a day."""

from datetime import date

import pytest

from engage.rules.questionnaire.checks import Facts, check, musts
from engage.rules.questionnaire.checks.consent import age_on
from tests.unit.questionnaire.samples import option, sample

TODAY = Facts(today=date(2026, 11, 24))
ASK: dict[str, object] = {"id": "ask", "kind": "single", "options": [option("yes"), option("no")]}
AGES = ((date(2018, 5, 25), 13), (date(2027, 4, 1), 16))


@pytest.mark.parametrize(
    ("changes", "is_found"),
    [
        ({"age_min": 12}, True),
        ({"age_min": 13}, False),
        ({"age_min": None}, True),
        ({"age_min": 12, "lawful_basis": "public_task"}, False),
        ({"age_min": None, "audience": "parents"}, False),
    ],
)
def test_p1_consent_of_younger_children_needs_a_parent(changes: dict[str, object], *, is_found: bool) -> None:
    """Whose youngest age nobody said is taken for the youngest."""
    found = musts(check(sample(ASK, **{"lawful_basis": "consent", **changes}), TODAY))
    assert ([one.code for one in found] == ["needs_a_parent"]) is is_found
    assert all("under 13" in one.message for one in found)


@pytest.mark.parametrize(("day", "age"), [((2018, 1, 1), 13), ((2027, 3, 31), 13), ((2027, 4, 1), 16), (None, 16)])
def test_p1_another_age_counts_from_its_day(day: tuple[int, int, int] | None, age: int) -> None:
    assert age_on(date(*day) if day else None, AGES) == age
