"""A snapshot counts what a plain loop counts, and leaves nothing behind."""

import json
import random
from collections import Counter
from pathlib import Path

from engage.rules.questionnaire.answers import SKIP
from engage.understanding.releases.snapshot import ABOUT, Column, Snapshot

COLUMNS = [
    Column("home", ("1", "2", "3", SKIP), multiple=False),
    Column("who", ("friend", "teacher", "none", SKIP), multiple=True),
    Column("age", ("8-11", "12-17", SKIP), multiple=False),
    Column("care", ("yes", "no", SKIP), multiple=False),
]


def _person(chance: random.Random) -> dict[str, list[str]]:
    answers: dict[str, list[str]] = {}
    for column in COLUMNS:
        roll = chance.random()
        if roll < 0.1:
            continue  # not asked
        if roll < 0.2:
            answers[column.question] = [SKIP]
        elif column.multiple:
            answers[column.question] = chance.sample(column.options[:-1], chance.randint(1, 2))
        else:
            answers[column.question] = [chance.choice(column.options[:-1])]
    return answers


def _write(snapshot: Snapshot, people: list[dict[str, list[str]]]) -> int:
    """Write one row a person; how many."""
    rows = [(json.dumps(person), "") for person in people]
    keys = {key for person in people for key in person}
    return snapshot.write_stored(rows, sorted(keys), lambda key, text: {key: json.loads(text)} if text else {})


def test_counts_equal_those_of_a_plain_loop(tmp_path: Path) -> None:
    chance = random.Random(4)
    people = [_person(chance) for _ in range(400)]
    with Snapshot(tmp_path, COLUMNS) as snapshot:
        assert _write(snapshot, people) == 400
        for column in COLUMNS:
            dimensions = [name for name in ("age", "care") if name != column.question]
            for table in snapshot.count(column.question, dimensions):
                inside = [
                    person
                    for person in people
                    if all(person.get(name) == [value] for name, value in table.filters) and column.question in person
                ]
                expected = Counter(value for person in inside for value in person[column.question])
                assert dict(table.counts) == {option: expected[option] for option in column.options}
                assert table.base == len(inside)
    assert list(tmp_path.iterdir()) == []


def test_a_snapshot_is_gone_after_a_fault(tmp_path: Path) -> None:
    try:
        with Snapshot(tmp_path, COLUMNS) as snapshot:
            _write(snapshot, [{"home": ["1"]}])
            raise KeyError
    except KeyError:
        pass
    assert list(tmp_path.iterdir()) == []


def test_text_that_looks_like_sql_is_only_text(tmp_path: Path) -> None:
    columns = [Column("home", ("'; DROP TABLE raw; --", SKIP), multiple=False)]
    with Snapshot(tmp_path, columns) as snapshot:
        _write(snapshot, [{"home": ["'; DROP TABLE raw; --"]}] * 3)
        [table] = snapshot.count("home", [])
    assert table.base == 3


def test_a_column_that_nobody_answered_counts_nobody(tmp_path: Path) -> None:
    with Snapshot(tmp_path, COLUMNS) as snapshot:
        _write(snapshot, [{"home": ["1"]}] * 3)
        assert list(snapshot.count("who", ["age"])) == []
        [alone] = snapshot.count("home", ["age"])
    assert alone.base == 3


def test_each_different_answer_is_looked_at_once(tmp_path: Path) -> None:
    """Answers as they are stored: an object, what is not in it, a null, and what is said beside it."""
    seen = []

    def place(key: str, text: str) -> dict[str, list[str]]:
        seen.append((key, text))
        return {"age": [text]} if key == ABOUT else {"home": [json.loads(text)["value"]]}

    rows = (
        [('{"home": {"value": "1"}}', "8-11")] * 40
        + [('{"home": {"value": "2"}, "x": "\\n"}', "8-11")] * 2
        + [("{}", "12-17")]
    )
    with Snapshot(tmp_path, COLUMNS) as snapshot:
        assert snapshot.write_stored(rows, ["home"], place) == 43
        tables = {table.filters: table for table in snapshot.count("home", ["age"])}
    assert len(seen) == 4
    assert dict(tables[()].counts) == {"1": 40, "2": 2, "3": 0, SKIP: 0}
    assert tables[("age", "8-11"),].base == 42
    assert (("age", "12-17"),) not in tables
