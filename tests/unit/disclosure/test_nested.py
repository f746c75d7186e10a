"""A team within a service of one survey: whom something is asked is known to all who read the results, held to counting
every population there is (D2)."""

import random
from itertools import product

import numpy as np
import pytest

from engage.rules.disclosure import Cell, Rule, Table, Tables
from engage.rules.disclosure.audit import Facts, Nested, Source, Verdict, audit
from tests.unit.disclosure import populations
from tests.unit.disclosure.test_overlap import Counts, worlds

SERVICES, TEAMS = ("home", "away"), ("red", "blue")
VALUES = {"service": SERVICES, "team": TEAMS}
LEAVES = [(service, team) for service, team in product((*SERVICES, ""), (*TEAMS, "")) if not team or service == "home"]
"""Teams are asked for at home alone."""
WITHIN = Nested("team", "service", frozenset({"home"}))
Where = tuple[str, str, tuple[tuple[str, str], ...]]


def cuts() -> list[Where]:
    """Every number there is: of which question, which answer ("" the base), under which filter."""
    return [
        (one, option, filters)
        for one, other in (("service", "team"), ("team", "service"))
        for filters in ((), *(((other, value),) for value in VALUES[other]))
        for option in ("", *VALUES[one])
    ]


def sums(world: Counts) -> Counts:
    """Each of `cuts` in each world, and everybody at the end."""
    masks = []
    for question, option, filters in cuts():
        wanted = {**dict(filters), question: option}
        named = [{"service": service, "team": team} for service, team in LEAVES]
        masks.append([
            all(leaf[name] == value if value else leaf[name] != "" for name, value in wanted.items()) for leaf in named
        ])
    return world @ np.array([*masks, [True] * len(LEAVES)], np.int64).T


def published(rule: Rule, people: Counts) -> Tables:
    """Everything small left out and nothing else done."""
    numbers = dict(zip([*cuts(), None], sums(people)[0].tolist(), strict=True))
    tables = []
    for question, option, filters in cuts():
        if option:
            continue
        base = rule.gated(numbers[question, "", filters])
        cells = tuple(
            Cell(one, None if base is None else rule.gated(numbers[question, one, filters])) for one in VALUES[question]
        )
        hidden = any(cell.count is None for cell in cells)
        tables.append(Table(question, False, filters, cells, base, "small" if hidden else None))
    return Tables(rule, rule.gated(numbers[None]), tuple(tables))


def shown(rule: Rule, seen: Counts) -> Counts:
    """What would be published of each world; -1 where it is hidden."""
    found = np.where(seen < rule.threshold, -1, (seen + rule.rounding // 2) // rule.rounding * rule.rounding)
    for place, (question, option, filters) in enumerate(cuts()):
        base = cuts().index((question, "", filters))
        found[:, place] = np.where(found[:, base] < 0, -1, found[:, place]) if option else found[:, place]
    return found


def proved(rule: Rule, people: Counts, most: int) -> bool:
    """Whether anything can be proved of a group that somebody can be in."""
    every = worlds(most, len(LEAVES))
    seen = sums(every)
    fitting = seen[(shown(rule, seen) == shown(rule, sums(people))).all(axis=1)]
    lows, highs = fitting.min(axis=0).tolist(), fitting.max(axis=0).tolist()
    possible = sums(np.ones((1, len(LEAVES)), np.int64))[0] > 0
    return any(
        (low >= 1 and high <= 4) or low == high < rule.threshold
        for low, high, can_be in zip(lows, highs, possible, strict=True)
        if can_be
    )


def looked_at(tables: Tables, *nested: Nested) -> Verdict:
    return audit([Source(tables)], Facts(VALUES, nested=nested), populations.budget())


def place_of(seed: int) -> tuple[Rule, Counts]:
    chance = random.Random(seed)
    people = np.zeros((1, len(LEAVES)), np.int64)
    for _ in range(chance.choice([6, 9, 12])):
        people[0, chance.randrange(len(LEAVES))] += 1
    return Rule(threshold=5, rounding=chance.choice([1, 2, 5])), people


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 9, 14])
def test_d2_a_team_within_a_service_is_judged_as_counting_all_finds(seed: int) -> None:
    rule, people = place_of(seed)
    tables = published(rule, people)
    verdict = looked_at(tables, WITHIN)
    assert verdict.in_time
    assert bool(verdict.found) is proved(rule, people, 4 if tables.base is None else rule.reading(tables.base)[1])


def ticked(base: int, yes: int | None, **filters: str) -> Table:
    """How many of these ticked one box of a question, in exact numbers; everybody ticked the other."""
    cells = (Cell("yes", yes), Cell("other", base))
    return Table("q", True, tuple(filters.items()), cells, base, "small" if yes is None else None)


def divided(name: str, **people: int) -> Table:
    return Table(name, False, (), tuple(Cell(value, count) for value, count in people.items()), sum(people.values()))


def test_d2_what_one_team_ticked_is_told_by_its_service_and_the_other_team() -> None:
    """Twenty at home, all of them in a team: of the eleven who ticked eight are red, so three are blue. Nothing says so
    unless it is known that nobody is in a team elsewhere."""
    tables = [divided("service", home=20, away=10), divided("team", red=12, blue=8), ticked(30, 16)]
    tables += [ticked(20, 11, service="home"), ticked(10, 5, service="away")]
    tables += [ticked(12, 8, team="red"), ticked(8, None, team="blue")]
    source = Source(Tables(Rule(threshold=5, rounding=1), 30, tuple(tables)))

    def judged(*nested: Nested) -> Verdict:
        facts = Facts(VALUES, frozenset({"q", "service"}), nested=nested)
        return audit([source], facts, populations.budget())

    assert judged().passed
    [find] = [one for one in judged(WITHIN).found if one.option == "yes"]
    assert (find.filters, find.low, find.high) == ((("team", "blue"),), 3, 3)


def asked_at_home(is_multiple: bool) -> Source:
    """A question that twenty at home answered, and none of the ten elsewhere."""
    cells = (Cell("yes", 12), Cell("no", 8))
    nobody = tuple(Cell(cell.option, None) for cell in cells)
    tables = (
        divided("service", home=20, away=10),
        Table("q", is_multiple, (), cells, 20),
        Table("q", is_multiple, (("service", "home"),), cells, 20),
        Table("q", is_multiple, (("service", "away"),), nobody, None, "small"),
    )
    return Source(Tables(Rule(threshold=5, rounding=1), 30, tables))


@pytest.mark.parametrize("is_multiple", [False, True])
def test_d4_that_somebody_was_not_asked_is_no_number_of_anybody(is_multiple: bool) -> None:
    """Asked at home only: that nobody answered it elsewhere is a fact about the survey."""
    only = Nested("q", "service", frozenset({"home"}))
    facts = Facts(VALUES, frozenset({"service"}), nested=[only])
    assert audit([asked_at_home(is_multiple)], facts, populations.budget()).passed


@pytest.mark.parametrize("is_multiple", [False, True])
def test_d2_answers_that_nobody_can_have_given_are_not_passed(is_multiple: bool) -> None:
    """One release alone, of whom something is held that is not so: no failure, and nothing is passed."""
    wrong = Nested("q", "service", frozenset({"away"}))
    facts = Facts(VALUES, frozenset({"service"}), nested=[wrong])
    verdict = audit([asked_at_home(is_multiple)], facts, populations.budget())
    assert (verdict.fits, verdict.passed) == (False, False)
