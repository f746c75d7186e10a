"""A mail server that writes down what it takes, and a worker whose clock runs from minute to minute as it works."""

import os
import socketserver
import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from types import TracebackType
from typing import Self

import time_machine

from engage import worker
from engage.app import create_app
from engage.settings import Settings

JOBS = frozenset({"escalate-flags", "deliver-notices"})


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever was speaking was killed: that is what this is for."""


class Taken:
    """Every message somebody handed over, by recipient and by the name of the message."""

    def __init__(self) -> None:
        taken = self.messages = Counter[tuple[str, str]]()
        self.bodies: list[str] = []
        bodies = self.bodies

        class Conversation(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"220 ready\r\n")
                body: list[bytes] | None = None
                for line in self.rfile:
                    answer = b"221 bye\r\n" if line[:4].upper() == b"QUIT" else b"250 ok\r\n"
                    if body is not None:
                        answer = b""
                        if line == b".\r\n":
                            message = message_from_bytes(b"".join(body))
                            taken[str(message["To"]), str(message["Message-ID"])] += 1
                            bodies.append(message.as_string())
                            body, answer = None, b"250 taken\r\n"
                        else:
                            body.append(line)
                    elif line[:4].upper() == b"DATA":
                        body, answer = [], b"354 go on\r\n"
                    self.wfile.write(answer)

        self._server = _Server(("127.0.0.1", 0), Conversation)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Shifted:
    """The worker of a home in a process of its own; where its clock stands is kept in a file, so that the next one goes
    on from there.
    """

    def __init__(self, home: Path, minutes: int, environment: dict[str, str]) -> None:
        self._home, self._minutes = home, minutes
        self._environment = os.environ | environment | {"ENGAGE_HOME": str(home)}
        (home / "clock").write_text(f"{datetime.now(UTC).isoformat()} 0")

    def start(self) -> subprocess.Popen[bytes]:
        """Begin, or go on."""
        words = [sys.executable, "-m", "tests.drills.alerts", str(self._home), str(self._minutes)]
        with (self._home / "shifted-log").open("ab") as log:
            return subprocess.Popen(words, env=self._environment, stdout=log, stderr=log)

    @property
    def passed(self) -> int:
        """How many minutes have passed on its clock."""
        return int((self._home / "clock").read_text().split()[1])


def main(home: Path, minutes: int) -> None:
    """Do what the worker does in each of so many minutes."""
    app = create_app(Settings(home=home))
    found = [job for job in worker.find_jobs() if job.name in JOBS]
    began, passed = (home / "clock").read_text().split()
    for minute in range(int(passed), minutes + 1):
        with time_machine.travel(datetime.fromisoformat(began) + timedelta(minutes=minute), tick=False):
            for job in sorted(found, key=lambda each: each.name, reverse=True):
                worker.perform(app, job)
        fresh = home / "clock.new"
        fresh.write_text(f"{began} {minute + 1}")
        fresh.replace(home / "clock")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
