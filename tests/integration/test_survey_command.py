"""`engage survey load / publish`: the same way as in the browser, through a working copy and the gate."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from engage.cli.main import main
from engage.core import audit
from engage.core.transaction import transaction
from engage.listening.making import service
from engage.listening.surveys import queries
from engage.people.kinds import Role
from engage.rules.questionnaire.load import dump
from tests.factories.surveys import ready_made
from tests.integration.test_making import silent, titled
from tests.support.apps import within
from tests.support.people import staff

Command = Callable[..., Result]


@pytest.fixture
def engage(app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command, on the test's own database."""
    settings = app.extensions["engage_settings"]
    for name in ("home", "database_url", "argon2_memory_kib", "argon2_passes"):
        monkeypatch.setenv(f"ENGAGE_{name.upper()}", str(getattr(settings, name)))

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["survey", *words])

    return run


def test_what_the_gate_finds_is_published_only_with_a_named_persons_reason(
    app: Flask, partnership: uuid.UUID, engage: Command, tmp_path: Path
) -> None:
    ada = staff(app, partnership, "ada", Role.SURVEY_MANAGER)
    file = tmp_path / "quiet.yaml"
    file.write_text(dump(silent(ready_made("your-voice"))), encoding="utf-8")
    assert "1 thing to put right" in engage("load", str(file)).output
    refused = engage("publish", "your-voice")
    assert refused.exit_code == 1
    assert "[no_expectation]" in refused.output
    assert "[no_impact_assessment]" in refused.output
    because = ("--because", "no_expectation=It is said at the door")
    assert "--by" in engage("publish", "your-voice", *because).output
    assert "Nobody signs in" in engage("publish", "your-voice", *because, "--by", "eve").output
    assert engage("publish", "your-voice", "--because", "no_expectation", "--by", "ada").exit_code == 2
    half = engage("publish", "your-voice", *because, "--by", "ada")
    assert (half.exit_code, "[no_impact_assessment]" in half.output) == (1, True), "nobody signed an assessment"
    signed = ("--because", "no_impact_assessment=Signed on paper")
    done = engage("publish", "your-voice", *because, *signed, "--by", "ada")
    assert done.exit_code == 0, done.output
    with within(app, partnership):
        row = queries.get_survey("your-voice")
        assert row is not None
        assert row.is_open
        assert row.version is not None
        assert [kept.by for kept in queries.list_overrides(row.version.id)] == [ada, ada]
        assert {event.actor_id for event in audit.trail(row.id) if event.action == "survey-opened"} == {ada}


def test_loading_never_overwrites_somebodys_working_copy_unasked(
    app: Flask, partnership: uuid.UUID, engage: Command, tmp_path: Path
) -> None:
    assert "is at version 1" in engage("load", "your-voice").output
    with within(app, partnership), transaction():
        copy = service.begin("your-voice", None)
        service.change("your-voice", copy.revision, titled(copy.definition, "Mine"), None)
    file = tmp_path / "other.yaml"
    file.write_text(dump(titled(ready_made("your-voice"), "Theirs")), encoding="utf-8")
    assert engage("load", str(file)).exit_code == 1
    assert "Mine" in engage("export", "your-voice", "--working-copy").output
    assert "Mine" not in engage("export", "your-voice").output
    assert "is at version 2" in engage("load", str(file), "--replace").output
    assert "Theirs" in engage("export", "your-voice").output
    assert engage("export", "your-voice", "--working-copy").exit_code == 1
