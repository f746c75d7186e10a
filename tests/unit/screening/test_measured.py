"""What the product says of its screening is what the last run measured, on the set that was frozen (S1, S2, S8, S9)."""

import json
from pathlib import Path

import pytest

from engage.desk.screened import WAYS, claim
from engage.rules.screening import categories, measured
from engage.safeguarding.words import HARMS
from tests.measure import counting, frozen
from tests.measure.adversarial import by_trick
from tests.measure.counting import Count
from tests.measure.frozen import Refused


def test_s1_the_set_is_the_one_frozen_before_the_first_run() -> None:
    """S1: by SHA-256; every run on it is logged."""
    frozen.check_frozen()
    runs = [entry["run"] for entry in frozen.log() if entry["set"] == frozen.set_name()]
    assert runs == list(range(1, len(runs) + 1))
    assert len(runs) <= frozen.MOST_RUNS


def test_s1_another_set_is_refused(tmp_path: Path) -> None:
    """S1: a text changed, or a file more, and nothing is measured."""
    (tmp_path / "positives.jsonl").write_text('{"text": "other"}\n', encoding="utf-8")
    with pytest.raises(Refused):
        frozen.check_frozen(tmp_path)


def test_s1_what_is_added_to_a_set_wins_it_no_further_run(tmp_path: Path) -> None:
    """S1: a set that was lengthened is frozen anew, keeps its name and so its runs, and only negatives are added."""
    assert {"negatives_more.jsonl"} >= frozen.added().keys()
    assert frozen.log()[-1].get("added", frozen.added()) == frozen.added()
    alone, longer = tmp_path / "alone.json", tmp_path / "longer.json"
    alone.write_text('{"negatives.jsonl": "1"}', encoding="utf-8")
    longer.write_text('{"negatives.jsonl": "1", "negatives_more.jsonl": "2"}', encoding="utf-8")
    assert frozen.set_name(alone) == frozen.set_name(longer)
    for name, text in (("negatives", "first"), ("negatives_more", "second")):
        (tmp_path / f"{name}.jsonl").write_text(f'{{"text": "{text}", "kind": "hard"}}\n', encoding="utf-8")
    assert [item.text for item in frozen.items("negatives", tmp_path)] == ["first", "second"]


def test_s1_after_three_runs_a_new_set_is_asked_for() -> None:
    """S1: the fourth run on a set is refused; on another it is the first."""
    entries: list[frozen.Entry] = [{"set": "one"}, {"set": "one"}, {"set": "one"}]
    with pytest.raises(Refused):
        frozen.next_run(entries, "one")
    assert frozen.next_run(entries, "two") == 1


def test_s2_bounds_are_those_of_the_arithmetic() -> None:
    """S2: 0 missed of 59 is 0.95, of 149 0.98, of 299 0.99."""
    for n, bound in ((59, 0.95), (149, 0.98), (299, 0.99)):
        assert Count(n, n).lower == pytest.approx(bound, abs=0.0005)
    assert Count(600, 594).lower == pytest.approx(0.980, abs=0.001)


def test_s2_the_set_is_large_enough() -> None:
    """S2 and S4: 600 positives, 60 in each of ten serious categories, 60 in each way, 2,000 that only look like it."""
    last = measured()
    assert last.overall.n >= 600
    assert sum(row.n >= 60 for row in last.categories) >= 10
    assert min(row.n for row in last.slices) >= 60
    assert last.negatives["hard"].n >= 2000


def test_s9_the_shipped_numbers_are_those_of_the_last_run() -> None:
    """S9: the build fails when the product says other numbers, or was changed since they were measured."""
    last = frozen.log()[-1]
    assert json.loads(frozen.SHIPPED.read_text(encoding="utf-8")) == last
    assert last["lists"] == frozen.fingerprint(), "the lists changed: python -m tests.measure, and see S1"


def test_s9_the_page_says_those_numbers_worst_first() -> None:
    said, last = claim(), measured()
    assert (said.overall.found, said.overall.count) == (last.overall.found, last.overall.n)
    assert said.missed == last.overall.n - last.overall.found
    assert [line.lowest for line in said.ways] == sorted(line.lowest for line in said.ways)
    assert len(said.unequal) == len(last.gaps)
    assert {row.name for row in (*last.slices, *last.languages)} <= WAYS.keys()
    assert {row.name for row in last.categories} <= HARMS.keys() & set(categories())


def test_s8_a_gap_of_more_than_five_in_a_hundred_is_listed() -> None:
    rows = [Count(100, 80).row("low"), Count(100, 96).row("even")]
    assert [row["name"] for row in counting.gaps(rows, 0.96)] == ["low"]


def test_s1_what_was_written_to_get_past_the_lists_is_reported_apart() -> None:
    """S1: an adversarial set of fifty and more is no part of the frozen one; some of it gets past."""
    counts = by_trick()
    whole = Count(sum(count.n for count in counts.values()), sum(count.found for count in counts.values()))
    assert whole.n >= 50
    assert 0.6 * whole.n <= whole.found < whole.n
