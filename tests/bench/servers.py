"""Both sides of the comparison as running servers, and somebody who walks through each."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.factories.surveys import ready_made
from tests.support.serving import Served, children_of, free_port, set_up, until
from tests.support.visitor import Reply, Sheet, Unreachable, Visitor

WORKERS, THREADS = 2, 8
# The receipt's hash costs what it costs by design: its own line in the table, and next to nothing here.
SETTINGS = {"web_workers": WORKERS, "web_threads": THREADS, "argon2_memory_kib": 8, "argon2_passes": 1}


@dataclass
class Product:
    """The product, and everything a round asks of it."""

    served: Served

    @property
    def processes(self) -> Sequence[int]:
        return self.served.web_processes()

    def visitor(self) -> Visitor:
        return Visitor(self.served.port)


@dataclass
class Floor:
    """The floor under the same server with the same workers."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def processes(self) -> Sequence[int]:
        return children_of(self.process.pid)

    def visitor(self) -> Visitor:
        return Visitor(self.port, cookie_name="session")


def sheet() -> Sheet:
    """Twelve answers, with words in the free texts."""
    return Sheet.made(ready_made("your-voice"), random.Random(20))


def floor_answers(token: str) -> dict[str, str]:
    """The same number of answers, for the floor."""
    words = "I liked that my worker listened to me and asked what I wanted before the meeting about my plan."
    return {"csrf_token": token, **{f"q{number}": "3" for number in range(1, 12)}, "q12": words}


@contextmanager
def product(folder: Path) -> Iterator[Product]:
    """The product on a new home in `folder`."""
    served = Served(set_up(folder), **SETTINGS)
    try:
        yield Product(served)
    finally:
        served.end()


@contextmanager
def floor(folder: Path, app: str = "tests.bench.floors:app") -> Iterator[Floor]:
    """One of the floors on a new database in `folder`."""
    port = free_port()
    environment = os.environ | {"FLOOR_DATABASE": str(folder / "floor.sqlite3")}
    make = [sys.executable, "-c", "from tests.bench import floors; floors.make()"]
    subprocess.run(make, env=environment, check=True)
    words = ["-w", str(WORKERS), "-k", "gthread", "--threads", str(THREADS), "-b", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", *words, "--no-control-socket", "--log-level", "error"]
    process = subprocess.Popen([*command, app], env=environment)
    try:
        until(lambda: _answers(port))
        yield Floor(process, port)
    finally:
        process.terminate()
        process.wait(30)


def _answers(port: int) -> bool:
    visitor = Visitor(port)
    try:
        return visitor.ask("/question").status == 200
    except Unreachable:
        return False
    finally:
        visitor.leave()


def expect(reply: Reply, status: int) -> Reply:
    """The reply, which must have this status: a floor that refuses is fast."""
    if reply.status != status:
        raise RuntimeError(f"{reply.status} instead of {status}: {reply.body[:300]!r}")
    return reply
