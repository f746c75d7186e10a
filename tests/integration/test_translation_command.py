"""`engage survey export-translation` and `import-translation`: there and back, and a file that does not fit."""

import uuid
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from engage.cli.main import main
from engage.listening.translating.queries import standing
from tests.factories.surveys import open_survey
from tests.support.apps import within

pytestmark = pytest.mark.one_database


def engage(*words: str) -> Result:
    return CliRunner().invoke(main, ["survey", *words])


@pytest.fixture(autouse=True)
def product(app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command, on the test's own database with one survey in it."""
    settings = app.extensions["engage_settings"]
    for name in ("home", "database_url", "argon2_memory_kib", "argon2_passes"):
        monkeypatch.setenv(f"ENGAGE_{name.upper()}", str(getattr(settings, name)))
    open_survey(app, partnership)


@pytest.mark.parametrize("kind", ["xliff", "po"])
def test_a_translation_goes_out_and_comes_back(app: Flask, partnership: uuid.UUID, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "voice.file"
    done = engage("export-translation", "your-voice", "ar", "--format", kind, "--out", str(file))
    assert done.exit_code == 0, done.output
    file.write_text(file.read_text(encoding="utf-8").replace("شكرًا لك.", "شكرا."), encoding="utf-8")
    back = engage("import-translation", "your-voice", "ar", str(file))
    assert back.exit_code == 0, back.output
    assert "1 texts were changed" in back.output
    with within(app, partnership):
        assert standing("your-voice").definition.thanks.root["ar"].plain.startswith("شكرا.")


def test_a_file_that_does_not_fit_is_told_by_unit_and_nothing_is_taken(
    app: Flask, partnership: uuid.UUID, tmp_path: Path
) -> None:
    file = tmp_path / "voice.po"
    file.write_text('msgctxt "nowhere:plain"\nmsgid "a"\nmsgstr "b"\n', encoding="utf-8")
    refused = engage("import-translation", "your-voice", "ar", str(file))
    assert refused.exit_code == 1
    assert "nowhere:plain: there is no such text" in refused.output
    assert "nothing was taken" in refused.output
    with within(app, partnership):
        assert standing("your-voice").revision == 0
    assert engage("import-translation", "your-voice", "xx", str(file)).exit_code == 2
    assert engage("export-translation", "nowhere", "ar", "--out", str(tmp_path / "x")).exit_code == 1
