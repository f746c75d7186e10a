"""What may import what: the contracts hold, bite, and the rules are pure in fact, not only on paper."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from importlinter import fields

from tests.conventions.contracts import PrivateModels
from tests.conventions.tree import ROOT, tracked

WEB_AND_SQL = {"flask", "sqlalchemy", "wtforms", "jinja2", "werkzeug", "alembic", "flask_wtf", "flask_babel"}


# A feature's files stand on floors too; a file that grew is split as routes_sign_in.py, service_close.py ...
FLOORS = {"routes": 0, "jobs": 0, "views": 1, "forms": 1, "service": 2, "queries": 3, "models": 4}


def kind_of(module: str) -> str:
    return module.rpartition(".")[2].partition("_")[0]


def test_the_order_inside_a_feature_holds_for_split_files_too() -> None:
    graph = grimp.build_graph("engage", include_external_packages=True, cache_dir=None)
    wrong = []
    for module in graph.modules:
        if kind_of(module) not in FLOORS or not module.startswith("engage."):
            continue
        for imported in graph.find_modules_directly_imported_by(module):
            same_package = imported.rpartition(".")[0] == module.rpartition(".")[0]
            if same_package and FLOORS.get(kind_of(imported), 9) < FLOORS[kind_of(module)]:
                wrong.append((module, imported))
            if kind_of(module) == "service" and imported.partition(".")[0] in {"flask", "wtforms", "flask_wtf"}:
                wrong.append((module, imported))
    assert wrong == []


def test_rules_alone_load_no_web_and_no_database() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in tracked((".py",), "engage/rules")
    ]
    program = f"import {', '.join(modules)}, sys; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "engage" in loaded
    assert loaded & WEB_AND_SQL == set()


def test_every_contract_is_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True, env={"PYTHONPATH": "."}
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("importer", "kept"),
    [
        ("engage.people.service", True),
        ("engage.migrations.versions.v0001", True),
        ("engage.desk.today", False),
        ("engage.peoples.service", False),
    ],
)
def test_a_packages_tables_are_private(importer: str, *, kept: bool) -> None:
    graph = grimp.ImportGraph()
    graph.add_module("engage.people.models")
    graph.add_module(importer)
    graph.add_import(importer=importer, imported="engage.people.models")
    contract = PrivateModels(
        name="models are private",
        session_options={},
        contract_options={"models": ["engage.**.models"], "also_allowed": ["engage.migrations"]},
    )
    assert isinstance(PrivateModels.models, fields.ListField)
    assert contract.check(graph, verbose=False).kept is kept
