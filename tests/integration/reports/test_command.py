"""`engage report make`: a whole report from the command line, the same one twice over in every format."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from engage.cli import reports
from engage.cli.main import main
from engage.core import database
from engage.core.database import db
from engage.people import service as people
from engage.people.kinds import Role
from tests.support.apps import build
from tests.support.people import staff
from tests.support.reports import freeze_results

pytestmark = pytest.mark.one_database


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with one partnership and one frozen release, and the command pointed at it."""
    app: Flask = build(tmp_path / "home")
    with app.app_context():
        made = people.add_partnership("larkmoor", "Larkmoor", "Larkmoor", ["en"])
        database.end_write(commit=True)
    staff(app, made, "reader", Role.RESPONDER)
    freeze_results(app, made, tmp_path, "your-voice", 40)
    with app.app_context():
        db.engine.dispose()
    for name, value in {"HOME": str(tmp_path / "home"), "ARGON2_MEMORY_KIB": "64", "ARGON2_PASSES": "1"}.items():
        monkeypatch.setenv(f"ENGAGE_{name}", value)
    return tmp_path


def make(*words: str) -> str:
    done = CliRunner().invoke(main, ["report", "make", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_it_freezes_and_writes_what_the_hash_says(home: Path) -> None:
    out = home / "out"
    said = make("thematic", "--title", "Feeling safe", "--format", "docx,json", "--out", str(out))
    assert sorted(path.name for path in out.iterdir()) == [
        "thematic-report-feeling-safe.docx",
        "thematic-report-feeling-safe.json",
    ]
    body = (out / "thematic-report-feeling-safe.json").read_bytes()
    assert hashlib.sha256(body).hexdigest() in said
    content = json.loads(body)
    assert content["state"] == "frozen"
    assert [one["survey"] for one in content["releases"]] == ["your-voice"]
    assert ["Frozen by", "Command line"] in content["facts"]


def test_a_wrong_format_and_a_wrong_kind_are_said_before_anything_is_made(home: Path) -> None:
    runner = CliRunner()
    for words in (["thematic", "--title", "x", "--format", "exe"], ["thematic", "--title", "x", "--format", ","]):
        done = runner.invoke(main, ["report", "make", *words])
        assert done.exit_code == 2
        assert "choose from docx, pdf, json" in done.output
    assert runner.invoke(main, ["report", "make", "yearly", "--title", "x"]).exit_code == 2
    done = runner.invoke(main, ["report", "make", "thematic", "--title", " ", "--format", "json"])
    assert (done.exit_code, "Write what the report is about" in done.output) == (1, True)


def test_without_pango_it_says_what_to_install(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "available", lambda: False)
    done = CliRunner().invoke(main, ["report", "make", "thematic", "--title", "x", "--out", str(home / "out")])
    assert done.exit_code == 1
    assert "libpango-1.0-0" in done.output
    assert not (home / "out").exists()
