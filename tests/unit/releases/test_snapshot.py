"""A snapshot counts what a plain loop counts, and leaves nothing behind."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

from engage.understanding.releases.snapshot import SKIPPED, Column, Snapshot

COLUMNS = [
    Column("home", ("1", "2", "3", SKIPPED), multiple=False),
    Column("who", ("friend", "teacher", "none", SKIPPED), multiple=True),
    Column("age", ("8-11", "12-17", SKIPPED), multiple=False),
    Column("care", ("yes", "no", SKIPPED), multiple=False),
]


def _person(chance: random.Random) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for column in COLUMNS:
        roll = chance.random()
        if roll < 0.1:
            continue  # not asked
        if roll < 0.2:
            answers[column.question] = {"skipped": True}
        elif column.multiple:
            answers[column.question] = {"values": chance.sample(column.options[:-1], chance.randint(1, 2))}
        else:
            answers[column.question] = {"value": chance.choice(column.options[:-1])}
    return answers


def _said(answer: dict[str, Any] | None) -> list[str]:
    if answer is None:
        return []
    return [SKIPPED] if "skipped" in answer else answer.get("values") or [answer["value"]]


def test_counts_equal_those_of_a_plain_loop(tmp_path: Path) -> None:
    chance = random.Random(4)
    people = [_person(chance) for _ in range(400)]
    with Snapshot(tmp_path, COLUMNS) as snapshot:
        assert snapshot.write(people) == 400
        for column in COLUMNS:
            dimensions = [name for name in ("age", "care") if name != column.question]
            for table in snapshot.count(column.question, dimensions):
                inside = [
                    person
                    for person in people
                    if all(_said(person.get(name)) == [value] for name, value in table.filters)
                    and _said(person.get(column.question))
                ]
                expected = Counter(value for person in inside for value in _said(person[column.question]))
                assert dict(table.counts) == {option: expected[option] for option in column.options}
                assert table.base == len(inside)
    assert list(tmp_path.iterdir()) == []


def test_a_snapshot_is_gone_after_a_fault(tmp_path: Path) -> None:
    try:
        with Snapshot(tmp_path, COLUMNS) as snapshot:
            snapshot.write([{"home": {"value": "1"}}])
            raise KeyError
    except KeyError:
        pass
    assert list(tmp_path.iterdir()) == []


def test_text_that_looks_like_sql_is_only_text(tmp_path: Path) -> None:
    columns = [Column("home", ("'; DROP TABLE raw; --", SKIPPED), multiple=False)]
    with Snapshot(tmp_path, columns) as snapshot:
        snapshot.write([{"home": {"value": "'; DROP TABLE raw; --"}}] * 3)
        [table] = snapshot.count("home", [])
    assert table.base == 3
