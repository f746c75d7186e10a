"""F2: nobody is told "Sent" before the disk has it: seen from outside, system call by system call.

ENGAGE_DRILL_SENT (50) says how many people send. Stands in for a power cut: what was synced survives one.
"""

import random
import threading
import time
from pathlib import Path

import pytest

from tests.drills.conftest import say, size
from tests.drills.trace import acknowledgements
from tests.drills.tracing import Tracing
from tests.factories.surveys import ready_made
from tests.support.serving import Served
from tests.support.visitor import Patient, Sheet, Visitor

SENT = r"HTTP/1\.1 303.*Location: [^ ]*/sent\\r"
KEPT = r"HTTP/1\.1 303.*Location: [^ ]*/(q/\w+|check)\\r"
TRACE = ("-yy", "-s", "700", "-e", "trace=write,writev,pwrite64,pwritev,fsync,fdatasync,sendto,sendmsg")
CLIENTS = 4


def test_f2_every_acknowledgement_waits_for_the_disk(served: Served, tmp_path: Path, chance: random.Random) -> None:
    count = size("SENT", 50)
    definition = ready_made("your-voice")
    until = time.monotonic() + 300 + 4 * count
    crowd = [Patient(Visitor(served.port), Sheet.made(definition, chance), until) for _ in range(count)]
    (process,) = served.web_processes()
    with Tracing(process, tmp_path / "trace", *TRACE):
        threads = [threading.Thread(target=_go, args=(crowd[start::CLIENTS],)) for start in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    lines = (tmp_path / "trace").read_text(errors="replace").splitlines()
    sent, kept = acknowledgements(lines, SENT), acknowledgements(lines, KEPT)
    say(f"F2 {sent.durable} of {sent.seen} times Sent was said after the sync of its transaction")
    say(f"F2 {kept.durable} of {kept.seen} answers on their way likewise")
    assert sent.durable == sent.seen == count
    answers = sum(len(person.sheet.answers) for person in crowd)
    assert kept.seen == answers + count  # Start leads to a question too, and writes nothing
    assert kept.durable == answers


def _go(people: list[Patient]) -> None:
    for person in people:
        person.go()


@pytest.mark.parametrize(
    ("lines", "durable"),
    [
        (["1 pwrite64(3</x-wal>, ...) = 24", "1 fdatasync(3</x-wal>) = 0", '1 sendto(9<TCP:[]>, "HTTP/1.1 303 S'], 1),
        (["1 pwrite64(3</x-wal>, ...) = 24", '1 sendto(9<TCP:[]>, "HTTP/1.1 303 S', "1 fdatasync(3</x-wal>) = 0"], 0),
        (["1 fdatasync(3</x-wal>) = 0", "1 pwrite64(3</x-wal>, ...) = 24", '1 sendto(9<TCP:[]>, "HTTP/1.1 303 S'], 0),
        (["1 pwrite64(3</x-wal>, ...) = 24", "2 fdatasync(3</x-wal>) = 0", '1 sendto(9<TCP:[]>, "HTTP/1.1 303 S'], 0),
        (["1 pwrite64(3</x-wal>, ...) = 24", "1 fdatasync(3</x-wal>) = -1 EIO", '1 sendto(9<T>, "HTTP/1.1 303 S'], 0),
        (['1 sendto(9<TCP:[]>, "HTTP/1.1 303 S'], 0),
        (
            [
                "1 pwrite64(3</x-wal>, ...) = 24",
                "1 fdatasync(3</x-wal> <unfinished ...>",
                "2 fdatasync(4</x>) = 0",
                "1 <... fdatasync resumed>) = 0",
                '1 sendto(9<TCP:[]>, "HTTP/1.1 303 S',
            ],
            1,
        ),
    ],
    ids=["after", "before", "older sync", "another's sync", "failed sync", "nothing written", "interrupted"],
)
def test_f2_the_reading_itself_can_tell(lines: list[str], durable: int) -> None:
    found = acknowledgements(lines, "303")
    assert (found.seen, found.durable) == (1, durable)
