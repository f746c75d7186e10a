"""The repository as the conventions see it: tracked files, and the waivers that decision records grant."""

import functools
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_WAIVER = re.compile(r"^Waiver: `([^`]+)` ", re.MULTILINE)


@functools.cache
def tracked(suffixes: tuple[str, ...] = (), under: str = "") -> tuple[Path, ...]:
    """Files under version control or about to be, below the folder `under`, ending in one of `suffixes`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", under or "."]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name and (not suffixes or name.endswith(suffixes))]
    return tuple(path for path in paths if path.is_file())


def name_of(path: Path) -> str:
    """How a path is called in messages and waivers."""
    return path.relative_to(ROOT).as_posix()


def length(path: Path) -> int:
    """Lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


@functools.cache
def waivers() -> frozenset[str]:
    """What decision records exempt: lines that begin with "Waiver:" and a path, path:function or folder/."""
    records = (ROOT / "docs" / "decisions").glob("*.md")
    return frozenset(name for record in records for name in _WAIVER.findall(record.read_text(encoding="utf-8")))
