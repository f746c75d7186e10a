"""N1 against the served process itself: gunicorn, the worker, a trusted front server, a crash, and what all leave."""

import base64
import contextlib
import os
import random
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.factories.surveys import ready_made
from tests.integration.anonymity.canaries import HEADERS, MARK, PEER, TEXT, files_below, hits, of_request
from tests.support.serving import Served, run_verb, set_up, until
from tests.support.visitor import Reply, Sheet, Unreachable, Visitor


class Recognisable(Visitor):
    """A browser that sends every canary through a front server."""

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Reply:
        crumb = HEADERS["Cookie"]
        cookie = f"{headers['Cookie']}; {crumb}" if "Cookie" in headers else crumb
        named = {name: value for name, value in HEADERS.items() if name != "Cookie"}
        here = {"X-Forwarded-Host": f"127.0.0.1:{self.port}", "X-Forwarded-Proto": "http"}
        return super()._ask(method, path, body, {**headers, **named, **here, "Cookie": cookie})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return set_up(tmp_path_factory.mktemp("canary"))


@pytest.fixture
def served(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """The product behind a front server it believes, with a folder of its own for temporary files."""
    (home / "temporary").mkdir(exist_ok=True)
    monkeypatch.setenv("TMPDIR", str(home / "temporary"))
    served = Served(home, trusted_proxies=1, log_level="DEBUG")
    yield served
    served.end()


def answer(served: Served) -> bytes:
    """Answer the whole survey, be refused, meet a page that is not there; the answering secret."""
    somebody = Recognisable(served.port)
    sheet = Sheet.made(ready_made("your-voice"), random.Random(7))
    sheet.answers = {name: {"text": TEXT} if "text" in given else given for name, given in sheet.answers.items()}
    check = somebody.walk(sheet, somebody.start())
    if b'name="company"' in check.body:
        check = somebody.ask(somebody.ask(f"{somebody.survey}/how", {"csrf_token": check.token}).location)
    assert somebody.send(check).location.endswith("/sent")
    secret = somebody.cookie.removesuffix(".")
    assert somebody.ask(f"{somebody.survey}/send", {"csrf_token": TEXT}).status < 500
    assert somebody.ask("/larkmoor/codes", {"words": TEXT}).status == 404
    assert somebody.ask(f"/larkmoor/{MARK}text").status == 404
    somebody.leave()
    return secret.encode()


def crash(served: Served) -> None:
    """Kill, with what makes a process leave an image of its memory, the one that is answering."""
    [answering] = served.web_processes()
    os.kill(answering, signal.SIGABRT)
    until(lambda: served.web_processes() not in ([], [answering]))
    later = Recognisable(served.port)
    with contextlib.suppress(Unreachable):
        later.start()
    later.leave()


def test_n1_the_served_product_keeps_nothing_of_who_asked(home: Path, served: Served) -> None:
    time.sleep(1.1)  # what has just begun said so in the second before
    moments = {datetime.now(UTC)}
    secret = answer(served)
    moments.add(datetime.now(UTC))
    # No line of the log, and no row, has a moment in which they asked for something.
    written = {moment.isoformat(sep=sep, timespec="seconds").encode() for moment in moments for sep in " T"}
    assert [name for name, data in files_below(home) for moment in written if moment in data] == []
    [limit] = [line for line in limits_of(served.web_processes()[0]) if line.startswith("Max core file size")]
    assert limit.split()[4:6] == ["0", "0"]
    crash(served)
    served.stop()
    raw = base64.urlsafe_b64decode(secret + b"==")
    assert hits(of_request(peer=PEER, secrets=[secret, raw]), files_below(home)) == []
    assert "127.0.0.1" not in (home / "log").read_text()
    assert MARK not in run_verb(home, "survey", "export", "your-voice")


def limits_of(process: int) -> list[str]:
    """What the system lets a process use up."""
    return Path(f"/proc/{process}/limits").read_text().splitlines()
