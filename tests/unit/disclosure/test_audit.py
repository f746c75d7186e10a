"""The audit says what can be proved, no more and no less: held to counting every population there is (D2, D3)."""

import random

import pytest

from engage.rules.disclosure import Rule
from engage.rules.disclosure.audit import Facts, Source, Verdict, audit
from tests.unit.disclosure import brute, populations

CHILDREN = Rule.for_audience("children")
PLACE = Facts({"place": brute.PLACES}, frozenset({"q"}))


def held(*sources: Source, facts: Facts = PLACE) -> Verdict:
    return audit(sources, facts, populations.budget())


def _few(chance: random.Random) -> tuple[int, ...]:
    return tuple(chance.choice([0, 0, 1, 2, 3, 5]) for _ in brute.LEAVES)


@pytest.mark.parametrize("seed", range(6))
def test_d3_the_verdict_is_what_counting_every_population_finds(seed: int) -> None:
    """D3: up to 12 people in every way they can be; a careless rule, so that there is something to find."""
    chance = random.Random(seed)
    rule = Rule(threshold=5, rounding=chance.choice([1, 1, 2, 3]))
    people = _few(chance)
    while not 5 <= sum(people) <= 10:
        people = _few(chance)
    total = sum(people)
    hidden = frozenset(chance.sample(range(1, 9), 2))
    tables = brute.careless(brute.raw(people), rule, total, hidden)
    most = 4 if tables.base is None else rule.reading(tables.base)[1]
    found = {(one.question, one.option, one.filters): (one.low, one.high) for one in held(Source(tables)).found}
    expected = brute.proved(tables, most)
    assert found.keys() == expected.keys()
    exact = {where for where, (low, high) in expected.items() if low == high}
    assert {where: found[where] for where in exact} == {where: expected[where] for where in exact}
