"""What is published in the end gives nothing away: random places, through time, and where services overlap (D2, D3)."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import optimize
from scipy.optimize import OptimizeResult

from engage.rules.disclosure import Cell, RawTable, Rule, Table, Tables, publish
from engage.rules.disclosure.audit import Budget, Facts, Source, audit
from engage.rules.disclosure.ladder import Counted, Public, descend, merged
from tests.unit.disclosure import populations

CHILDREN = Rule.for_audience("children")


def single(base: int | None, cells: dict[str, int | None], rule: Rule = CHILDREN, total: int | None = None) -> Tables:
    """Published by hand: one question that everybody answered."""
    published = tuple(Cell(option, count) for option, count in cells.items())
    reason = "small" if None in cells.values() else None
    return Tables(rule, base if total is None else total, (Table("q", False, (), published, base, reason),))


def judged(*sources: Source, values: dict[str, list[str]] | None = None) -> list[tuple[str, int, int]]:
    facts = Facts(values or {}, frozenset({"q"}))
    verdict = audit(sources, facts, populations.budget())
    assert verdict.in_time
    return [(find.option, find.low, find.high) for find in verdict.found]


@pytest.mark.parametrize("seed", range(3))
def test_d3_random_places_give_nothing_away(seed: int) -> None:
    """D3, the small sibling of the drill: whatever rung passes, the audit finds nothing on it."""
    place = populations.counted(populations.people(seed))
    descent = descend(place, CHILDREN, Public(), populations.budget())
    assert descent.tables is not None
    assert descent.steps[-1].found == 0
    assert all(step.found or not step.in_time for step in descent.steps[:-1])


def test_d2_a_broken_suppression_is_caught() -> None:
    """A lone hidden cell beside shown ones is what suppression never leaves: 50 less 30 less 19 leaves one."""
    exact = Rule(rounding=1)
    broken = single(50, {"a": 30, "b": 19, "c": None}, exact)
    assert judged(Source(broken)) == [("c", 1, 1)]
    mended = publish([RawTable.make("q", {"a": 30, "b": 19, "c": 1})], exact, total=50)
    assert judged(Source(mended)) == []


def test_d2_out_of_time_is_not_passed() -> None:
    """A clock on which every look takes ten seconds: what could not be looked at in full is not published, and why not
    is written down."""
    looks = iter(range(0, 10_000, 10))
    slow = Budget.of(lambda: next(looks))
    descent = descend(populations.counted(populations.people(1)), CHILDREN, Public(), slow)
    assert (descent.steps[0].in_time, descent.steps[0].by_clock) == (False, True)
    assert descent.rung != "full"


def test_d2_the_verdict_is_bound_by_work_not_by_a_machine() -> None:
    """The same numbers with the same work get the same verdict, on a clock that stands still or runs at any speed; with
    too little work they are not passed."""
    place = populations.counted(populations.people(1))
    slow = iter(float(look) / 1000 for look in range(1_000_000))
    still, running = (
        descend(place, CHILDREN, Public(), Budget.of(clock)) for clock in (lambda: 0.0, lambda: next(slow))
    )
    assert still == running
    starved = descend(place, CHILDREN, Public(), Budget.of(lambda: 0.0, work=2_000))
    assert (starved.steps[0].in_time, starved.steps[0].by_clock) == (False, False)


@pytest.mark.parametrize(
    "said",
    [
        ValueError("the solver's own"),
        MemoryError(),
        OptimizeResult(status=3, x=None, mip_node_count=1),
        OptimizeResult(status=4, x=None, mip_node_count=None),
        OptimizeResult(status=0, x=np.full(2, np.nan), mip_node_count=1),
        OptimizeResult(status=0, x=np.full(2, 30.0), mip_node_count=1),
    ],
)
def test_d2_what_the_solver_does_not_answer_is_not_passed(monkeypatch: pytest.MonkeyPatch, said: object) -> None:
    """It fails, says that there is no limit, gives no numbers, or such as do not fit: nothing is published, nothing is
    raised."""

    def solve(aim: NDArray[np.float64], **_: object) -> OptimizeResult:
        if isinstance(said, Exception):
            raise said
        assert isinstance(said, OptimizeResult)
        return OptimizeResult({**said, "x": None if said.x is None else np.resize(said.x, len(aim))})

    monkeypatch.setattr(optimize, "milp", solve)
    descent = descend(populations.counted(populations.people(1)), CHILDREN, Public(), populations.budget())
    assert (descent.rung, descent.tables) == ("nothing", None)
    assert not any(step.in_time for step in descent.steps)


def test_d2_one_answer_between_two_releases_is_not_to_be_told() -> None:
    """Exact numbers a wave apart name whoever came last; rounded ones that both stand do not."""
    exact = Rule(rounding=1)
    first = Source(single(40, {"a": 20, "b": 20}, exact), frozenset({"1"}))
    second = Source(single(41, {"a": 21, "b": 20}, exact), frozenset({"1", "2"}))
    assert ("a", 1, 1) in judged(first, second)
    assert (
        judged(
            Source(single(40, {"a": 20, "b": 20}), frozenset({"1"})),
            Source(single(40, {"a": 20, "b": 20}), frozenset({"1", "2"})),
        )
        == []
    )


def test_d2_a_rounded_number_that_flips_tells_who_came_when_the_total_stands_still() -> None:
    """The total stays at 40 (at most four came), one answer goes from 20 to 25 (at least one of them gave it)."""
    first = Source(single(40, {"a": 20, "b": 20}), frozenset({"1"}))
    second = Source(single(40, {"a": 25, "b": 20}), frozenset({"1", "2"}))
    assert any(low >= 1 and high <= 4 for _, low, high in judged(first, second))


def test_d2_three_releases_through_time_are_looked_at_together() -> None:
    """What two releases do not say, three may: each step hides well, and the third is refused for what it adds."""
    exact = Rule(rounding=1)
    waves = [({"a": 30, "b": 30}, {"1"}), ({"a": 45, "b": 45}, {"1", "2"}), ({"a": 60, "b": 61}, {"1", "2", "3"})]
    sources = [Source(single(sum(cells.values()), dict(cells), exact), frozenset(who)) for cells, who in waves]
    assert judged(*sources) == []
    closing = Source(single(122, {"a": 60, "b": 62}, exact), frozenset({"1", "2", "3", "4"}))
    assert ("b", 1, 1) in judged(*sources, closing)


def test_d2_two_services_that_overlap_are_looked_at_together() -> None:
    """A team within its service: the service less the team leaves two people, whom neither published."""
    exact = Rule(rounding=1)
    team = Source(single(30, {"a": 15, "b": 15}, exact), frozenset({"team"}))
    service = Source(single(32, {"a": 16, "b": 16}, exact), frozenset({"team", "others"}))
    assert judged(team) == judged(service) == []
    assert ("a", 1, 1) in judged(team, service)
    north = Source(single(60, {"a": 30, "b": 30}), frozenset({"north", "both"}))
    south = Source(single(60, {"a": 30, "b": 30}), frozenset({"south", "both"}))
    assert judged(north, south) == []


def test_d8_unrounded_numbers_are_held_against_what_is_public() -> None:
    """D8: an export with exact numbers beside the public, rounded ones of some of the same people."""
    public = Source(single(40, {"a": 20, "b": 20}), frozenset({"1"}))
    export = Source(single(42, {"a": 22, "b": 20}, Rule(rounding=1)), frozenset({"1"}))
    assert judged(public, export) == []
    later = Source(single(43, {"a": 23, "b": 20}, Rule(rounding=1)), frozenset({"1", "2"}))
    assert ("a", 1, 1) in judged(public, export, later)


def test_d8_a_further_release_tells_nobody_who_came_beside_exact_numbers() -> None:
    """About 45 people and about 25 of them "a" say nothing by themselves. Whoever was shown exactly 22 of 44 knows that
    one to three came since and said "a"; so it is not published while that stands."""
    exact = Source(single(44, {"a": 22, "b": 22}, Rule(threshold=5, rounding=1)), frozenset({"1"}))
    now = Counted([RawTable.make("q", {"a": 23, "b": 22})], 45, {})
    public = Public((), frozenset({"1", "2"}))
    assert descend(now, CHILDREN, public, populations.budget()).rung == "full"
    assert descend(now, CHILDREN, replace(public, closed=(exact,)), populations.budget()).rung == "nothing"


def test_a_first_release_that_would_show_nothing_more_is_refused_beside_an_earlier_one() -> None:
    """The ledger: one more answer, and every rung would tell whose it was."""
    exact = Rule(rounding=1)
    earlier = Source(single(40, {"a": 20, "b": 20}, exact), frozenset({"1"}))
    now = Counted([RawTable.make("q", {"a": 21, "b": 20})], 41, {})
    descent = descend(now, exact, Public((earlier,), frozenset({"1", "2"})), populations.budget())
    assert (descent.rung, descent.tables) == ("nothing", None)
    assert [step.found for step in descent.steps] == [1]


def test_merged_groups_are_neighbours_and_hold_enough_people() -> None:
    values = ["8", "9", "10", "11", "rather-not"]
    ages = dict(zip(values, [40, 3, 5, 60, 2], strict=True))
    raw = [RawTable.make("age", ages), RawTable.make("q", {"yes": 110})]
    raw += [RawTable.make("q", {"yes": people}, filters={"age": age}) for age, people in ages.items()]
    coarse = merged(Counted(raw, 110, {"age": values}), CHILDREN)
    assert list(coarse.dimensions["age"]) == ["8+9+10", "11", "rather-not"]
    assert dict(_cells(coarse, "age")) == {"8+9+10": 48, "11": 60, "rather-not": 2}
    assert {dict(table.filters)["age"]: table.base for table in coarse.tables if table.filters} == {
        "8+9+10": 48,
        "11": 60,
        "rather-not": 2,
    }


def _cells(counted: Counted, question: str) -> Iterator[tuple[str, int]]:
    for table in counted.tables:
        if table.question == question and not table.filters:
            yield from table.counts
