"""A team within a service, and that within a council: what is said of two surveys tells of a third, held to counting
every population there is (D2, D3)."""

import functools
import random
from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
import pytest

from engage.rules.disclosure import Rule, Tables
from engage.rules.disclosure.audit import Facts, Source, Verdict, audit
from engage.rules.disclosure.ladder import Public
from engage.rules.disclosure.overlap import Chain, Published, Relation, Word, public_of
from tests.unit.disclosure import brute, populations
from tests.unit.disclosure.test_overlap import Counts, answers, found, published, shown, worlds

Kind = tuple[tuple[bool, ...], str]
"""One kind of people: in which of three surveys they are, where."""

EVERYONE = frozenset({"place"})
TEAM_COUNCIL: Sequence[Word] = ((0, 1, Relation.WITHIN), (1, 2, Relation.WITHIN))
COUNCIL_TEAM: Sequence[Word] = ((0, 1, Relation.AROUND), (1, 2, Relation.AROUND))
TWO_TEAMS: Sequence[Word] = ((0, 1, Relation.WITHIN), (1, 2, Relation.AROUND))
APART: Sequence[Word] = (*TWO_TEAMS, (0, 2, Relation.APART))
SHAPES = {"team": (TEAM_COUNCIL, 2), "council": (COUNCIL_TEAM, 0), "siblings": (TWO_TEAMS, 1), "apart": (APART, 1)}
"""What was said, and which of the surveys has everybody."""


def kinds_of(words: Sequence[Word]) -> list[Kind]:
    """Who there can be, written apart from the product's own groups."""

    def lets(there: tuple[bool, ...]) -> bool:
        for one, other, relation in words:
            small, large = (one, other) if relation is Relation.WITHIN else (other, one)
            if there[one] and there[other] if relation is Relation.APART else there[small] and not there[large]:
                return False
        return True

    every = (there for there in product((True, False), repeat=3) if any(there) and lets(there))
    return [(there, place) for there in every for place in brute.PLACES]


def member(number: int) -> Callable[[Kind], bool]:
    return lambda kind: kind[0][number]


def sums(kinds: Sequence[Kind], world: Counts, counted: Callable[[Kind], bool]) -> Counts:
    """In each world those in the north, and in the south."""
    masks = [[counted(kind) and kind[1] == place for kind in kinds] for place in brute.PLACES]
    return world @ np.array(masks, np.int64).T


def proved(tables: dict[int, Tables], kinds: Sequence[Kind], true: Counts, most: int) -> bool:
    """Whether anything of 1 to 4 can be proved, or under the threshold known, of anybody published or between them."""
    every = worlds(most, len(kinds))
    fits = np.full(len(every), fill_value=True)
    for number, one in tables.items():
        seen = [shown(one.rule, sums(kinds, which, member(number))) for which in (every, true)]
        fits &= (seen[0] == seen[1]).all(axis=1)
    fitting = every[fits]
    groups = [(member(number), False) for number in tables]
    groups += [
        (functools.partial(_between, one, other, inside), True)
        for one, other in product(tables, repeat=2)
        for inside in (True, False)
        if one != other
    ]
    groups += [(lambda kind, one=kind: kind[0] == one[0], True) for kind in kinds]
    return any(_gives_away(sums(kinds, fitting, group), tables[0].rule, between) for group, between in groups)


def _between(one: int, other: int, inside: bool, kind: Kind) -> bool:
    return kind[0][one] and kind[0][other] is inside


def _gives_away(seen: Counts, rule: Rule, is_between: bool) -> bool:
    numbers = np.column_stack([seen, seen.sum(axis=1)])
    return any(
        (low >= 1 and high <= 4) or (low == high < rule.threshold and not (is_between and high == 0))
        for low, high in zip(numbers.min(axis=0).tolist(), numbers.max(axis=0).tolist(), strict=True)
    )


def looked_at(tables: dict[int, Tables], words: Sequence[Word]) -> Verdict:
    chains = [Chain([Published(tables[number], EVERYONE)] if number in tables else []) for number in (1, 2)]
    public = public_of([], chains, also=words)
    newest = Source(tables[0], public.people, EVERYONE)
    facts = Facts({"place": brute.PLACES}, EVERYONE, public.most)
    return audit([*public.sources, newest], facts, populations.budget())


GIVEN_AWAY, SAFE = (0,), {"team": (18,), "council": (23,), "siblings": (53, 65), "apart": (6,)}


def tried(shape: str, seed: int) -> tuple[Verdict, bool]:
    """Up to eleven people; the survey between the other two is sometimes not out at all, and tells all the same whose
    people are whose. What the product says of one such place, and whether counting every population finds something."""
    words, largest = SHAPES[shape]
    chance, kinds = random.Random(f"{shape} {seed}"), kinds_of(words)
    rule = Rule(threshold=5, rounding=chance.choice([1, 1, 2, 5]))
    people = np.zeros((1, len(kinds)), np.int64)
    for _ in range(chance.choice([5, 8, 9, 11])):
        people[0, chance.randrange(len(kinds))] += 1
    out = (0, 1, 2) if largest == 1 or seed % 2 else (0, 2)
    counts = {number: sums(kinds, people, member(number))[0].tolist() for number in out}
    tables = {number: published(rule, dict(zip(brute.PLACES, each, strict=True))) for number, each in counts.items()}
    base = tables[largest].base
    return looked_at(tables, words), proved(tables, kinds, people, 4 if base is None else rule.reading(base)[1])


@pytest.mark.parametrize(("shape", "seed"), [(shape, seed) for shape in SHAPES for seed in (*GIVEN_AWAY, *SAFE[shape])])
def test_d2_three_surveys_that_lie_within_each_other_are_judged_as_counting_all_finds(shape: str, seed: int) -> None:
    """D2, D3."""
    verdict, is_proved = tried(shape, seed)
    assert verdict.in_time
    assert bool(verdict.found) is (seed in GIVEN_AWAY)
    assert bool(verdict.found) is is_proved


def test_d2_a_team_is_held_to_its_council_though_only_its_service_was_declared() -> None:
    """Thirty of a team and thirty-two of the council, in exact numbers: with the service between them, which has no
    release, the two beside the team are named."""
    council = Published(answers(31, 31), frozenset({"q"}))

    def beside(*words: Word) -> Public:
        return public_of([], [Chain([]), Chain([council])], also=words)

    assert found(beside((0, 1, Relation.WITHIN), (1, 2, Relation.WITHIN)), answers(30, 30)).found
    assert found(beside((0, 1, Relation.WITHIN)), answers(30, 30)).passed


def test_d2_teams_that_share_nobody_tell_of_the_rest_of_their_service() -> None:
    """Thirty and thirty of sixty-two: the two beside them are named once nobody is in both teams."""
    service, team = (Published(answers(size, size), frozenset({"q"})) for size in (31, 15))
    words: list[Word] = [(0, 1, Relation.WITHIN), (1, 2, Relation.AROUND)]
    apart: list[Word] = [*words, (0, 2, Relation.APART)]
    known, held = (public_of([], [Chain([service]), Chain([team])], also=also) for also in (words, apart))
    assert found(held, answers(15, 15)).found
    assert found(known, answers(15, 15)).passed
