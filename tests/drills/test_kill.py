"""F1: whatever is killed, whenever, what was acknowledged is stored, once, and as it was said.

ENGAGE_DRILL_SUBMISSIONS (300; up to 10,000), ENGAGE_DRILL_CLIENTS (16), ENGAGE_DRILL_RESTARTS (4) say how large it is.
"""

import http.client
import os
import queue
import random
import signal
import threading
import time
from pathlib import Path

from tests.drills.conftest import CHEAP, say, size
from tests.drills.ledger import Ledger
from tests.factories.surveys import ready_made
from tests.support.serving import Served, free_port, is_alive, run_verb, until
from tests.support.visitor import Patient, Sheet, Visitor


class Crowd:
    """People who answer at the same time, each on their own, until everybody has sent."""

    def __init__(self, port: int, count: int, clients: int, chance: random.Random, words: str = "") -> None:
        """`words`: what everybody writes wherever they can; left out, something harmless."""
        definition = ready_made("your-voice")
        until = time.monotonic() + 900 + 3 * count
        sheets = [Sheet.made(definition, chance) for _ in range(count)]
        self.people = [Patient(Visitor(port), sheet.saying(words), until) for sheet in sheets]
        self.errors: list[str] = []
        self._waiting: queue.SimpleQueue[Patient] = queue.SimpleQueue()
        for person in self.people:
            self._waiting.put(person)
        self._threads = [threading.Thread(target=self._answer, daemon=True) for _ in range(clients)]
        for thread in self._threads:
            thread.start()

    def _answer(self) -> None:
        while True:
            try:
                self._waiting.get_nowait().go()
            except queue.Empty:
                return
            except Exception as error:  # noqa: BLE001 - told by the drill itself
                self.errors.append(repr(error))

    @property
    def acknowledged(self) -> int:
        return sum(person.acknowledged for person in self.people)

    @property
    def is_busy(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)


class Killer:
    """Kills a web process 200 to 800 ms after the product was last seen to answer, and now and then everything."""

    def __init__(self, home: Path, port: int, chance: random.Random) -> None:
        self._home, self._port, self._chance = home, port, chance
        self.workers = self.restarts = 0
        self.served = self._serve()

    def _serve(self) -> Served:
        served = Served(self._home, self._port, web_workers=2, **CHEAP)
        assert served.is_ready, served.log.read_text()
        return served

    def one(self) -> None:
        """Kill one of the processes that answer; on a machine too busy to start one in time, wait for it first."""
        until(self._answers)
        time.sleep(self._chance.uniform(0.2, 0.8))
        found = self.served.web_processes()
        if found:
            os.kill(self._chance.choice(found), signal.SIGKILL)
            self.workers += 1

    def _answers(self) -> bool:
        try:
            return self.served.get("/healthz").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def everything(self) -> None:
        """Kill the parent alone, or the parent and all its processes, then start it again on the same port."""
        if self.restarts % 2:
            self.served.kill()
        else:
            everyone = [*self.served.children.values(), *self.served.web_processes()]
            self.served.end()
            until(lambda: not any(is_alive(one) for one in everyone))
        self.restarts += 1
        self.served = self._serve()


def test_f1_killed_at_any_moment_nothing_acknowledged_is_lost(home: Path, chance: random.Random) -> None:
    count, restarts = min(size("SUBMISSIONS", 300), 10_000), size("RESTARTS", 4)
    killer = Killer(home, free_port(), chance)
    began = time.monotonic()
    try:
        crowd = Crowd(killer.served.port, count, size("CLIENTS", 16), chance)
        while crowd.is_busy:
            killer.one()
            if killer.restarts < restarts and crowd.acknowledged >= count * (killer.restarts + 1) / (restarts + 1):
                killer.everything()
        assert killer.served.stop() == 0
    finally:
        killer.served.end()
    report(home, crowd, killer, time.monotonic() - began)


def report(home: Path, crowd: Crowd, killer: Killer, seconds: float) -> None:
    ledger = Ledger.of(home)
    people = [person for person in crowd.people if person.acknowledged]
    faults = [fault for one in people for fault in ledger.faults(one.visitor.cookie, one.sheet)]
    lost = faults.count("lost")
    say(f"F1 {killer.workers} web processes and {killer.restarts} times everything killed in {seconds:.0f} s")
    say(
        f"F1 acknowledged {len(people)} of {len(crowd.people)}, stored {len(ledger.responses)}, "
        f"duplicates {ledger.rows - len(ledger.responses)}, lost {lost}, incomplete {len(faults) - lost}"
    )
    say(
        f"F1 tried again {sum(one.retries for one in crowd.people)} times, 5xx "
        f"{sum(len(one.refusals) for one in crowd.people)}, answers asked again after they were taken "
        f"{sum(one.asked_again for one in crowd.people)}, drafts left {ledger.drafts}"
    )
    assert crowd.errors == []
    assert faults == []
    assert len(people) == len(crowd.people) == len(ledger.responses) == ledger.rows
    assert len({ledger.key(one.visitor.cookie) for one in people}) == len(people)
    assert sum(one.asked_again for one in crowd.people) == ledger.drafts == 0
    say(f"F17 {run_verb(home, 'audit', 'verify').strip()}")
