"""Reading what strace wrote: whether each acknowledgement came after its transaction was on the disk."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# "1234 pwrite64(12</home/x/engage.sqlite3-wal>, ..." and the second half of a call that another thread interrupted.
_CALL = re.compile(r"^(?P<thread>\d+) (?P<name>\w+)\(\d+<(?P<file>[^>]*)>")
_RESUMED = re.compile(r"^(?P<thread>\d+) <\.\.\. (?P<name>\w+) resumed>")
_WRITES = frozenset({"pwrite64", "write", "writev", "pwritev"})
_SENDS = frozenset({"sendto", "sendmsg", "write", "writev"})


@dataclass
class Acknowledgements:
    """Redirects that said "kept", and how many of them waited for the disk."""

    seen: int = 0
    durable: int = 0


@dataclass
class _Thread:
    """What one thread has done since its last response: writes to the log of transactions that no sync has followed."""

    written: bool = False
    waiting: bool = False


def acknowledgements(lines: Iterable[str], said: str) -> Acknowledgements:
    """Of every response whose text matches `said`: did its thread write the write-ahead log and sync it since?"""
    wanted = re.compile(said)
    found = Acknowledgements()
    threads: defaultdict[str, _Thread] = defaultdict(_Thread)
    for thread, event, line in _events(lines):
        now = threads[thread]
        if event == "write":
            now.written, now.waiting = True, True
        elif event == "synced":
            now.waiting = False
        elif event == "answer":
            if wanted.search(line):
                found.seen += 1
                found.durable += now.written and not now.waiting
            threads[thread] = _Thread()
    return found


def _events(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """(thread, "write" | "sync" | "synced" | "answer", line) in order; "synced" once a sync came back without error."""
    syncing: set[str] = set()
    for line in lines:
        call = _CALL.match(line)
        back = _RESUMED.match(line)
        if call and (event := _event(call, line)):
            syncing |= {call["thread"]} if event == "sync" else set()
            yield call["thread"], event, line
        found = call or back
        if found and "sync" in found["name"] and found["thread"] in syncing and line.rstrip().endswith("= 0"):
            syncing.discard(found["thread"])
            yield found["thread"], "synced", line


def _event(call: re.Match[str], line: str) -> str:
    is_log = call["file"].endswith("-wal")
    if is_log and call["name"] in _WRITES:
        return "write"
    if is_log and "sync" in call["name"]:
        return "sync"
    return "answer" if call["name"] in _SENDS and '"HTTP/1.1 ' in line else ""
