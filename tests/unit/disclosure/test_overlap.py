"""Whose answers are in which tables: three releases in a row, and two surveys of overlapping people, held to counting
every population there is (D2, D3)."""

import functools
import random
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from engage.rules.disclosure import Cell, Rule, Table, Tables
from engage.rules.disclosure.audit import Facts, Source, TooLarge, Verdict, audit
from engage.rules.disclosure.ladder import Public, descend
from engage.rules.disclosure.overlap import Chain, Published, Relation, public_of, renamed
from tests.unit.disclosure import brute, populations

Counts = NDArray[np.int64]
Person = tuple[int | None, bool, str]
"""One kind of people: from which of three releases on they are counted, whether the other survey counts them, where."""

LETS: dict[Relation, Callable[[bool, bool], bool]] = {
    Relation.SAME: lambda here, there: here == there,
    Relation.WITHIN: lambda here, there: there or not here,
    Relation.AROUND: lambda here, there: here or not there,
}


def kinds_of(relation: Relation) -> list[Person]:
    """Who there can be, written apart from the product's own groups."""
    every = [(first, there) for first in (0, 1, 2, None) for there in (True, False)]
    return [
        (first, there, place)
        for first, there in every
        if (first is not None or there) and LETS[relation](first is not None, there)
        for place in brute.PLACES
    ]


def published(rule: Rule, counts: dict[str, int]) -> Tables:
    """The table of one background question, everything small left out and nothing else done."""
    total = sum(counts.values())
    base = rule.gated(total)
    cells = tuple(Cell(option, None if base is None else rule.gated(count)) for option, count in counts.items())
    hidden = base is None or any(cell.count is None for cell in cells)
    return Tables(rule, base, (Table("place", False, (), cells, base, "small" if hidden else None),))


def member(number: int) -> Callable[[Person], bool]:
    """Who is counted in the releases 0 to 2 of one survey, and (3) in the other's."""
    if number == 3:
        return lambda kind: kind[1]
    return lambda kind: kind[0] is not None and kind[0] <= number


@functools.cache
def worlds(most: int, kinds: int) -> Counts:
    """Every population of up to so many people of so many kinds, a line each."""
    found = np.zeros((1, 0), np.int64)
    for _ in range(kinds):
        more = [np.column_stack([found, np.full(len(found), people)]) for people in range(most + 1)]
        found = np.concatenate(more)
        found = found[found.sum(axis=1) <= most]
    return found


def sums(kinds: Sequence[Person], world: Counts, counted: Callable[[Person], bool]) -> Counts:
    """In each world those in the north, and in the south."""
    masks = [[counted(kind) and kind[2] == place for kind in kinds] for place in brute.PLACES]
    return world @ np.array(masks, np.int64).T


def shown(rule: Rule, counts: Counts) -> Counts:
    """What would be published of each world: everybody, north, south; -1 where it is hidden."""
    numbers = np.column_stack([counts.sum(axis=1), counts])
    seen = np.where(numbers < rule.threshold, -1, (numbers + rule.rounding // 2) // rule.rounding * rule.rounding)
    return np.where(seen[:, :1] < 0, -1, seen)


def proved(rule: Rule, kinds: Sequence[Person], true: Counts, most: int) -> bool:
    """Whether any number of 1 to 4 can be proved, or one under the threshold known exactly, of anybody published or of
    those in between."""
    who = [member(number) for number in range(4)]
    every = worlds(most, len(kinds))
    fits = [(shown(rule, sums(kinds, every, one)) == shown(rule, sums(kinds, true, one))).all(axis=1) for one in who]
    fitting = every[np.logical_and.reduce(fits)]
    assert len(fitting)
    pairs = [(one, other, inside) for one in who for other in who if one is not other for inside in (True, False)]
    groups = [(functools.partial(_between, *pair), True) for pair in pairs]
    groups += [(lambda kind, one=kind[:2]: kind[:2] == one, True) for kind in kinds]
    for group, is_between in [*((one, False) for one in who), *groups]:
        seen = sums(kinds, fitting, group)
        for numbers in (seen[:, 0], seen[:, 1], seen.sum(axis=1)):
            low, high = int(numbers.min()), int(numbers.max())
            if (low >= 1 and high <= 4) or (low == high < rule.threshold and not (is_between and high == 0)):
                return True
    return False


def _between(one: Callable[[Person], bool], other: Callable[[Person], bool], inside: bool, kind: Person) -> bool:
    return one(kind) and other(kind) is inside


def looked_at(tables: Sequence[Tables], relation: Relation) -> Verdict:
    everyone = frozenset({"place"})
    first, second, now, other = (Published(one, everyone) for one in tables)
    public = public_of([first, second], [Chain([other], relation)])
    newest = Source(now.tables, public.people, everyone)
    facts = Facts({"place": brute.PLACES}, everyone, public.most)
    return audit([*public.sources, newest], facts, populations.budget())


@pytest.mark.parametrize("relation", list(LETS))
@pytest.mark.parametrize("seed", range(4))
def test_d3_three_releases_and_another_survey_are_judged_as_counting_all_finds(seed: int, relation: Relation) -> None:
    """D3: up to eleven people, three releases of one service and one of another that overlaps it; a careless rule. Of
    each relation some seeds give somebody away and some do not."""
    chance = random.Random(f"{relation} {seed}")
    rule, kinds = Rule(threshold=5, rounding=chance.choice([1, 2, 5])), kinds_of(relation)
    people = np.zeros((1, len(kinds)), np.int64)
    for _ in range(chance.choice([3, 7, 8] if relation is Relation.AROUND else [3, 7, 10, 11])):
        people[0, chance.randrange(len(kinds))] += 1
    counts = [sums(kinds, people, member(number))[0] for number in range(4)]
    tables = [published(rule, dict(zip(brute.PLACES, map(int, each), strict=True))) for each in counts]
    verdict = looked_at(tables, relation)
    assert verdict.in_time
    # One survey's people are all among the other's, so nobody is outside the larger.
    most = max(4 if one.base is None else rule.reading(one.base)[1] for one in (tables[2], tables[3]))
    assert bool(verdict.found) == proved(rule, kinds, people, most)


def answers(yes: int, no: int) -> Tables:
    """A question that everybody answered, in exact numbers."""
    cells = (Cell("yes", yes), Cell("no", no))
    return Tables(Rule(rounding=1), yes + no, (Table("q", False, (), cells, yes + no, None),))


def found(public: Public, now: Tables) -> Verdict:
    facts = Facts(public.values, frozenset({"q"}), public.most)
    return audit([*public.sources, Source(now, public.people)], facts, populations.budget())


def test_d2_where_nothing_is_declared_nothing_is_held() -> None:
    """The same numbers that name two people once somebody says whose they are say nothing of each other before."""
    other = Chain([Published(answers(30, 30), frozenset({"q"}))], Relation.AROUND)
    assert found(public_of([], [other]), answers(31, 31)).found
    assert found(public_of([], []), answers(31, 31)).passed
    assert public_of([], []).sources == ()


def test_d2_what_was_declared_and_cannot_be_is_not_passed() -> None:
    """Thirty-two people are not the same as sixty: nobody knows what is wrong, so nothing new is shown."""
    other = Chain([Published(answers(30, 30), frozenset({"q"}))], Relation.SAME)
    verdict = found(public_of([], [other]), answers(16, 16))
    assert (verdict.fits, verdict.passed) == (False, False)


def test_d2_fewer_than_before_is_passed_only_where_answers_were_deleted() -> None:
    """Sources that fit no people together were looked at one by one, as if the earlier had never been published."""
    earlier = Published(answers(40, 40))
    assert not found(public_of([earlier]), answers(30, 30)).passed
    assert found(public_of([earlier], deleted=20), answers(30, 30)).passed
    assert not found(public_of([earlier], deleted=19), answers(30, 30)).passed
    one = found(public_of([earlier], deleted=1), answers(40, 39))
    assert [(find.low, find.high) for find in one.found if find.option == "no"] == [(1, 1)]


def test_d2_the_ladder_goes_on_where_sources_do_not_fit() -> None:
    """What contradicts what is public is coarsened like what gives somebody away, down to nothing."""
    place = populations.counted(populations.people(2))
    earlier = Published(answers(400, 400), frozenset({"q"}))
    descent = descend(place, Rule.for_audience("children"), public_of([earlier]), populations.budget())
    assert descent.tables is None
    assert [step.fits for step in descent.steps] == [False] * len(descent.steps)
    assert len(descent.steps) > 1


def test_d2_what_was_blanked_between_two_releases_is_another_column() -> None:
    """Twelve had said something of how they answered; when the survey closed it was forgotten. Both stand."""
    rule = Rule.for_audience("children")

    def company(alone: int | None, friend: int | None) -> Tables:
        cells = (Cell("alone", alone), Cell("friend", friend))
        about = Table("how.company", False, (), cells, 40 if alone else None, "small" if friend is None else None)
        return Tables(rule, 40, (about,))

    before, after = Published(company(25, 15)), company(None, None)
    assert not found(public_of([before]), after).fits
    assert found(public_of([renamed(before, {"how.company": "how.company@0"})]), after).passed


def test_d2_another_survey_s_answers_are_its_own_and_its_background_is_shared() -> None:
    """Everybody of the smaller survey is in the larger: of those beside them in one place two are left over."""
    rule = Rule(rounding=1)

    def place(north: int, south: int, question: str) -> Published:
        cells = (Cell("n", north), Cell("s", south))
        about = Table("place", False, (), cells, north + south, None)
        asked = Table(question, False, (), (Cell("yes", north + south), Cell("no", None)), north + south, "same_answer")
        return Published(Tables(rule, north + south, (about, asked)), frozenset({"place"}))

    team = renamed(place(30, 30, "q"), {"q": "team:q"})
    public = public_of([], [Chain([team], Relation.AROUND)])
    assert {table.question for table in public.sources[0].tables.tables} == {"place", "team:q"}
    now = Source(place(32, 60, "q").tables, public.people)
    facts = Facts({"place": ["n", "s"]}, frozenset({"place"}), public.most)
    finds = audit([*public.sources, now], facts, populations.budget()).found
    assert ("place", "n", 2, 2) in [(find.question, find.option, find.low, find.high) for find in finds]


def test_more_groups_than_can_be_told_apart_are_refused() -> None:
    years = [Published(answers(20 + month, 20)) for month in range(24)]
    with pytest.raises(TooLarge):
        public_of(years, [Chain(years, Relation.AROUND)])
