"""The wheel is the whole product: in a fresh environment it finds its pages, styles, surveys and catalogues."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conventions.tree import ROOT, name_of, tracked

CARRIED = ("templates", "static/dist", "static/fonts", "static/icon", "static/symbols", "surveys", "translations")

PROBE = """
import sys
from pathlib import Path
import engage
from engage import paths
from engage.cli.main import main

home = Path(sys.prefix).resolve()
places = [Path(engage.__file__), paths.templates(), paths.static() / "dist", paths.surveys(), paths.translations()]
for place in places:
    assert place.exists(), place
    assert home in place.resolve().parents, place
assert main.commands
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = target.glob("*.whl")
    return built


def test_the_wheel_carries_every_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = set(archive.namelist())
    wanted = {name_of(path) for path in tracked((), "engage")}
    for folder in CARRIED:
        files = tracked((), folder)
        assert files, folder
        wanted |= {f"engage/{name_of(path)}" for path in files}
        wanted |= {f"engage/{name_of(path.with_suffix('.mo'))}" for path in files if path.suffix == ".po"}
    assert wanted - carried == set()
    assert [name for name in carried if not name.startswith(("engage/", "engage-"))] == []


def test_the_wheel_works_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(fresh)], check=True, capture_output=True)
    python = fresh / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--disable-pip-version-check", str(wheel)], check=True, capture_output=True)
    # Our dependencies, without our own editable install: a folder named in a .pth file has its own ones ignored.
    packages = [entry for entry in sys.path if entry.endswith("site-packages")]
    (site,) = (fresh / "lib").glob("python*/site-packages")
    (site / "dependencies.pth").write_text("\n".join(packages) + "\n")
    subprocess.run([python, "-c", PROBE], cwd=tmp_path, check=True)
    shown = subprocess.run(
        [fresh / "bin" / "engage", "--help"], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert "serve" in shown.stdout
