"""Tables as Parquet, for programs that read columns. Text is text and a number a number, so nothing needs a guard."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

import duckdb

from engage.adapters.documents.model import Cell

Kind = Literal["text", "number"]
_TYPES: Final[Mapping[Kind, str]] = {"text": "VARCHAR", "number": "BIGINT"}


def to_parquet(header: Mapping[str, Kind], rows: Sequence[Sequence[Cell]]) -> bytes:
    """One table: `header` names the columns and what stands in them; a hidden number is null.

    Raises ValueError for a column that is not named in plain lower-case letters, digits and `_`.
    """
    for name in header:
        if not name.replace("_", "").isalnum() or not name.isascii():
            raise ValueError(f"{name!r} cannot name a column")
    places = [f'unnest(?::{_TYPES[kind]}[]) AS "{name}"' for name, kind in header.items()]
    values = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in header]
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as engine:
        file = Path(folder, "table.parquet")
        engine.execute(f"CREATE TABLE page AS SELECT {', '.join(places)}", values)
        engine.execute("COPY page TO ? (FORMAT parquet)", [str(file)])
        return file.read_bytes()
