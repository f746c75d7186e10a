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

# The same browser without a window of its own, which takes less work a page. Debian packs it apart; where it is
# not offered, the whole browser does.
_SHELL = "chromium-headless-shell"
_BROWSERS = (_SHELL, "chromium", "chromium-browser", "google-chrome")


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


def browser() -> str | None:
    """Where the browser lies that the journeys drive; None where there is none."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


@dataclass(frozen=True)
class Prerequisite:
    """Something of the system's; `packages` are Debian's names, `suites` what cannot run without it."""

    name: str
    present: Callable[[], bool]
    packages: tuple[str, ...]
    suites: str


PREREQUISITES = (
    Prerequisite("Chromium", lambda: browser() is not None, ("chromium",), "journeys"),
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


def _is_offered(package: str) -> bool:
    asked = subprocess.run(["apt-cache", "show", package], check=False, capture_output=True)
    return asked.returncode == 0


def _install(apt: list[str], *packages: str) -> bool:
    """Whether these packages are there now."""
    command = [*apt, "install", "-y", "--no-install-recommends", *packages]
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    return done.returncode == 0


def install() -> None:
    """Installs what is missing from the system's own packages; says one line where it may not or cannot.

    The quicker browser is taken where it is offered. It is asked for anew only in CI or where something else is
    missing: nobody's own machine looks for it in vain every time.
    """
    wanted = [need for need in missing() if need.packages]
    names = ", ".join(need.name for need in wanted)
    prefix = _root_prefix() if _has("apt-get") else None
    if prefix is None:
        if wanted:
            _say(f"Not installed (no right to, or no apt-get): {names}")
        return
    if not wanted and (_has(_SHELL) or not (os.environ.get("CI") or _is_offered(_SHELL))):
        return
    _say(f"Installing for the tests: {names or 'a quicker browser'}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Acquire::http::Timeout=20"]
    subprocess.run([*apt, "update"], check=False, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    if not _has(_SHELL) and _is_offered(_SHELL):
        _install(apt, _SHELL)
    packages = [package for need in missing() for package in need.packages]
    if packages and not _install(apt, *packages):
        _say("apt-get install failed; the suites that need it are left out.")


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
