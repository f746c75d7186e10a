"""Closed answers as a columnar snapshot: written, shuffled, counted and deleted within one release.

A snapshot holds no response id, no word and no week. Nothing reads it but `count`.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from engage.rules.disclosure import RawTable

_BATCH = 20_000


@dataclass(frozen=True)
class Column:
    """One column as the snapshot keeps it: its key, what may stand in it in order, several of them or one."""

    question: str
    options: tuple[str, ...]
    multiple: bool


class Snapshot:
    """A Parquet file under `folder` for as long as the block lasts."""

    def __init__(self, folder: Path, columns: Sequence[Column]) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._place = tempfile.TemporaryDirectory(dir=folder)
        self._file = Path(self._place.name, "answers.parquet")
        self._columns = {column.question: column for column in columns}
        self._names = {column.question: f"c{number}" for number, column in enumerate(columns)}
        self._engine = duckdb.connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._engine.close()
        self._place.cleanup()

    def write(self, people: Iterable[Mapping[str, Sequence[str]]]) -> int:
        """Write one row a person (column -> what stands there) in random order; how many."""
        self._engine.execute("CREATE TABLE raw (answers VARCHAR)")
        for batch in _batches(json.dumps(self._row(row)) for row in people):
            self._engine.execute("INSERT INTO raw SELECT unnest(string_split(?, chr(10)))", ["\n".join(batch)])
        columns = ", ".join(f"{self._read(column)} AS {self._names[name]}" for name, column in self._columns.items())
        self._engine.execute(f"CREATE TABLE closed AS SELECT {columns} FROM raw ORDER BY random()")  # noqa: S608
        self._engine.execute(f"COPY closed TO {_quoted(str(self._file))} (FORMAT parquet)")
        [(count,)] = self._engine.execute("SELECT count(*) FROM closed").fetchall()
        self._engine.execute("DROP TABLE raw")
        self._engine.execute("DROP TABLE closed")
        return int(count)

    def count(self, question: str, dimensions: Sequence[str]) -> Iterator[RawTable]:
        """True counts of one question: over everybody, by each dimension, and by each two."""
        cuts = [(), *((one,) for one in dimensions)]
        cuts += [(one, two) for place, one in enumerate(dimensions) for two in dimensions[place + 1 :]]
        for cut in cuts:
            yield from self._cut(self._columns[question], cut)

    def _cut(self, column: Column, cut: tuple[str, ...]) -> Iterator[RawTable]:
        name = self._names[column.question]
        keys = [self._names[one] for one in cut]
        bases = self._grouped(keys, "1", f"{name} IS NOT NULL")
        each = f"unnest({name})" if column.multiple else name
        counts = self._grouped(keys, each, f"{name} IS NOT NULL")
        slices: dict[tuple[str, ...], dict[str, int]] = {}
        for *values, option, people in counts:
            slices.setdefault(tuple(values), {})[option] = people
        for *values, _one, base in bases:
            found = slices[tuple(values)]
            ordered = {option: found.get(option, 0) for option in column.options}
            yield RawTable.make(
                column.question,
                ordered,
                base=base,
                filters=dict(zip(cut, values, strict=True)),
                multiple=column.multiple,
            )

    def _grouped(self, keys: Sequence[str], value: str, condition: str) -> list[tuple[Any, ...]]:
        where = " AND ".join([condition, *(f"{key} IS NOT NULL" for key in keys)])
        columns = ", ".join([*keys, f"{value} AS v"])
        inner = f"SELECT {columns} FROM read_parquet({_quoted(str(self._file))}) WHERE {where}"  # noqa: S608
        groups = ", ".join([*keys, "v"])
        return self._engine.execute(f"SELECT {groups}, count(*) FROM ({inner}) GROUP BY {groups}").fetchall()  # noqa: S608

    def _row(self, person: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str] | str]:
        placed = ((self._columns[key], values) for key, values in person.items() if values and key in self._columns)
        return {self._names[column.question]: values if column.multiple else values[0] for column, values in placed}

    def _read(self, column: Column) -> str:
        path = f"$.{self._names[column.question]}"
        if column.multiple:
            chosen = f"json_extract_string(answers, {_quoted(path + '[*]')})"
            return f"CASE WHEN len({chosen}) > 0 THEN {chosen} END"
        return f"json_extract_string(answers, {_quoted(path)})"


def _batches(rows: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        yield batch


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
