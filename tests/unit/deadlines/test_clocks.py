"""Regimes as data, and what their clocks say."""

from datetime import date

import pytest

from engage.rules.deadlines import DATA_PROTECTION, Clock, Event, clocks, load_regimes, regimes_for, shipped_regimes

RECEIVED = date(2026, 11, 16)  # a Monday


def seen(regime: str, facts: dict[Event, date], today: date, extended: tuple[str, ...] = ()) -> dict[str, Clock]:
    return {clock.key: clock for clock in clocks(shipped_regimes()[regime], facts, today, extended=extended)}


@pytest.mark.parametrize(
    ("regime", "facts", "due"),
    [
        ("children-act-stage-1", {"received": RECEIVED}, {"reply": date(2026, 11, 30)}),
        ("lgsco-stage-1", {"received": RECEIVED}, {"acknowledge": date(2026, 11, 23)}),
        (
            "lgsco-stage-1",
            {"received": RECEIVED, "acknowledged": date(2026, 11, 18)},
            {"acknowledge": date(2026, 11, 23), "reply": date(2026, 12, 2)},
        ),
        (
            "nhs-social-care",
            {"received": RECEIVED},
            {"acknowledge": date(2026, 11, 19), "explain-delay": date(2027, 5, 16)},
        ),
        ("compliment", {"received": RECEIVED}, {"thank": date(2026, 11, 30)}),
        ("worry", {"received": RECEIVED}, {"first-read": date(2026, 11, 17)}),
        ("idea", {"received": RECEIVED}, {"acknowledge": date(2026, 11, 23), "answer": date(2026, 12, 14)}),
    ],
)
def test_when_each_step_is_due(regime: str, facts: dict[Event, date], due: dict[str, date]) -> None:
    """The timer rules: one regime counts from receipt, another from acknowledgement."""
    assert {key: clock.due for key, clock in seen(regime, facts, RECEIVED).items()} == due


@pytest.mark.parametrize(
    ("today", "state", "days_left"),
    [
        (RECEIVED, "running", 10),
        (date(2026, 11, 25), "running", 3),
        (date(2026, 11, 26), "due_soon", 2),
        (date(2026, 11, 30), "due_soon", 0),
        (date(2026, 12, 1), "late", -1),
        (date(2026, 12, 8), "late", -6),
    ],
)
def test_a_running_clock(today: date, state: str, days_left: int) -> None:
    clock = seen("children-act-stage-1", {"received": RECEIVED}, today)["reply"]
    assert (clock.state, clock.days_left, clock.latest) == (state, days_left, date(2026, 12, 14))


@pytest.mark.parametrize(
    ("replied", "state", "days_left"),
    [(date(2026, 11, 25), "met", 3), (date(2026, 11, 30), "met", 0), (date(2026, 12, 1), "met_late", -1)],
)
def test_a_stopped_clock_does_not_move_any_more(replied: date, state: str, days_left: int) -> None:
    facts: dict[Event, date] = {"received": RECEIVED, "replied": replied}
    for today in (replied, date(2027, 6, 1)):
        clock = seen("children-act-stage-1", facts, today)["reply"]
        assert (clock.state, clock.days_left) == (state, days_left)


def test_an_agreed_extension_moves_the_due_day_to_the_hard_stop() -> None:
    clock = seen("children-act-stage-1", {"received": RECEIVED}, date(2026, 12, 8), ("reply",))["reply"]
    assert (clock.due, clock.latest, clock.state) == (date(2026, 12, 14), date(2026, 12, 14), "running")


def test_a_worry_is_due_soon_only_on_the_day_it_is_due() -> None:
    assert [seen("worry", {"received": RECEIVED}, date(2026, 11, day))["first-read"].state for day in (16, 17, 18)] == [
        "running",
        "due_soon",
        "late",
    ]


@pytest.mark.parametrize(
    ("day", "state", "days_left"),
    [(16, "running", 1), (17, "due_soon", 0), (19, "due_soon", 0), (23, "due_soon", 0), (24, "late", -5)],
)
def test_n3_what_is_known_to_the_week_only_is_never_late_on_the_day_it_came(
    day: int, state: str, days_left: int
) -> None:
    """Told without a name in the week of the 16th: to be read by the 17th, and late only after the 23rd."""
    spans: dict[Event, date] = {"received": date(2026, 11, 22)}
    (clock,) = clocks(shipped_regimes()["worry"], {"received": RECEIVED}, date(2026, 11, day), at_latest=spans)
    assert (clock.state, clock.days_left, clock.due) == (state, days_left, date(2026, 11, 17))


@pytest.mark.parametrize(
    ("received", "day", "due", "state"),
    [
        (date(2026, 6, 19), date(2026, 7, 19), date(2026, 7, 19), "due_soon"),
        (date(2026, 6, 19), date(2026, 7, 20), date(2026, 7, 19), "late"),
        (date(2028, 2, 1), date(2028, 2, 10), date(2028, 3, 2), "running"),
        (date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 31), "running"),
        (date(2026, 12, 20), date(2027, 1, 4), date(2027, 1, 19), "running"),
    ],
)
def test_p2_a_data_protection_complaint_is_acknowledged_in_thirty_days(
    received: date, day: date, due: date, state: str
) -> None:
    """P2: days of the calendar, over a leap day, a clock change and holidays; the outcome has a clock of its own."""
    found = seen(DATA_PROTECTION, {"received": received}, day)
    assert (found["acknowledge"].due, found["acknowledge"].state) == (due, state)
    assert found["outcome"].state == "running"
    met = seen(DATA_PROTECTION, {"received": received, "acknowledged": due}, day)
    assert met["acknowledge"].state == "met"


def test_a_due_day_beyond_the_published_holidays_is_provisional() -> None:
    assert seen("idea", {"received": date(2028, 12, 20)}, date(2028, 12, 20))["answer"].provisional
    assert not seen("idea", {"received": date(2028, 11, 20)}, date(2028, 11, 20))["answer"].provisional


def test_every_kind_of_case_has_a_regime_and_every_span_a_source() -> None:
    assert regimes_for("complaint")[0].key == "children-act-stage-1"
    for kind in ("complaint", "compliment", "worry", "idea"):
        assert regimes_for(kind)
    assert all(step.source for regime in shipped_regimes().values() for step in regime.steps)


STEP = "{key: s, name: S, counts_from: received, met_by: replied, source: x, %s}"
REGIME = "[{key: r, name: R, kinds: [idea], basis: local, source: x, steps: [%s]}]"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (REGIME % (STEP % "working_days: 5, days: 5"), "exactly one"),
        (REGIME % (STEP % "soon: 1"), "exactly one"),
        (REGIME % (STEP % "working_days: 5, extended_to: 5"), "longer"),
        (REGIME % (STEP % "working_days: 0"), "greater than 0"),
        (REGIME % (STEP % "working_days: 5, colour: red"), "Extra inputs"),
        (REGIME % (STEP % "days: 5" + "," + STEP % "days: 6"), "share a key"),
        (REGIME % (STEP % "days: 5").replace("met_by: replied", "met_by: received"), "same event"),
        ("{}", "tuple"),
    ],
)
def test_a_regime_that_makes_no_sense_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_regimes(text)
