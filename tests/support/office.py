"""LibreOffice without a window: the second opinion on every file that people open in an office program."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.system import missing

needs_libreoffice = pytest.mark.skipif(
    any(need.name == "LibreOffice" for need in missing()), reason="needs LibreOffice (writer and calc)"
)


def convert(folder: Path, target: str, *files: Path, options: Sequence[str] = ()) -> list[Path]:
    """Convert `files` to `target` ("fodt", "xlsx") into `folder`; a profile of its own, so that runs do not collide."""
    soffice = shutil.which("soffice")
    assert soffice
    profile = (folder / "profile").resolve().as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", target, *options]
    done = subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, text=True, timeout=120
    )
    made = [folder / f"{file.stem}.{target}" for file in files]
    assert all(path.exists() for path in made), done.stderr
    return made
