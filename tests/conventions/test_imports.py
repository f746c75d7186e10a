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
