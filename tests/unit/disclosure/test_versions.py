"""One release of two versions of a survey: who answered which is known, and what nobody asked the first ones; held to
counting every population there is (D2, D3)."""

import random
from collections.abc import Iterator
from itertools import starmap

import numpy as np
import pytest

from engage.rules.disclosure import Cell, RawTable, Rule, Table, Tables, publish
from engage.rules.disclosure.audit import Part, Verdict
from engage.rules.disclosure.ladder import Counted, beside
from engage.rules.disclosure.overlap import Line, Published, public_of
from tests.unit.disclosure import brute, populations
from tests.unit.disclosure.test_overlap import Counts, worlds

OLD, LATE, NEW = "in a release already", "to the first version, since", "to the second"
KINDS = [(who, place, said) for who in (OLD, LATE) for place in ("",) for said in brute.OPTIONS]
KINDS += [(NEW, place, said) for place in brute.PLACES for said in brute.OPTIONS]
"""The second version asks where somebody is; everybody answers all they are asked."""
Number = tuple[tuple[str, ...], str, str]
"""Of whom, where ("" anywhere, "known" where it is known), what they said ("" anything)."""
Drawn = tuple[str, str, tuple[str, ...]]
BEFORE, NOW, EVERYWHERE = (OLD,), (OLD, LATE, NEW), ("", "known", *brute.PLACES)
TABLES = {
    BEFORE: [("q", "", brute.OPTIONS)],
    NOW: [*(("q", place, brute.OPTIONS) for place in ("", *brute.PLACES)), ("place", "known", brute.PLACES)],
}
FIRST, SECOND = Part(frozenset({"q"}), frozenset({"place"})), Part(frozenset({"q", "place"}))


def numbers() -> list[Number]:
    """Every number that is published or could be asked for."""
    groups = [BEFORE, NOW, (LATE,), (NEW,), (OLD, LATE), (LATE, NEW)]
    return [(who, place, said) for who in groups for place in EVERYWHERE for said in ("", *brute.OPTIONS)]


def sums(world: Counts) -> Counts:
    def has(kind: tuple[str, str, str], number: Number) -> bool:
        who, place, said = number
        is_there = kind[1] != "" if place == "known" else place in {"", kind[1]}
        return kind[0] in who and is_there and said in {"", kind[2]}

    return world @ np.array([[has(kind, number) for kind in KINDS] for number in numbers()], np.int64).T


def cells_of(who: tuple[str, ...], divides: bool) -> Iterator[tuple[Drawn, Number, list[Number]]]:
    """Of every table its number of people, and of each answer. divides: whether results are divided by where."""
    for table in TABLES[who]:
        question, place, options = table
        if place in brute.PLACES and not divides:
            continue
        cells = [(who, place, one) if question == "q" else (who, one, "") for one in options]
        yield table, (who, place, ""), cells


def shown(rule: Rule, seen: Counts, whos: list[tuple[str, ...]], divides: bool) -> Counts:
    """What would be published of each world by leaving out what is small; -1 where it is hidden."""
    found = np.where(seen < rule.threshold, -1, (seen + rule.rounding // 2) // rule.rounding * rule.rounding)
    columns = []
    for who in whos:
        columns.append(found[:, numbers().index((who, "", ""))])
        for _, base, cells in cells_of(who, divides):
            here = found[:, numbers().index(base)]
            columns += [here, *(np.where(here < 0, -1, found[:, numbers().index(cell)]) for cell in cells)]
    return np.array(columns).T


def published(rule: Rule, people: Counts, who: tuple[str, ...], divides: bool) -> Tables:
    numbers_shown = iter(shown(rule, sums(people), [who], divides)[0].tolist())
    seen = (None if one < 0 else one for one in numbers_shown)
    total, tables = next(seen), []
    for (question, place, options), _, _ in cells_of(who, divides):
        base = next(seen)
        cells = tuple(Cell(option, next(seen)) for option in options)
        filters = (("place", place),) if place in brute.PLACES else ()
        is_hidden = None in {cell.count for cell in cells}
        tables.append(Table(question, False, filters, cells, base, "small" if is_hidden else None))
    return Tables(rule, total, tuple(tables))


def proved(rule: Rule, people: Counts, whos: list[tuple[str, ...]], most: int, divides: bool) -> bool:
    every = worlds(most, len(KINDS))
    if BEFORE not in whos:
        every = every[(every[:, [kind[0] == OLD for kind in KINDS]] == 0).all(axis=1)]
    seen = sums(every)
    fitting = seen[(shown(rule, seen, whos, divides) == shown(rule, sums(people), whos, divides)).all(axis=1)]
    there = sums(np.ones((1, len(KINDS)), np.int64))[0] > 0
    is_published = {number for who in whos for _, base, cells in cells_of(who, divides) for number in (base, *cells)}
    return any(
        (low >= 1 and high <= 4) or (low == high < rule.threshold and not (number not in is_published and high == 0))
        for number, low, high, can_be in zip(numbers(), fitting.min(axis=0), fitting.max(axis=0), there, strict=True)
        if can_be and (divides or not (number[1] and number[2]))
    )


def tried(seed: int, *, divides: bool = True) -> tuple[Verdict, bool]:
    """A place with a release of the first version and one of both, or with the latter alone: what the product says of
    it, and whether counting every population proves something."""
    chance, people = random.Random(seed), np.zeros((1, len(KINDS)), np.int64)
    rule, is_first = Rule(threshold=5, rounding=chance.choice([1, 2, 5, 5])), seed % 2 == 0
    people[0, KINDS.index((LATE, "", "yes"))] = 1  # a version that nobody answered is not counted
    there = chance.sample(range(2 if is_first else 0, len(KINDS)), chance.choice([2, 3, 6]))
    for _ in range(chance.choice([5, 8, 10])):
        people[0, chance.choice(there)] += 1
    whos = [NOW] if is_first else [BEFORE, NOW]
    earlier = (
        [] if is_first else [Published(published(rule, people, BEFORE, divides), frozenset({"q"}), lines={"1": Line()})]
    )
    public = public_of(earlier, lines={"1": 0, "2": 0})
    now = published(rule, people, NOW, divides)
    verdict = beside(counted(people, divides), now, public, populations.budget())
    most = 4 if now.base is None else rule.reading(now.base)[1]
    return verdict, proved(rule, people, whos, most, divides)


def counted(people: Counts, divides: bool) -> Counted:
    true = dict(zip(numbers(), sums(people)[0].tolist(), strict=True))
    raw = []
    for (question, place, options), _, cells in cells_of(NOW, divides):
        filters = {"place": place} if place in brute.PLACES else {}
        counts = {option: true[cell] for option, cell in zip(options, cells, strict=True)}
        raw.append(RawTable.make(question, counts, filters=filters))
    return Counted(raw, true[NOW, "", ""], {"place": brute.PLACES} if divides else {}, parts={"1": FIRST, "2": SECOND})


@pytest.mark.parametrize("divides", [True, False])
@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 20, 22, 41])
def test_d3_two_versions_in_one_release_are_judged_as_counting_all_finds(seed: int, divides: bool) -> None:
    """D3: up to ten people, some of whom were not asked where they are; with an earlier release of theirs, and without.
    Where divides results, or it does not."""
    verdict, is_proved = tried(seed, divides=divides)
    assert verdict.in_time
    assert bool(verdict.found) is is_proved


def exact(name: str, filters: dict[str, str], **cells: int) -> RawTable:
    return RawTable.make(name, cells, filters=filters)


@pytest.mark.parametrize(
    ("parts", "is_found"),
    [
        ({"1": FIRST, "2": SECOND}, True),
        ({"1": Part(FIRST.always), "2": SECOND}, False),
        ({"1": FIRST, "2": Part(frozenset({"q"}))}, False),
    ],
)
def test_d2_who_was_asked_what_tells_of_a_first_version(parts: dict[str, Part], is_found: bool) -> None:
    """Sixty said where they are and two were not asked: of these one said yes. No number is hidden; it is known only
    because all of the second version said where, and none of the first."""
    raw = [exact("q", {}, yes=41, no=21), exact("place", {}, n=30, s=30)]
    raw += [exact("q", {"place": place}, yes=20, no=10) for place in brute.PLACES]
    both = Counted(raw, 62, {"place": brute.PLACES}, parts=parts)
    shown = (Table(one.question, False, one.filters, tuple(starmap(Cell, one.counts)), one.base) for one in raw)
    now = Tables(Rule(threshold=5, rounding=1), 62, tuple(shown))
    verdict = beside(both, now, public_of([], lines={"1": 0, "2": 0}), populations.budget())
    assert (bool(verdict.found), verdict.in_time, verdict.fits) == (is_found, True, True)


def test_d2_a_further_release_that_takes_a_version_in_tells_nobody_of_it() -> None:
    """Forty of the first version were shown; with the second they are 83, and forty were asked a new question."""
    rule, q = Rule(threshold=5, rounding=1), frozenset({"q"})
    first = publish([exact("q", {}, yes=20, no=20)], rule, total=40)
    raw = [exact("q", {}, yes=40, no=43), exact("new", {}, a=20, b=20)]
    parts = {"1": Part(q, frozenset({"new"})), "2": Part(frozenset({"q", "new"}))}
    counted_now = Counted(raw, 83, {}, parts=parts)
    earlier = Published(first, q, lines={"1": Line()})
    now = publish(raw, rule, total=83)
    beside_it = public_of([earlier], lines={"1": 0, "2": 0})
    assert [len(one) for one in beside_it.lines["1"]] == [2, 2]
    assert not beside(counted_now, now, beside_it, populations.budget()).passed, "three more answered the first one"
    apart = public_of([], lines={"1": 0, "2": 0})
    assert beside(counted_now, now, apart, populations.budget()).passed
