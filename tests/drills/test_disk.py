"""F3: a disk that fails or is full: the answers stay on the page, nothing is acknowledged, and it mends by itself.

ENGAGE_DRILL_WRITES (every write of a sending; a number for fewer) says at how many places writing fails.
"""

import contextlib
import random
import sqlite3
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from tests.drills.conftest import say, size
from tests.drills.ledger import Ledger
from tests.drills.tracing import Tracing
from tests.factories.surveys import ready_made
from tests.support.serving import Served
from tests.support.visitor import Reply, Sheet, Visitor

STILL_THERE = "Your answers are still on this page"


class Site:
    """One running product whose disk can be broken and mended."""

    def __init__(self, served: Served, tmp_path: Path, chance: random.Random) -> None:
        self.served, self._log, self._chance = served, tmp_path / "trace", chance
        (self._process,) = served.web_processes()
        self._definition = ready_made("your-voice")
        self._visitors: list[Visitor] = []
        self.sent: list[tuple[str, Sheet]] = []

    @contextlib.contextmanager
    def broken(self, fault: str) -> Iterator[None]:
        """The database's files fail as `fault` says (strace's inject)."""
        files = [word for end in ("", "-wal") for word in ("-P", f"{self.served.home / 'engage.sqlite3'}{end}")]
        calls = fault.split(":", 1)[0]
        with Tracing(self._process, self._log, *files, "-e", f"trace={calls}", "-e", f"inject={fault}"):
            yield

    def person(self) -> tuple[Visitor, Sheet, str]:
        """Somebody at the first question."""
        visitor = Visitor(self.served.port)
        self._visitors.append(visitor)
        return visitor, Sheet.made(self._definition, self._chance), visitor.start()

    def check(self) -> tuple[Visitor, Sheet, Reply]:
        """Somebody at the check page."""
        visitor, sheet, address = self.person()
        return visitor, sheet, visitor.walk(sheet, address)

    def recovers(self, visitor: Visitor, sheet: Sheet, check: Reply) -> None:
        """The disk is whole again: the same process takes the same answers at once."""
        reply = visitor.send(check)
        assert reply.status == 303, reply.body.decode()
        assert reply.location.endswith("/sent")
        self.sent.append((visitor.cookie, sheet))
        assert self.served.web_processes() == [self._process]
        with contextlib.closing(sqlite3.connect(self.served.home / "engage.sqlite3")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    def settle(self) -> None:
        """End it: everybody's answers are there, once, and nothing else is."""
        for visitor in self._visitors:
            visitor.leave()
        assert self.served.stop() == 0
        ledger = Ledger.of(self.served.home)
        assert [fault for cookie, sheet in self.sent for fault in ledger.faults(cookie, sheet)] == []
        assert ledger.rows == len(self.sent)


@pytest.fixture
def site(served: Served, tmp_path: Path, chance: random.Random) -> Site:
    return Site(served, tmp_path, chance)


def is_kept_on_the_page(reply: Reply, words: str) -> bool:
    """Refused with everything still there, and not taken for sent."""
    text = unescape(reply.body.decode())
    return reply.status == 503 and not reply.location and not reply.cookie and STILL_THERE in text and words in text


def written(sheet: Sheet) -> str:
    """Words that stand on the check page of this sheet."""
    return next((answer["text"] for answer in sheet.answers.values() if "text" in answer), "Change")


def test_f3_a_sync_that_fails_acknowledges_nothing(site: Site) -> None:
    visitor, sheet, check = site.check()
    with site.broken("fsync,fdatasync:error=EIO"):
        assert is_kept_on_the_page(visitor.send(check), written(sheet))
        assert is_kept_on_the_page(visitor.send(check), written(sheet))
        other, _, address = site.person()
        form = {"csrf_token": other.ask(address).token, "safe_home": "2"}
        assert is_kept_on_the_page(other.ask(address, form), 'value="2" checked')
    site.recovers(visitor, sheet, check)
    assert other.ask(address, form).status == 303
    site.settle()
    say("F3 a sync that fails: 3 of 3 refused with the answers still there, then taken by the same process")


def test_f3_a_disk_that_is_full_at_any_write_acknowledges_nothing(site: Site) -> None:
    """The first write fails, then the second ... until one sending needs no more writes than that."""
    most, refused = size("WRITES", 500), 0
    while refused < most:
        visitor, sheet, check = site.check()
        with site.broken(f"pwrite64,write:error=ENOSPC:when={refused + 1}+"):
            reply = visitor.send(check)
        if reply.status == 303:
            break
        assert is_kept_on_the_page(reply, written(sheet)), (refused, reply.status, reply.body.decode())
        refused += 1
        site.recovers(visitor, sheet, check)
    site.sent += [(visitor.cookie, sheet)] if reply.status == 303 else []
    site.settle()
    say(f"F3 a full disk at write 1 to {refused}: {refused} of {refused} refused with the answers still there,")
    say("F3 integrity ok each time, then taken by the same process, each stored once")
    assert refused >= min(most, 4)
