"""N14: the web processes of one server count together, in memory without a name, and a killed one holds up nobody."""

import os
import subprocess
import sys
from datetime import date, timedelta

import time_machine
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from engage.settings import Settings
from engage.web.limits import Act, Limiter
from engage.web.shared_counts import SharedCounts

TWO = RateLimitItemPerMinute(2)
DAY = date(2026, 11, 24)
AMOUNTS = {act: Settings.model_fields[f"limit_{act}"].default for act in Act}

# Two processes that share their counts, and a third that is killed while it holds the lock; what passed is printed.
TOGETHER = """
import os, signal, time
from engage.web.limits import Act, Limiter
from engage.web.shared_counts import SharedCounts
shared, amounts = SharedCounts(), dict.fromkeys(Act, 300)
read, write = os.pipe()
killed = os.fork()
if not killed:
    with shared.alone():
        os.write(write, b"k")
        time.sleep(60)
os.read(read, 1)
os.kill(killed, signal.SIGKILL)
os.waitpid(killed, 0)
for _ in range(2):
    if not os.fork():
        limiter = Limiter(amounts, shared)
        os.write(write, b"1" * sum(limiter.take(Act.SEND, "203.0.113.0/24") == 0 for _ in range(400)))
        os._exit(0)
for _ in range(2):
    os.wait()
os.write(write, b"e")
passed = b""
while not passed.endswith(b"e"):
    passed += os.read(read, 4096)
print(len(passed) - 1, Limiter(amounts, shared).take(Act.SEND, "203.0.113.0/24") > 0)
"""


def test_n14_counts_in_shared_memory_as_the_librarys_own_do() -> None:
    for storage in (SharedCounts(), MemoryStorage()):
        with time_machine.travel(1_000_000, tick=False) as now:
            limiter = FixedWindowRateLimiter(storage)
            assert [limiter.hit(TWO, "a") for _ in range(3)] == [True, True, False]
            assert limiter.hit(TWO, "b")
            assert not limiter.test(TWO, "a")
            assert limiter.get_window_stats(TWO, "a").reset_time == 1_000_060
            now.shift(59)
            assert not limiter.test(TWO, "a")
            now.shift(1)
            assert limiter.test(TWO, "a")
            assert limiter.hit(TWO, "a")
            assert limiter.get_window_stats(TWO, "a").reset_time == 1_000_120


def test_n14_two_processes_have_one_allowance() -> None:
    done = subprocess.run([sys.executable, "-c", TOGETHER], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout == "300 True\n"


def test_n14_when_it_is_full_what_ends_first_goes_and_nothing_else() -> None:
    counts = SharedCounts(places=16)
    with time_machine.travel(1_000_000, tick=False) as now:
        for number in range(16):
            counts.incr(f"{number}", 60 + number)
        counts.incr("one more", 600)
        assert [counts.get(f"{number}") for number in range(16)] == [0] + [1] * 15
        counts.clear("7")
        assert (counts.get("7"), counts.get("one more")) == (0, 1)
        now.shift(100)
        for number in range(14):
            counts.incr(f"later {number}", 60)
        assert counts.get("one more") == 1
        assert counts.check()
        assert counts.reset() == counts.get("one more") == 0


def test_n14_a_new_day_has_a_new_key_and_no_counts_in_every_process() -> None:
    shared = SharedCounts(places=64)
    with time_machine.travel(1_000_000, tick=False) as now:
        first, second = (Limiter(AMOUNTS, shared) for _ in range(2))
        assert first._key == second._key
        before = first._key
        while first.take(Act.CONTACT, "203.0.113.0/24") == 0:
            pass
        assert second.wait(Act.CONTACT, "203.0.113.0/24") > 0
        now.shift(timedelta(days=1))
        assert second.wait(Act.CONTACT, "203.0.113.0/24") == 0
        assert first.wait(Act.CONTACT, "203.0.113.0/24") == 0
        assert first._key == second._key != before


def test_n14_nothing_of_it_is_in_a_file_or_says_who() -> None:
    shared = SharedCounts()
    Limiter(AMOUNTS, shared).take(Act.SEND, "203.0.113.0/24", "larkmoor")
    assert (os.fstat(shared._lock).st_size, os.fstat(shared._lock).st_nlink) == (0, 0)
    whole = bytes(shared._memory)
    assert not [word for word in (b"203.0", b"larkmoor", b"sends", b"network") if word in whole]
    assert shared.key_of(DAY) != shared.key_of(DAY + timedelta(days=1))
