"""Which groups of people there are where surveys are told of by others: as many as there must be, found without trying
more, and with another true word never less is held (D2)."""

import random
from collections.abc import Sequence
from itertools import combinations, product

import pytest

from engage.rules.disclosure.audit import TooLarge
from engage.rules.disclosure.ladder import Public
from engage.rules.disclosure.overlap import Chain, Published, Relation, Word, public_of
from tests.unit.disclosure.test_overlap import answers, found

ONE = Published(answers(30, 30), frozenset({"q"}))
SURVEYS = 5
People = frozenset[tuple[bool, ...]]
"""In which of the surveys each kind of people is."""


def is_so(word: Word, there: Sequence[bool]) -> bool:
    """Whether somebody can be there, written apart from the product's own rule."""
    one, other, relation = word
    one_is, other_is = there[one], there[other]
    if relation is Relation.SAME:
        return one_is == other_is
    if relation is Relation.APART:
        return not (one_is and other_is)
    return other_is or not one_is if relation is Relation.WITHIN else one_is or not other_is


def said_of(chance: random.Random, people: People, most: int) -> list[Word]:
    """Some of all that is true of these people."""
    every = [
        (one, other, relation)
        for (one, other), relation in product(combinations(range(SURVEYS), 2), Relation)
        if all(is_so((one, other, relation), there) for there in people)
    ]
    return chance.sample(every, min(most, len(every)))


def seen(public: Public, out: Sequence[int]) -> People:
    """In which of the surveys that are out each group is; nobody is in none."""
    of = [public.people, *(source.people for source in public.sources)]
    groups = frozenset[str]().union(*of)
    assert len(of) == len(out)
    return frozenset(tuple(name in one for one in of) for name in groups)


def beside(words: Sequence[Word], out: Sequence[int], most: int = 400) -> Public:
    chains = [Chain([ONE] if at in out else []) for at in range(1, SURVEYS)]
    return public_of([], chains, also=words, most_groups=most)


@pytest.mark.parametrize("seed", range(60))
def test_d2_there_are_as_many_groups_as_trying_every_one_finds(seed: int) -> None:
    """Surveys without a release tell of those that have one, and make no groups of their own."""
    chance = random.Random(seed)
    words = said_of(chance, frozenset(), chance.randrange(9))
    out = [0, *(at for at in range(1, SURVEYS) if chance.random() < 0.6)]
    every = (there for there in product((True, False), repeat=SURVEYS) if all(is_so(word, there) for word in words))
    wanted = {tuple(there[at] for at in out) for there in every} - {(False,) * len(out)}
    assert seen(beside(words, out), out) == wanted
    assert beside(words, out, max(1, len(wanted))).people == beside(words, out).people
    with pytest.raises(TooLarge):
        beside(words, out, len(wanted) - 1)


def test_d2_many_surveys_of_the_same_people_are_one_group() -> None:
    """Of 300 surveys, each in or not, there are more ways than can be tried one by one."""
    public = public_of([], [Chain([ONE], Relation.SAME)] * 300)
    assert {source.people for source in public.sources} == {public.people}
    assert len(public.people) == 1


def test_d2_groups_are_counted_while_they_are_made() -> None:
    with pytest.raises(TooLarge):
        public_of([], [Chain([ONE])] * 300)
    with pytest.raises(TooLarge):
        public_of([ONE] * 300, [Chain([ONE] * 300)] * 300)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("most", [3, 6, 12])
def test_d2_another_true_word_never_lets_less_be_held(seed: int, most: int) -> None:
    """D2: with it nobody can be who could not be without it, or it is said that it is too much."""
    chance = random.Random(seed)
    kinds = [there for there in product((True, False), repeat=SURVEYS) if any(there)]
    people = frozenset(chance.sample(kinds, chance.randrange(2, 6)))
    words, out = said_of(chance, people, 9), range(SURVEYS)
    before: People | None = None
    for said in range(len(words) + 1):
        try:
            now = seen(beside(words[:said], out, most), out)
        except TooLarge:
            continue
        assert people <= now
        assert before is None or now <= before
        before = now


def test_d2_a_team_is_held_to_its_council_however_many_other_services_were_declared() -> None:
    """Two of the council are not in the team: with other services in it too that is found, or not looked at."""
    team: list[Word] = [(0, 1, Relation.WITHIN), (1, 2, Relation.WITHIN)]
    for services in range(1, 9):
        chains = [Chain([]), Chain([Published(answers(31, 31), frozenset({"q"}))]), *[Chain([ONE])] * services]
        words = [*team, *((3 + at, 2, Relation.WITHIN) for at in range(services))]
        try:
            verdict = found(public_of([], chains, also=words, most_groups=20), answers(30, 30))
        except TooLarge:
            break
        assert not verdict.passed
    assert services == 4
