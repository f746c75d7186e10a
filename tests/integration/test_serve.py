"""`engage serve`: one command, two children, nothing left behind, nobody's address in a log (W6, N7)."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from engage.cli.main import main
from engage.serve import parent
from engage.settings import Settings

ENGAGE = [sys.executable, "-c", "from engage.cli.main import main; main()"]
MALFORMED = (
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\r\n\r\n",
    b"he-hurts-me\r\n\r\n",
    b"GET /he-hurts-me HTTP/1.1\r\nHost: x\r\nContent-Length: he-hurts-me\r\n\r\n",
    b"GET /he-hurts-me HTTP/1.1\r\nBad Header he-hurts-me\r\n\r\n",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def children(parent: int) -> dict[str, int]:
    """Process ids of a parent's children by kind ("web", "worker")."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
            words = entry.with_name("cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if fields[1] == str(parent) and fields[0] != "Z" and "engage.serve.child" in words:
            found[words[words.index("engage.serve.child") + 2]] = int(entry.parent.name)
    return found


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Served:
    """A running `engage serve` and what it writes."""

    def __init__(self, home: Path) -> None:
        """`home` is migrated already."""
        self.port = free_port()
        self.environment = os.environ | {
            "ENGAGE_HOME": str(home),
            "ENGAGE_PORT": str(self.port),
            "ENGAGE_WEB_WORKERS": "1",
        }
        self.out, self.log = home / "out", home / "log"
        with self.out.open("wb") as out, self.log.open("wb") as log:
            self.process = subprocess.Popen([*ENGAGE, "serve"], env=self.environment, stdout=out, stderr=log)
        until(lambda: "Ready" in self.out.read_text() or self.process.poll() is not None)
        self.children = children(self.process.pid)

    def get(self, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={"User-Agent": "he-hurts-me"})
        response = connection.getresponse()
        response.read()
        connection.close()
        return response

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        until(lambda: not any(is_alive(child) for child in self.children.values()))


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    done = CliRunner().invoke(main, ["migrate"], env={"ENGAGE_HOME": str(home)})
    assert done.exit_code == 0, done.output
    return home


@pytest.fixture
def home(migrated: Path, tmp_path: Path) -> Path:
    return shutil.copytree(migrated, tmp_path / "home")


@pytest.fixture
def served(home: Path) -> Iterator[Served]:
    served = Served(home)
    yield served
    served.end()


def send_raw(port: int, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(data)
        return connection.recv(64)


def test_it_says_where_it_is_keeps_to_itself_and_ends_when_told(served: Served) -> None:
    assert served.out.read_text() == f"Ready: http://127.0.0.1:{served.port}\n"
    response = served.get("/he-hurts-me/")
    assert response.status == 404
    assert response.getheader("Server") is None

    for data in MALFORMED:
        assert b" 400 " in send_raw(served.port, data)
    log = served.log.read_text()
    assert "127.0.0.1" not in log
    assert "hurts" not in log

    taken = subprocess.run(
        [*ENGAGE, "serve"], env=served.environment, timeout=60, check=False, capture_output=True, text=True
    )
    assert taken.returncode == 1
    assert taken.stdout == ""
    assert taken.stderr.startswith("Error: Cannot listen on 127.0.0.1, port")
    assert len(taken.stderr.splitlines()) == 1

    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(30) == 0
    assert not any(is_alive(child) for child in served.children.values())


def test_a_fallen_worker_is_started_again_and_a_fallen_server_ends_it_all(served: Served) -> None:
    first = served.children["worker"]
    os.kill(first, signal.SIGKILL)
    until(lambda: children(served.process.pid).get("worker", first) != first)
    assert served.get("/healthz").status == 200
    served.children = children(served.process.pid)
    os.kill(served.children["web"], signal.SIGKILL)
    assert served.process.wait(60) == 1
    assert not is_alive(served.children["worker"])


def test_children_end_with_a_killed_parent(served: Served) -> None:
    served.process.kill()
    served.process.wait()
    until(lambda: not any(is_alive(child) for child in served.children.values()))
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", served.port), timeout=5)


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda home: (home / "engage.key").chmod(0o644), "is open to other accounts"),
        (lambda home: (home / "engage.key").unlink(), "is missing"),
        (lambda home: (home / "engage.key").write_text("{}"), "is damaged"),
        (lambda home: (home / "engage.sqlite3").unlink(), "not up to date"),
        (lambda home: (home / "engage.sqlite3").write_bytes(b"not a database" * 100), "cannot be read"),
    ],
    ids=["open key", "no key", "damaged key", "no database", "unreadable database"],
)
def test_f18_a_broken_set_up_is_refused_with_one_clear_line(
    home: Path, break_it: Callable[[Path], object], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_it(home)
    monkeypatch.setattr(parent, "serve", lambda _settings: 0)
    done = CliRunner().invoke(main, ["serve"], env={"ENGAGE_HOME": str(home)})
    assert done.exit_code == 1
    assert done.stdout == ""
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_f18_a_whole_set_up_is_served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Settings] = []
    monkeypatch.setattr(parent, "serve", lambda settings: asked.append(settings) or 0)
    assert CliRunner().invoke(main, ["serve"], env={"ENGAGE_HOME": str(home)}).exit_code == 0
    assert [settings.home for settings in asked] == [home]
