"""Parquet files hold what they were given, and nothing when there is nothing."""

from pathlib import Path

import duckdb
import pytest

from engage.adapters.documents.columns import to_parquet


@pytest.mark.parametrize("rows", [[], [("=1+1", 15), ("'; DROP TABLE page; --", None)]])
def test_w13_text_stays_text_and_a_hidden_number_is_null(rows: list[tuple[str, int | None]], tmp_path: Path) -> None:
    file = tmp_path / "page.parquet"
    file.write_bytes(to_parquet({"option": "text", "people": "number"}, rows))
    with duckdb.connect() as engine:
        found = engine.execute("SELECT option, people FROM read_parquet(?)", [str(file)])
        assert [kind[1] for kind in found.description or ()] == ["VARCHAR", "BIGINT"]
        assert found.fetchall() == rows


def test_a_column_is_named_plainly() -> None:
    with pytest.raises(ValueError, match="cannot name"):
        to_parquet({'a" INT': "text"}, [])
