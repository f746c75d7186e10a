"""D1: one module makes every number about people; everything that shows one reads the tables it stored."""

import ast
import copy
import functools
import tomllib
from collections.abc import Callable
from pathlib import Path

import grimp
import pytest
from importlinter.contracts.protected import ProtectedContract

from tests.conventions.tree import ROOT, name_of, tracked

RELEASES = "engage/understanding/releases/"
SURVEYS = "engage/listening/surveys/"
SHOWING = ("routes", "views", "forms", "showing", "pages", "exports")
"""What a file that makes pages or files is called by, up to the first underscore."""

Allowed = Callable[[str], bool]


def _kind(path: str) -> str:
    return Path(path).stem.partition("_")[0]


def _in_release(path: str) -> bool:
    return path.startswith(RELEASES) and _kind(path) in {"service", "snapshot"}


def _stores(path: str) -> bool:
    return path.startswith(RELEASES) and _kind(path) in {"service", "queries"}


KEPT: dict[str, Allowed] = {
    # whoever reads closed answers, or how many there are
    "stored_answers": _in_release,
    "count_version": _in_release,
    "count_responses": lambda path: path == f"{SURVEYS}queries.py",
    "Response.answers": lambda path: path == f"{SURVEYS}queries_closed.py",
    # whoever holds a true count
    "RawTable": lambda path: _in_release(path) or path.startswith("engage/rules/disclosure/"),
    "Snapshot": _in_release,
    "latest_row": _in_release,
    "rows_of": _stores,
    "counted_lines": _stores,
    # whoever reads what was stored
    "PublishedTable": _stores,
    "Response": lambda path: path.startswith(SURVEYS) and _kind(path) not in SHOWING,
}
"""What only some modules may name, and which."""


def misused(path: str, source: str) -> list[str]:
    """What this module imports or calls although it is kept for others."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("engage."):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute):
            owner = f"{node.value.id}." if isinstance(node.value, ast.Name) else ""
            found |= {f"{owner}{node.attr}"} | ({node.attr} - {"Response", "answers"})
    return sorted(name for name in found & KEPT.keys() if not KEPT[name](path))


def _modules() -> list[Path]:
    # Migrations know every table and show nothing.
    return [path for path in tracked((".py",), "engage") if not name_of(path).startswith("engage/migrations/")]


def test_d1_only_a_release_reads_stored_answers_or_holds_a_true_count() -> None:
    found = {name_of(path): misused(name_of(path), path.read_text(encoding="utf-8")) for path in _modules()}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("engage/desk/today.py", "from engage.listening.surveys.queries_closed import stored_answers"),
        ("engage/desk/today.py", "closed.count_version(version_id)"),
        ("engage/desk/api.py", "from engage.understanding.releases.models import PublishedTable"),
        ("engage/desk/api.py", "queries.latest_row(row.id).counted"),
        ("engage/understanding/releases/routes.py", "queries.latest_row(survey_id).counted"),
        ("engage/understanding/releases/exports.py", "from engage.understanding.releases.snapshot import Snapshot"),
        ("engage/understanding/releases/views.py", "from engage.rules.disclosure import RawTable"),
        ("engage/listening/surveys/routes_staff.py", "from engage.listening.surveys.models import Response"),
        ("engage/listening/surveys/queries.py", "sa.select(Response.answers)"),
        ("engage/listening/surveys/pages.py", "queries.count_responses(survey_id)"),
    ],
)
def test_d1_the_check_sees_a_planted_reader(path: str, line: str) -> None:
    assert misused(path, line)
    assert not misused(path, "queries.tables(release_id); from flask import Response; werkzeug.Response")


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("engage.desk.today", "engage.listening.surveys.queries_closed"),
        ("engage.desk.api", "engage.understanding.releases.snapshot"),
        ("engage.understanding.releases.routes", "engage.listening.surveys.queries_closed"),
        ("engage.understanding.releases.views", "engage.understanding.releases.snapshot"),
        ("engage.understanding.themes.service", "engage.rules.disclosure.suppress"),
        ("engage.assurance.reports.results", "duckdb"),
    ],
)
def test_d1_the_import_contracts_see_a_planted_reader(importer: str, imported: str) -> None:
    graph = engage_graph()
    assert broken(graph) == []
    graph.add_import(importer=importer, imported=imported)
    assert broken(graph) == [imported]


@functools.cache
def _built() -> grimp.ImportGraph:
    return grimp.build_graph("engage", include_external_packages=True, cache_dir=None)


def engage_graph() -> grimp.ImportGraph:
    """What imports what, to be changed as one likes."""
    return copy.deepcopy(_built())


def broken(graph: grimp.ImportGraph) -> list[str]:
    """The modules and libraries that somebody imports although a contract protects them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    protecting = [one for one in contracts if one["type"] == "protected"]
    checks = [
        ProtectedContract(one["name"], {"root_packages": ["engage"]}, one).check(graph, verbose=False)
        for one in protecting
    ]
    return [
        link["imported"] for check in checks for one in check.metadata["illegal_imports"] for link in one.illegal_links
    ]
