"""D3 in full: 200 random places with small cells made on purpose, every published cell tried by two attackers."""

import random
from collections.abc import Iterator
from dataclasses import replace

from engage.rules.disclosure import Rule
from engage.rules.disclosure.audit import Facts, Source, audit
from engage.rules.disclosure.ladder import Public, descend, judged
from tests.drills.conftest import say
from tests.unit.disclosure import populations, test_hierarchies, test_nested, test_versions, test_ways
from tests.unit.disclosure.attacker import attack

POPULATIONS = 200
NESTED, THREE, WAYS, VERSIONS = range(60), [*range(24), 33, 44, 53, 65], [*range(26), 35, 372], range(120)
"""Places by number for those that count every population: all that the suite tries, and more."""


def test_d3_two_hundred_places_give_nothing_away() -> None:
    """D3: the solver with the whole lattice, and an attacker with a pencil of its own."""
    rule, tried, cells, found, rungs = Rule.for_audience("children"), 0, 0, 0, dict[str, int]()
    for seed in range(POPULATIONS):
        place = populations.counted(populations.people(seed))
        descent = descend(place, rule, Public(), populations.budget())
        assert descent.tables is not None
        rungs[descent.rung] = rungs.get(descent.rung, 0) + 1
        facts = Facts(place.dimensions, place.everyone)
        verdict = audit([Source(descent.tables)], facts, populations.budget())
        asked = tuple(table for table in descent.tables.tables if table.question == "q")
        answers = replace(descent.tables, tables=asked)
        pencil = attack(answers, {name: list(values) for name, values in place.dimensions.items()})
        assert verdict.in_time
        tried, found = tried + verdict.asked, found + len(verdict.found) + len(pencil)
        assert not verdict.found, (seed, verdict.found)
        assert not pencil, (seed, pencil)
        cells += sum(len(table.cells) for table in descent.tables.tables)
    say(f"D3: {found} found of {tried} hidden sums tried in {cells} cells of {POPULATIONS} places; {rungs}")
    assert found == 0


def nested() -> Iterator[tuple[bool, bool, bool]]:
    """Of every place: whether the product was done in time and found something; whether counting all finds it."""
    for seed in NESTED:
        rule, people = test_nested.place_of(seed)
        tables = test_nested.published(rule, people)
        verdict = test_nested.looked_at(tables, test_nested.WITHIN)
        most = 4 if tables.base is None else rule.reading(tables.base)[1]
        yield verdict.in_time, bool(verdict.found), test_nested.proved(rule, people, most)


def three() -> Iterator[tuple[bool, bool, bool]]:
    for shape in test_hierarchies.SHAPES:
        for seed in THREE:
            verdict, is_proved = test_hierarchies.tried(shape, seed)
            yield verdict.in_time, bool(verdict.found), is_proved


def ways() -> Iterator[tuple[bool, bool, bool]]:
    for number in WAYS:
        now, counted, said = test_ways.place_of(random.Random(number))
        truths = test_ways.truths_of(now, said)
        whole = truths[tuple(said)]
        possible = [one for one in truths.values() if one is not None] if whole is None else [whole]
        verdicts = judged(counted, now, test_ways.public(said), populations.budget())
        yield all(one.in_time for one in verdicts), any(one.found for one in verdicts), any(possible)


def versions() -> Iterator[tuple[bool, bool, bool]]:
    for seed in VERSIONS:
        verdict, is_proved = test_versions.tried(seed, divides=seed % 3 > 0)
        yield verdict.in_time, bool(verdict.found), is_proved


def test_d2_many_places_are_judged_as_counting_every_population_finds() -> None:
    """D2, D3: a team within its service, three surveys within each other, what cannot all be true, two versions."""
    for name, places in (("nested", nested()), ("three surveys", three()), ("ways", ways()), ("versions", versions())):
        tried = list(places)
        missed = [at for at, (_, found, is_proved) in enumerate(tried) if is_proved and not found]
        more = [at for at, (_, found, is_proved) in enumerate(tried) if found and not is_proved]
        late = [at for at, (in_time, _, _) in enumerate(tried) if not in_time]
        given = sum(is_proved for *_, is_proved in tried)
        say(f"D2 {name}: {given} give somebody away of {len(tried)} tried; {len(missed)} missed, {len(late)} not done")
        assert (missed, more, late) == ([], [], []), name
        assert 0 < given < len(tried)
