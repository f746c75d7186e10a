"""D3 in full: 200 random places with small cells made on purpose, every published cell tried by two attackers."""

from dataclasses import replace

from engage.rules.disclosure import Rule
from engage.rules.disclosure.audit import Facts, Source, audit
from engage.rules.disclosure.ladder import Public, descend
from tests.drills.conftest import say
from tests.unit.disclosure import populations
from tests.unit.disclosure.attacker import attack

POPULATIONS = 200


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
