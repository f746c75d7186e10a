"""A set-up of its own for each drill, and the numbers that say how large it is."""

import os
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills import tracing
from tests.journeys.conftest import browser_type_launch_args
from tests.support.serving import Served, set_up

__all__ = ["browser_type_launch_args"]

CHEAP = {"argon2_memory_kib": 64, "argon2_passes": 1, "log_level": "CRITICAL"}


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one partnership and one open survey."""
    return set_up(tmp_path_factory.mktemp("ready"))


@pytest.fixture
def home(ready: Path, tmp_path: Path) -> Path:
    """A copy of it for one drill."""
    return shutil.copytree(ready, tmp_path / "home")


@pytest.fixture
def chance() -> random.Random:
    """Chance that can be had again: ENGAGE_DRILL_SEED."""
    seed = os.environ.get("ENGAGE_DRILL_SEED") or str(random.SystemRandom().randrange(10**6))
    say(f"ENGAGE_DRILL_SEED={seed}")
    return random.Random(seed)


@pytest.fixture(scope="session")
def strace() -> None:
    """Skips the drill, with the reason, where strace is not there or may not watch a process."""
    reason = tracing.why_not()
    if reason:
        say(f"left out: {reason}")
        pytest.skip(reason)


@pytest.fixture
def served(strace: None, home: Path) -> Iterator[Served]:
    """The product with one web process, so that one strace sees every answer."""
    running = Served(home, **CHEAP)
    yield running
    running.end()


def size(name: str, usual: int) -> int:
    """How many: the environment variable ENGAGE_DRILL_`name`, else the usual number."""
    return int(os.environ.get(f"ENGAGE_DRILL_{name}", usual))


def say(line: str) -> None:
    """A line of the drill's own report."""
    sys.stdout.write(f"\n    {line}")
    sys.stdout.flush()
