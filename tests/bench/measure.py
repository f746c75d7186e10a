"""Measuring: processor time of other processes, medians of rounds that take turns, time of one sync."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 5


def processor_seconds(processes: Sequence[int]) -> float:
    """User and system time of these processes so far, all their threads, to the nanosecond (Linux's own clock ids)."""
    return sum(time.clock_gettime((~process << 3) | 2) for process in processes)


@dataclass(frozen=True)
class Work:
    """Something to measure: `go` does it `times` times, `processes` are those whose time counts."""

    name: str
    times: int
    processes: Sequence[int]
    go: Callable[[], None]
    prepare: Callable[[], None] = lambda: None


def take_turns(works: Sequence[Work]) -> dict[str, float]:
    """Microseconds of processor time for one time of each, the median of rounds in which all take their turn."""
    found: dict[str, list[float]] = {work.name: [] for work in works}
    for _ in range(ROUNDS):
        for work in works:
            work.prepare()
            began = processor_seconds(work.processes)
            work.go()
            found[work.name].append((processor_seconds(work.processes) - began) / work.times * 1e6)
    return {name: statistics.median(times) for name, times in found.items()}


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of them lie."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def sync_microseconds(folder: Path, times: int = 200) -> tuple[float, float]:
    """p50 and p99 of writing 4 KiB over and syncing it, where the database lies."""
    taken = []
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _ in range(times):
            file.seek(0)
            file.write(os.urandom(4096))
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            taken.append((time.perf_counter() - began) * 1e6)
    return percentile(taken, 0.5), percentile(taken, 0.99)


@dataclass(frozen=True)
class Line:
    """One line of the table: what, product, floor, ratio, and what it must be and might be."""

    what: str
    product: str
    floor: str
    ratio: str
    must: str
    stretch: str


def table(lines: Sequence[Line]) -> str:
    """The lines in columns."""
    head = Line("", "product", "floor", "ratio", "must", "stretch")
    rows = [(one.what, one.product, one.floor, one.ratio, one.must, one.stretch) for one in (head, *lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(6)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
