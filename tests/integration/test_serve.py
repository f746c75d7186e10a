"""`engage serve`: one command, two children, nothing left behind, nobody's address in a log (W6, N7)."""

import contextlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from gunicorn.http import wsgi

from engage.cli.main import main
from engage.serve import child, parent
from engage.settings import Settings
from engage.web.limits import Act
from tests.support.apps import settings_for
from tests.support.serving import ENGAGE, Served, children, is_alive, run_verb, until

MALFORMED = (
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\r\n\r\n",
    b"he-hurts-me\r\n\r\n",
    b"GET /he-hurts-me HTTP/1.1\r\nHost: x\r\nContent-Length: he-hurts-me\r\n\r\n",
    b"GET /he-hurts-me HTTP/1.1\r\nBad Header he-hurts-me\r\n\r\n",
)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    run_verb(home, "migrate")
    return home


@pytest.fixture
def home(migrated: Path, tmp_path: Path) -> Path:
    return shutil.copytree(migrated, tmp_path / "home")


@pytest.fixture
def served(home: Path) -> Iterator[Served]:
    served = Served(home)
    yield served
    served.end()


def put_back(database: Path) -> None:
    """Make a database say that it stands at an earlier step."""
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")


def send_raw(port: int, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(data)
        return connection.recv(64)


def test_it_says_where_it_is_keeps_to_itself_and_ends_when_told(served: Served) -> None:
    assert served.out.read_text() == f"Ready: http://127.0.0.1:{served.port}\n"
    response = served.get("/he-hurts-me/")
    assert response.status == 404
    assert response.getheader("Server") is None
    for process in (*served.children.values(), *served.web_processes()):  # N1: a crash leaves no image of its memory
        [most] = re.findall(r"^Max core file size +(\d+) +(\d+) ", Path(f"/proc/{process}/limits").read_text(), re.M)
        assert most == ("0", "0")

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
        (lambda home: put_back(home / "engage.sqlite3"), "not up to date. Run: engage migrate"),
    ],
    ids=["open key", "no key", "damaged key", "no database", "unreadable database", "old schema"],
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


def test_f18_the_command_itself_ends_before_anything_listens(home: Path) -> None:
    """With the key gone from beside stored answers, in a process of its own: one line, nothing on the port."""
    (home / "engage.key").unlink()
    served = Served(home)
    served.end()
    assert served.process.returncode == 1
    assert served.out.read_text() == ""
    assert [line.startswith("Error: The key file ") for line in served.log.read_text().splitlines()] == [True]
    assert not (home / "engage.key").exists()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", served.port), timeout=5)


def test_f18_a_whole_set_up_is_served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Settings] = []
    monkeypatch.setattr(parent, "serve", lambda settings: asked.append(settings) or 0)
    assert CliRunner().invoke(main, ["serve"], env={"ENGAGE_HOME": str(home)}).exit_code == 0
    assert [settings.home for settings in asked] == [home]


def test_n14_the_web_processes_count_together(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """N14, W9: each makes an app of its own, and what one has counted the others have."""
    monkeypatch.setattr(wsgi.Response, "default_headers", wsgi.Response.default_headers)
    server = child.WebServer(settings_for(home), 0)
    first, second = (server.load().extensions["engage_limits"] for _ in range(2))
    network = "203.0.113.0/24"
    before = second._counts.get(second._bounds(Act.SEND, network, "")[0].key)
    first.count(Act.SEND, network)
    assert second._counts.get(second._bounds(Act.SEND, network, "")[0].key) == before + 1
