"""A running `engage serve`: set up on a home of its own, started on loopback, ended by process id."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from engage.cli.main import main
from engage.web.limits import Act

ENGAGE = [sys.executable, "-c", "from engage.cli.main import main; main()"]
PLACE = ("larkmoor", "Larkmoor Safeguarding Children Partnership")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(true: Callable[[], object], seconds: float = 180) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def _fields(process: int) -> list[str]:
    """What /proc says of a process after its name: state, parent ...; [] where there is none."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def is_alive(process: int) -> bool:
    """Whether a process is there and not merely waiting to be collected."""
    fields = _fields(process)
    return bool(fields) and fields[0] != "Z"


def children_of(parent: int) -> list[int]:
    """Process ids of the children of a process."""
    everyone = (int(entry.name) for entry in Path("/proc").glob("[0-9]*"))
    return [one for one in everyone if (fields := _fields(one)) and fields[1] == str(parent) and fields[0] != "Z"]


def children(parent: int) -> dict[str, int]:
    """Process ids of the children of `engage serve` by kind ("web", "worker")."""
    found = {}
    for process in children_of(parent):
        try:
            words = Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if "engage.serve.child" in words:
            found[words[words.index("engage.serve.child") + 2]] = process
    return found


def run_verb(home: Path, *words: str) -> str:
    """Run one verb of the command on `home` in this process; what it prints."""
    hooks = sys.excepthook, threading.excepthook
    done = CliRunner().invoke(main, words, env={"ENGAGE_HOME": str(home)})
    sys.excepthook, threading.excepthook = hooks  # the command's own say where, not what
    assert done.exit_code == 0, done.output
    return done.output


def set_up(home: Path, survey: str = "your-voice") -> Path:
    """The real beginning: a migrated home, one partnership, somebody who reads, one survey that is open; `home`."""
    run_verb(home, "migrate")
    run_verb(home, "partnership", "add", *PLACE)
    run_verb(home, "account", "add", "reader", "Rosa Reader", "--role", "responder")
    run_verb(home, "survey", "load", survey)
    because = ("--by", "reader", "--because", "no_impact_assessment=Nobody real is asked")
    run_verb(home, "survey", "publish", survey, *because)
    return home


class Served:
    """A running `engage serve` and what it writes."""

    def __init__(self, home: Path, port: int | None = None, **settings: object) -> None:
        """`home` is migrated already; `settings` are named as in engage.settings."""
        self.home = home
        self.port = port or free_port()
        unlimited = {f"limit_{act}": 10**9 for act in Act}  # every visitor comes from here
        chosen = {"web_workers": 1, **unlimited, **settings, "home": home, "port": self.port}
        self.environment = os.environ | {f"ENGAGE_{name.upper()}": str(value) for name, value in chosen.items()}
        self.out, self.log = home / "out", home / "log"
        with self.out.open("wb") as out, self.log.open("ab") as log:
            self.process = subprocess.Popen([*ENGAGE, "serve"], env=self.environment, stdout=out, stderr=log)
        until(lambda: "Ready" in self.out.read_text() or self.process.poll() is not None)
        self.children = children(self.process.pid)

    @property
    def is_ready(self) -> bool:
        """Whether it came up."""
        return bool(self.children)

    def web_processes(self) -> list[int]:
        """Process ids of those that answer requests."""
        return children_of(self.children["web"])

    def get(self, path: str) -> http.client.HTTPResponse:
        """One request; its body is read already."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={"User-Agent": "he-hurts-me"})
        response = connection.getresponse()
        response.read()
        connection.close()
        return response

    def stop(self) -> int:
        """End it as an operator does; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(30)
        self.end()
        return status

    def kill(self) -> None:
        """Kill every process of it at once, the parent first."""
        everyone = [self.process.pid, *self.children.values(), *self.web_processes()]
        for process in everyone:
            if is_alive(process):
                os.kill(process, signal.SIGKILL)
        self.process.wait()
        until(lambda: not any(is_alive(process) for process in everyone))

    def end(self) -> None:
        """Make sure that nothing of it is left."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        until(lambda: not any(is_alive(child) for child in self.children.values()))
