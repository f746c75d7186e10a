"""Where a statement could slip past the scope: SQL as text and Core statements on tables live in `core` only."""

import ast
from pathlib import Path

import pytest

from tests.conventions.tree import name_of, tracked

RAW = {"text", "exec_driver_sql", "TextClause", "literal_column"}
HOMES = ("engage/core/", "engage/migrations/")


def raw_sql(source: str) -> list[str]:
    """What in a module writes SQL as text or reaches for a bare table."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            found += [alias.name for alias in node.names if alias.name in RAW]
        elif isinstance(node, ast.Attribute) and node.attr == "__table__":
            found.append(node.attr)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RAW:
            is_sqlalchemy = isinstance(node.func.value, ast.Name) and node.func.value.id in {"sa", "sqlalchemy"}
            if is_sqlalchemy or node.func.attr == "exec_driver_sql":
                found.append(node.func.attr)
    return found


@pytest.mark.parametrize(
    "path", [p for p in tracked((".py",), "engage") if not name_of(p).startswith(HOMES)], ids=name_of
)
def test_no_raw_sql(path: Path) -> None:
    assert raw_sql(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    ["sa.text('SELECT 1')", "from sqlalchemy import text", "connection.exec_driver_sql('SELECT 1')",
     "sa.select(Voice.__table__)"],
)  # fmt: skip
def test_the_check_sees_what_it_looks_for(source: str) -> None:
    assert raw_sql(source) != []
    assert raw_sql("element.text('words'); sa.select(Voice.week)") == []
