"""The invented answers: the same every time, over a year, uneven as answers are."""

from datetime import UTC, datetime
from statistics import mean

import pytest
import time_machine

from engage.core import clock
from engage.desk.demo.answers import WEEKS, rows
from engage.desk.demo.audiences import audiences
from engage.desk.demo.chance import Chance, Words, wordings
from engage.rules.questionnaire.import_rows import ImportedRow
from tests.factories.surveys import ready_made

ANY_DAY = [datetime(2026, 8, 29, 12, tzinfo=UTC), datetime(2027, 1, 3, 12, tzinfo=UTC)]


def answered(survey: str) -> list[ImportedRow]:
    audience = next(one for one in audiences() if one.survey == survey)
    return rows(ready_made(survey), audience.count, audience.person, audience.said())


def middle(given: list[ImportedRow], question: str) -> float:
    values = [row.answers[question].get("value", "") for row in given if question in row.answers]
    return mean(int(value) for value in values if value.isdigit())


@pytest.mark.parametrize("day", ANY_DAY, ids=["summer holidays", "new year"])
def test_n3_a_year_of_weeks_and_always_somebody_lately(day: datetime) -> None:
    with time_machine.travel(day, tick=False):
        given = answered("your-voice")
        weeks = {row.week for row in given}
        assert weeks <= {clock.iso_week(clock.in_days(-7 * ago)) for ago in range(WEEKS)}
        assert len(weeks) > 45
        assert sum(row.week == clock.iso_week() for row in given) > 5
        assert [dict(row.answers) for row in answered("your-voice")] == [dict(row.answers) for row in given]


def test_answers_are_uneven_as_answers_are() -> None:
    children, parents = answered("your-voice"), answered("parents-carers")
    assert middle(children, "safe_home") > middle(children, "safe_school") + 0.3
    older = [row for row in children if row.answers["age"].get("value") == "14-15"]
    younger = [row for row in children if row.answers["age"].get("value") == "8-10"]
    assert middle(younger, "safe_school") > middle(older, "safe_school") + 0.3
    clinic = [row for row in parents if "mental-health" in row.answers["helpers"].get("values", [])]
    others = [row for row in parents if row not in clinic]
    assert middle(others, "help_good") > middle(clinic, "help_good") + 0.3


def test_each_wording_is_used_once() -> None:
    assert wordings("a {b|c} d {e|f}") == ["a b d e", "a b d f", "a c d e", "a c d f"]
    words = Words({"bus": ["{late|full} bus", "no bus"], "plain": ["idk"]}, Chance("bus"))
    assert {words.draw("bus") for _ in range(3)} == {"late bus", "full bus", "no bus"}
    assert words.draw("bus") == ""
    assert {words.draw("plain") for _ in range(9)} == {"idk"}
