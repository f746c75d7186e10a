"""Closed answers as a columnar snapshot: written, shuffled, counted and deleted within one release.

A snapshot holds no response id, no word and no week. Nothing reads it but `count`. Answers are looked at once for each
different one, not once for each person: a million people give a few hundred.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import duckdb

from engage.rules.disclosure import RawTable
from engage.rules.disclosure.audit import ANSWERED, UNKNOWN, Leaves

_Row = TypeVar("_Row")
Cut = tuple[str, ...]
Placed = Mapping[str, Sequence[str]]
Cell = tuple[str, str, Callable[[Placed], int | bool | None]]
Place = Callable[[str, str], Placed]
"""What an answer (of which question, in the JSON it was stored in) puts into each column."""

ABOUT: Final = "how."
"""What is said beside the answers, as one text: a source of columns like a question, called as no question is."""

_BATCH: Final = 20_000
_MOST: Final = 2  # filters at once


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
        self._engine = duckdb.connect(config={"temp_directory": self._place.name})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._engine.close()
        self._place.cleanup()

    def write_stored(self, rows: Iterable[tuple[str, str]], sources: Iterable[str], place: Place) -> int:
        """Write answers as they are stored (a JSON object, and what is said beside it) in random order; how many.

        sources: the keys of the object that are looked at. place: called once for each different answer to each.
        """
        run = self._engine.execute
        run("CREATE TABLE stored (answers VARCHAR, about VARCHAR)")
        for batch in _batches(rows):
            texts = ["\n".join(column) for column in zip(*batch, strict=True)]
            run("INSERT INTO stored SELECT unnest(string_split(?, chr(10))), unnest(string_split(?, chr(10)))", texts)
        keys = [*sources, ABOUT]
        self._take_apart(keys)
        parts = [self._placed(number, key, place) for number, key in enumerate(keys)]
        joins = " ".join(f"LEFT JOIN p{number} ON s{number} = p{number}.said" for number in range(len(keys)))
        found = set(chain.from_iterable(parts))
        cells = [cell for column in self._columns.values() for cell in self._cells(column)]
        columns = ", ".join(name if name in found else f"NULL::{kind} AS {name}" for name, kind, _of in cells)
        file = f"{_quoted(str(self._file))} (FORMAT parquet)"
        run(f"COPY (SELECT {columns} FROM parts {joins} ORDER BY random()) TO {file}")  # noqa: S608 - our own names
        [(count,)] = run("SELECT count(*) FROM parts").fetchall()
        for table in ("parts", *(f"p{number}" for number in range(len(keys)))):
            run(f"DROP TABLE {table}")
        return int(count)

    def count(self, question: str, dimensions: Sequence[str]) -> Iterator[RawTable]:
        """True counts of one question: over everybody, by each dimension, and by each two."""
        column = self._columns[question]
        cuts = [cut for size in range(_MOST + 1) for cut in combinations(dimensions, size)]
        slices: dict[tuple[Cut, tuple[int, ...]], tuple[dict[str, int], int]] = {}
        for mask, *codes, value, people, ticked in self._grouped(column, dimensions, cuts):
            cut = tuple(name for place, name in enumerate(reversed(dimensions)) if not mask >> place & 1)[::-1]
            values = tuple(code for code, name in zip(codes, dimensions, strict=True) if name in cut)
            if 0 in values:
                continue  # somebody of whom this is not known
            counts, base = slices.setdefault((cut, values), ({}, 0))
            counts |= dict(zip(column.options, ticked, strict=True)) if column.multiple else {}
            if not column.multiple:
                counts[column.options[value - 1]] = people
            slices[cut, values] = counts, base + people
        for (cut, values), (counts, base) in slices.items():
            ordered = {option: counts.get(option, 0) for option in column.options}
            filters = {name: self._columns[name].options[code - 1] for name, code in zip(cut, values, strict=True)}
            yield RawTable.make(question, ordered, base=base, filters=filters, multiple=column.multiple)

    def leaves(self, question: str, dimensions: Sequence[str]) -> Leaves:
        """Everybody ("" for `question`) or those who answered it, by all dimensions at once: for the audit alone."""
        column = self._columns.get(question)
        name = "1" if column is None else self._names[question]
        options = () if column is None else column.options
        several = column is not None and column.multiple
        ticks = ", ".join(f"count_if({name}_{place})" for place, _ in enumerate(options)) if several else ""
        known = [f"coalesce({self._names[one]}, 0)" for one in dimensions]
        picked = ", ".join([*known, "0" if several else name, "count(*)", f"[{ticks}]"])
        source = f"read_parquet({_quoted(str(self._file))})"
        query = f"SELECT {picked} FROM {source} WHERE {name} IS NOT NULL GROUP BY ALL"  # noqa: S608 - our own names
        counts: dict[tuple[str, ...], dict[str, int]] = {}
        for *codes, value, people, ticked in self._engine.execute(query).fetchall():
            values = ((UNKNOWN, *self._columns[one].options)[code] for code, one in zip(codes, dimensions, strict=True))
            found = counts.setdefault(tuple(values), {})
            found[ANSWERED] = found.get(ANSWERED, 0) + people
            found |= dict(zip(options, ticked, strict=True)) if several else {}
            if options and not several:
                found[options[value - 1]] = people
        return Leaves(tuple(dimensions), counts)

    def _grouped(self, column: Column, dimensions: Sequence[str], cuts: Sequence[Cut]) -> list[tuple[Any, ...]]:
        """(which dimensions are not in the cut, as bits; each dimension's code; value; people; ticks a box)."""
        name = self._names[column.question]
        known = [f"d{place}" for place, _ in enumerate(dimensions)]
        each = [f"coalesce({self._names[one]}, 0) AS {known[place]}" for place, one in enumerate(dimensions)]
        boxes = [f"{name}_{place}" for place, _ in enumerate(column.options)] if column.multiple else []
        value = f"{name} IS NOT NULL" if column.multiple else name
        counted = ", ".join([*each, f"{value} AS v", "count(*) AS n", *(f"count_if({box}) AS {box}" for box in boxes)])
        source = f"read_parquet({_quoted(str(self._file))})"
        # Everybody is looked at once, by all dimensions together; the cuts are put together from what that leaves.
        once = f"SELECT {counted} FROM {source} WHERE {name} IS NOT NULL GROUP BY ALL"  # noqa: S608 - our own names
        of = dict(zip(dimensions, known, strict=True))
        sets = ", ".join(f"({', '.join(['v', *(of[one] for one in cut)])})" for cut in cuts)
        mask = f"grouping({', '.join(known)})" if known else "0"
        picked = ", ".join([mask, *known, "v", "sum(n)", f"[{', '.join(f'sum({box})' for box in boxes)}]"])
        return self._engine.execute(f"SELECT {picked} FROM ({once}) GROUP BY GROUPING SETS ({sets})").fetchall()  # noqa: S608 - our own names

    def _take_apart(self, keys: Sequence[str]) -> None:
        """One column of text for each key: its answer as it is stored, read once."""
        shape = json.dumps({key: "JSON" for key in keys if key != ABOUT})
        parts = ", ".join(
            f"about AS s{number}" if key == ABOUT else f"found[{_quoted(key)}]::VARCHAR AS s{number}"
            for number, key in enumerate(keys)
        )
        found = f"SELECT from_json(answers, {_quoted(shape)}) AS found, about FROM stored"  # noqa: S608 - our own names
        self._engine.execute(f"CREATE TABLE parts AS SELECT {parts} FROM ({found})")  # noqa: S608 - our own names
        self._engine.execute("DROP TABLE stored")

    def _placed(self, number: int, key: str, place: Place) -> list[str]:
        """A table of the different answers with what each puts where; the columns it brings."""
        said = self._engine.execute(f"SELECT DISTINCT s{number} FROM parts WHERE s{number} IS NOT NULL").fetchall()  # noqa: S608 - our own names
        rows = {text: place(key, text) for (text,) in said}
        wanted = [one for one in self._columns if any(values.get(one) for values in rows.values())]
        cells = [cell for one in wanted for cell in self._cells(self._columns[one])]
        columns = ", ".join(["said VARCHAR", *(f"{name} {kind}" for name, kind, _of in cells)])
        self._engine.execute(f"CREATE TABLE p{number} ({columns})")
        for batch in _batches(rows.items()):
            places = ", ".join([f"unnest(?::{kind}[])" for kind in ("VARCHAR", *(kind for _name, kind, _of in cells))])
            values = [[text for text, _ in batch], *([of(placed) for _, placed in batch] for *_, of in cells)]
            self._engine.execute(f"INSERT INTO p{number} SELECT {places}", values)
        return [name for name, *_ in cells]

    def _cells(self, column: Column) -> list[Cell]:
        """How a column is written: the number of its option; where several may stand, one box for each besides."""
        name, codes = self._names[column.question], {option: code for code, option in enumerate(column.options, 1)}

        def code(placed: Placed) -> int | None:
            values = placed.get(column.question)
            return codes[values[0]] if values else None

        def ticked(option: str) -> Callable[[Placed], bool]:
            return lambda placed: option in placed.get(column.question, ())

        boxes = enumerate(column.options if column.multiple else ())
        return [(name, "USMALLINT", code), *((f"{name}_{box}", "BOOLEAN", ticked(option)) for box, option in boxes)]


def _batches(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        yield batch


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
