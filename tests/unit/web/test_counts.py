"""N14: counts end when their time is over, are forgotten on the way, and nothing runs beside them."""

import threading

import time_machine
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from engage.web.counts import Counts

TWO = RateLimitItemPerMinute(2)


def test_n14_counts_as_the_librarys_own_do() -> None:
    for storage in (Counts(), MemoryStorage()):
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


def test_n14_what_has_ended_is_forgotten_and_what_lasts_is_not() -> None:
    counts = Counts()
    with time_machine.travel(1_000_000, tick=False) as now:
        for number in range(5000):
            counts.incr(f"short {number}", 60)
        assert len(counts) == 5000
        counts.incr("long", 600)
        now.shift(60)
        for number in range(8000):
            counts.incr(f"later {number}", 60)
        assert len(counts) < 8000 + 2
        assert counts.get("long") == 1
        counts.clear("long")
        assert counts.get("long") == 0
        assert counts.check()
        assert counts.reset() == len(counts) == 0


def test_counting_starts_no_thread() -> None:
    before, counts = set(threading.enumerate()), Counts()
    for number in range(50):
        counts.incr(f"{number % 7}", 60)
    assert set(threading.enumerate()) <= before
