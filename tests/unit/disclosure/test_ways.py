"""What was said of whose answers these are, where each thing is possible and not all together: whatever of it is true,
nothing is given away, held to counting every population there is (D2, D3)."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations, product

import numpy as np
import pytest

from engage.rules.disclosure import RawTable, Rule, Tables
from engage.rules.disclosure.ladder import Counted, Public, judged
from engage.rules.disclosure.overlap import Chain, Published, Relation, public_of
from tests.unit.disclosure import brute, populations
from tests.unit.disclosure.test_overlap import Counts, answers, published, shown, sums, worlds

Person = tuple[bool, tuple[bool, ...], str]
"""One kind of people: whether they are counted now, in which of the other surveys, where."""
Said = Mapping[str, tuple[Tables, Relation]]

EVERYONE = frozenset({"place"})
LETS: Mapping[Relation, Callable[[bool, bool], bool]] = {
    Relation.SAME: lambda here, there: here == there,
    Relation.AROUND: lambda here, there: here or not there,
}


def public(said: Said) -> Public:
    """All of it, and the same with each thing less."""
    chains = [Chain([Published(tables, EVERYONE)], relation) for tables, relation in said.values()]
    whole = public_of([], chains)
    less = [{name: one for name, one in said.items() if name != left} for left in said]
    return Public(
        whole.sources,
        whole.people,
        {"place": brute.PLACES},
        whole.most,
        said=frozenset(said),
        less=lambda: [public(each) for each in less],
    )


def kinds_of(said: Said) -> list[Person]:
    """Who there can be if this is true, written apart from the product's own groups."""
    every = product((True, False), product((True, False), repeat=len(said)), brute.PLACES)
    relations = [relation for _, relation in said.values()]
    return [
        (here, there, place)
        for here, there, place in every
        if (here or any(there))
        and all(LETS[relation](here, one) for relation, one in zip(relations, there, strict=True))
    ]


def proved(now: Tables, said: Said, most: int) -> bool | None:
    """Whether somebody who knows this to be true proves a number of 1 to 4, or one under the threshold; None: it cannot
    be true of any population."""
    kinds = kinds_of(said)
    who = [lambda kind: kind[0], *((lambda kind, at=at: kind[1][at]) for at in range(len(said)))]
    every = worlds(most, len(kinds))
    fits = np.full(len(every), fill_value=True)
    for tables, counted in zip([now, *(tables for tables, _ in said.values())], who, strict=True):
        fits &= (shown(tables.rule, sums(kinds, every, counted)) == _said(tables)).all(axis=1)
    fitting = every[fits]
    if not len(fitting):
        return None
    groups = [(one, False) for one in who]
    groups += [(lambda kind, one=kind[:2]: kind[:2] == one, True) for kind in kinds]
    groups += [
        (lambda kind, one=one, other=other, inside=inside: one(kind) and other(kind) is inside, True)
        for one in who
        for other in who
        if one is not other
        for inside in (True, False)
    ]
    return any(_gives_away(sums(kinds, fitting, group), now.rule.threshold, between) for group, between in groups)


def _said(tables: Tables) -> Counts:
    [table] = tables.tables
    return np.array([-1 if number is None else number for number in (table.base, *(one.count for one in table.cells))])


def _gives_away(seen: Counts, threshold: int, is_between: bool) -> bool:
    numbers = np.column_stack([seen, seen.sum(axis=1)])
    limits = list(zip(numbers.min(axis=0).tolist(), numbers.max(axis=0).tolist(), strict=True))
    return any(
        (low >= 1 and high <= 4) or (low == high < threshold and not (is_between and high == 0)) for low, high in limits
    )


def place_of(chance: random.Random) -> tuple[Tables, Counted, dict[str, tuple[Tables, Relation]]]:
    """Up to twelve people now; of two other surveys somebody says that they were these people, or some of them."""
    coarse, fine = Rule(threshold=5, rounding=5), Rule(threshold=5, rounding=chance.choice([1, 2]))
    here = [chance.randrange(7), chance.randrange(7)]
    counts = dict(zip(brute.PLACES, here, strict=True))
    counted = Counted([RawTable.make("place", counts)], sum(here), {"place": brute.PLACES})
    said = {}
    for name in ("a", "b"):
        there = [max(0, number + chance.randrange(-2, 3)) for number in here]
        relation = chance.choice([Relation.SAME, Relation.SAME, Relation.AROUND])
        said[name] = published(fine, dict(zip(brute.PLACES, there, strict=True))), relation
    return published(coarse, counts), counted, said


def truths_of(now: Tables, said: Said) -> dict[tuple[str, ...], bool | None]:
    """For every choice of what was said, what counting every population finds."""
    most = 4 if now.base is None else now.rule.reading(now.base)[1]
    choices: Sequence[tuple[str, ...]] = list(chain.from_iterable(combinations(said, many) for many in range(3)))
    return {choice: proved(now, {name: said[name] for name in choice}, most) for choice in choices}


TOGETHER, APART, NOT_EVEN_APART = (0, 2, 4, 9), (16, 17, 18, 21, 372), (1, 12, 25)
"""Places by number: where all that was said can be true; where each thing can but not both; where one cannot. Of each
some give somebody away and some do not."""
SAFE_APART = 372


@pytest.mark.parametrize("number", [*TOGETHER, *APART, *NOT_EVEN_APART])
def test_d2_whatever_of_what_was_said_is_true_gives_nothing_away(number: int) -> None:
    """D2: passed exactly when no choice of it that can be true proves anything of anybody."""
    now, counted, said = place_of(random.Random(number))
    truths = truths_of(now, said)
    assert (truths[tuple(said)] is not None) is (number in TOGETHER)
    assert all(truths[(name,)] is not None for name in said) is (number not in NOT_EVEN_APART)
    verdicts = judged(counted, now, public(said), populations.budget())
    possible = [truths[tuple(said)]] if number in TOGETHER else [one for one in truths.values() if one is not None]
    assert all(one.in_time for one in verdicts)
    assert any(one.found for one in verdicts) is any(possible)
    if not any(possible):
        assert len(verdicts) == len(possible)


def test_d2_ways_that_were_not_tried_are_not_passed() -> None:
    """Eight words have 256 choices: what is not looked at beside all of them is not shown."""
    now, counted, said = place_of(random.Random(SAFE_APART))
    beside = public(said)
    assert all(one.passed for one in judged(counted, now, beside, populations.budget()))
    for most in range(1, 3):
        verdicts = judged(counted, now, beside, populations.budget(), most_ways=most)
        assert not all(one.passed for one in verdicts)


def test_d2_choices_of_many_words_are_counted_before_they_are_made() -> None:
    made = list[frozenset[object]]()

    def so_many(said: frozenset[object]) -> Public:
        made.append(said)
        sources = public_of([Published(answers(40, 40), frozenset({"q"}))])
        return replace(sources, said=said, less=lambda: (so_many(said - {one}) for one in sorted(said, key=str)))

    counted = Counted([RawTable.make("q", {"yes": 16, "no": 16})], 32, {})
    [verdict] = judged(counted, answers(16, 16), so_many(frozenset(range(30))), populations.budget(), most_ways=10)
    assert not verdict.passed
    assert len(made) <= 12


def test_d2_where_no_people_fit_and_nothing_was_said_nothing_is_shown() -> None:
    """The survey's own earlier release contradicts it: there is nothing to say less of."""
    verdicts = judged(
        Counted([RawTable.make("q", {"yes": 16, "no": 16})], 32, {}),
        answers(16, 16),
        public_of([Published(answers(40, 40), frozenset({"q"}))]),
        populations.budget(),
    )
    assert [(one.fits, one.passed) for one in verdicts] == [(False, False)]
