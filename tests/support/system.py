"""What the tests need beyond Python: installed where that is allowed, and named at the end where it is missing.

`python -m tests.support.system` installs; as a pytest plugin it lists the suites that were left out, which fails the
run where CI is set: a green run there is never a smaller one.
"""

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]


def _has_postgresql() -> bool:
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def _has_libraries(*names: str) -> bool:
    with contextlib.suppress(OSError):
        return all(ctypes.CDLL(name) for name in names)
    return False


def _has_libreoffice() -> bool:
    """Both its halves: texts (sw) and spreadsheets (sc)."""
    found = shutil.which("soffice")
    folder = Path(found).resolve().parent if found else Path()
    return bool(found) and all((folder / f"lib{half}lo.so").exists() for half in ("sw", "sc"))


def _has(*programs: str) -> bool:
    return any(shutil.which(program) for program in programs)


@dataclass(frozen=True)
class Prerequisite:
    """Something of the system's; `packages` are Debian's names, `suites` what cannot run without it."""

    name: str
    present: Callable[[], bool]
    packages: tuple[str, ...]
    suites: str


PREREQUISITES = (
    Prerequisite("Chromium", lambda: _has("chromium", "chromium-browser", "google-chrome"), ("chromium",), "journeys"),
    Prerequisite("PostgreSQL", _has_postgresql, ("postgresql",), "integration on PostgreSQL"),
    Prerequisite(
        "LibreOffice",
        _has_libreoffice,
        ("libreoffice-writer-nogui", "libreoffice-calc-nogui"),
        "Word documents and spreadsheets opened in LibreOffice",
    ),
    Prerequisite("Node", lambda: _has("node") and _has("npm"), ("nodejs", "npm"), "static/dist rebuilt and compared"),
    Prerequisite("node_modules", (_ROOT / "node_modules" / "sass").is_dir, (), "static/dist rebuilt and compared"),
    Prerequisite(
        "Pango",
        lambda: _has_libraries("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core"),
        "PDF documents",
    ),
)


def missing() -> list[Prerequisite]:
    """What is not there, in the order above."""
    return [need for need in PREREQUISITES if not need.present()]


def _root_prefix() -> list[str] | None:
    """How to become root without asking anybody; None where that is not possible."""
    if os.geteuid() == 0:
        return []
    if not _has("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def install() -> None:
    """Installs what is missing from the system's own packages; says one line where it may not or cannot."""
    wanted = [need for need in missing() if need.packages]
    if not wanted:
        return
    names = ", ".join(need.name for need in wanted)
    prefix = _root_prefix()
    if prefix is None or not _has("apt-get"):
        _say(f"Not installed (no right to, or no apt-get): {names}")
        return
    _say(f"Installing for the tests: {names}")
    packages = [package for need in wanted for package in need.packages]
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run([*apt, *command], check=False, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        if done.returncode:
            _say(f"apt-get {command[0]} failed; the suites that need it are left out.")
            return


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names the suites that were left out, just above pytest's last line."""
    left_out = missing()
    if left_out:
        terminalreporter.section("left out, because something is not installed")
        for need in left_out:
            terminalreporter.line(f"{need.suites}: needs {need.name} ({' '.join(need.packages) or 'make assets'})")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run that left a suite out is not a pass where CI is set."""
    everything = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if exitstatus == 0 and everything and os.environ.get("CI") and missing():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


if __name__ == "__main__":
    install()
