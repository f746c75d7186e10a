"""Bulk answers: 2,000 rows load whole; bad rows are listed by line and nothing is loaded; comments wait to be read."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from engage.cli.main import main
from engage.core import clock
from engage.listening.surveys import queries
from engage.safeguarding import queries as flags
from engage.voices import queries as voices
from tests.factories.responses_csv import make_csv
from tests.factories.surveys import open_survey, ready_made
from tests.support.apps import within

BECAUSE = ("--by", "reader", "--because", "no_impact_assessment=Signed on paper")


@pytest.fixture
def survey(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return open_survey(app, partnership)


@pytest.fixture
def engage(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command, on the test's own database."""
    settings = app.extensions["engage_settings"]
    for name in ("home", "database_url", "argon2_memory_kib", "argon2_passes"):
        monkeypatch.setenv(f"ENGAGE_{name.upper()}", str(getattr(settings, name)))

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, list(words))

    return run


def test_two_thousand_rows_are_loaded_whole(app, partnership, survey, engage, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(make_csv(ready_made("your-voice"), 2000), encoding="utf-8")
    done = engage("responses", "import", "your-voice", str(file))
    assert done.exit_code == 0, done.output
    assert "2000 responses were loaded" in done.output
    with within(app, partnership):
        assert queries.count_responses(survey) == 2000
        waiting = voices.list_unread(1)
        assert waiting[0].concern.value == "red"  # the gravest first, nothing read by itself
        assert waiting[0].week == clock.iso_week()
        assert flags.list_open(1)[0].worst.week == clock.iso_week()
    again = engage("responses", "import", "your-voice", str(file))
    assert again.exit_code == 1
    assert "These answers were loaded before; nothing was loaded." in again.output
    with within(app, partnership):
        assert queries.count_responses(survey) == 2000


def test_every_bad_row_is_named_and_nothing_is_loaded(app, partnership, survey, engage, tmp_path: Path) -> None:
    lines = make_csv(ready_made("your-voice"), 5).splitlines()
    header = lines[0].split(",")
    bad = ["x"] * len(header)
    file = tmp_path / "answers.csv"
    file.write_text("\n".join([*lines, ",".join(bad), "only,three,cells"]), encoding="utf-8")
    done = engage("responses", "import", "your-voice", str(file))
    assert done.exit_code == 1
    assert "answers.csv:7" in done.output
    assert "answers.csv:8" in done.output
    assert "nothing was loaded" in done.output
    with within(app, partnership):
        assert queries.count_responses(survey) == 0
    skipped = engage("responses", "import", "your-voice", str(file), "--skip-bad")
    assert skipped.exit_code == 0, skipped.output
    with within(app, partnership):
        assert queries.count_responses(survey) == 5


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"", b"no,such,columns\n1,2,3\n"])
def test_a_file_that_is_no_csv_of_ours_is_refused(app, partnership, survey, engage, tmp_path, content: bytes) -> None:
    file = tmp_path / "answers.csv"
    file.write_bytes(content)
    done = engage("responses", "import", "your-voice", str(file))
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert engage("responses", "import", "nothing", str(file)).exit_code == 1


def test_definitions_are_checked_loaded_and_exported(app, partnership, engage, tmp_path: Path) -> None:
    assert engage("survey", "check", "your-voice").exit_code == 0
    broken = tmp_path / "broken.yaml"
    broken.write_text("survey: x\nquestions:\n  - id: a\n    kind: nothing\n", encoding="utf-8")
    wrong = engage("survey", "check", str(broken))
    assert wrong.exit_code == 1
    assert "broken.yaml:" in wrong.output
    assert engage("survey", "load", "staff-voice").exit_code == 0
    assert engage("survey", "publish", "staff-voice", "--closes-on", "2099-01-01", *BECAUSE).exit_code == 0
    out = engage("survey", "export", "staff-voice")
    assert "survey: staff-voice" in out.output
    assert engage("survey", "close", "staff-voice").exit_code == 0
    assert engage("survey", "publish", "staff-voice", "--closes-on", "soon").exit_code != 0


def test_what_was_said_long_ago_keeps_its_week(app, partnership, survey, engage, tmp_path: Path) -> None:
    """The rows' own weeks stay on answers, words and flags; nothing finer is made up (N3)."""
    file = tmp_path / "answers.csv"
    file.write_text(make_csv(ready_made("your-voice"), 120, weeks=("2026-W05",)), encoding="utf-8")
    assert engage("responses", "import", "your-voice", str(file)).exit_code == 0
    with within(app, partnership):
        assert {row.week for row in voices.list_unread(500)} == {"2026-W05"}
        assert {flag.week for matter in flags.list_open(500) for flag in matter.flags} == {"2026-W05"}


def test_who_says_the_same_as_somebody_in_an_earlier_file_is_counted_when_that_was_said(
    app, partnership, survey, engage, tmp_path: Path
) -> None:
    """A few closed answers are soon alike: two files of different people have the same row in the same line."""
    for name, rows in (("monday", "5,yes\n4,no\n"), ("tuesday", "5,yes\n1,yes\n"), ("one", "5,yes\n")):
        (tmp_path / name).write_text(f"safe_home,helped\n{rows}", encoding="utf-8")
    assert "2 responses were loaded" in engage("responses", "import", "your-voice", str(tmp_path / "monday")).output
    other = ("responses", "import", "your-voice", str(tmp_path / "tuesday"))
    refused = engage(*other)
    assert refused.exit_code == 1
    assert "1 of 2 rows were (line 2) loaded before; nothing was loaded" in refused.output
    with within(app, partnership):
        assert queries.count_responses(survey) == 2
    assert "2 responses were loaded" in engage(*other, "--same-answers").output
    one = engage("responses", "import", "your-voice", str(tmp_path / "one"), "--same-answers")
    assert "1 response was loaded" in one.output
    with within(app, partnership):
        assert queries.count_responses(survey) == 5


def test_one_problem_is_one(app, partnership, survey, engage, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("safe_home\n9\n", encoding="utf-8")
    refused = engage("responses", "import", "your-voice", str(tmp_path / "one.csv"))
    assert "Error: 1 problem; nothing was loaded." in refused.output
