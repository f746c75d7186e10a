"""Where the counts of `limits` lie on a server of several web processes: in memory that all of them share.

The memory is made before they are forked, has no name and no file, and is gone with the server (N14). In it stand the
day's random key and fixed places: a hash of what is counted, its number, the second at which it ends. Whoever counts
holds a lock that the system drops with the process, so that a killed one holds up nobody.
"""

import fcntl
import hashlib
import mmap
import os
import secrets
import struct
import tempfile
import time
import weakref
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from limits.storage import Storage

_HEAD = struct.Struct("<32sq")
_PLACE = struct.Struct("<16sdq")
_PLACES, _NEAR = 1 << 17, 16
_ENDED = 1.0


class SharedCounts(Storage):
    """Counts by key, each with the second at which it ends: 131,072 of them; when it is full, what ends first goes."""

    STORAGE_SCHEME = None

    def __init__(self, places: int = _PLACES) -> None:
        """Nothing is counted yet. Call it before the processes that are to share it are forked."""
        super().__init__()
        self._places = places
        self._memory = mmap.mmap(-1, _HEAD.size + places * _PLACE.size)
        self._lock, name = tempfile.mkstemp()
        Path(name).unlink()  # an empty file without a name: there is nothing but its lock
        weakref.finalize(self, os.close, self._lock)

    @contextmanager
    def alone(self) -> Generator[None]:
        """No other process counts meanwhile. Its own threads must take turns by themselves."""
        fcntl.lockf(self._lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._lock, fcntl.LOCK_UN)

    def key_of(self, day: date) -> bytes:
        """The day's key; whoever asks first on a new day forgets all that was counted. Only while `alone`."""
        key, known = _HEAD.unpack_from(self._memory)
        if known != day.toordinal():
            self.reset()
            key = secrets.token_bytes(32)
            _HEAD.pack_into(self._memory, 0, key, day.toordinal())
        return bytes(key)

    @property
    def base_exceptions(self) -> type[Exception]:
        """Nothing is asked over a network that could fail."""
        return OSError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` more under `key`, which ends `expiry` seconds after its first; how many that makes."""
        mark = _mark(key)
        place, number, ends = self._found(mark)
        if place is None:
            place, number, ends = self._free(mark), 0, time.time() + expiry
        _PLACE.pack_into(self._memory, place, mark, ends, number + amount)
        return number + amount

    def get(self, key: str) -> int:
        """How many there are."""
        return self._found(_mark(key))[1]

    def get_expiry(self, key: str) -> float:
        """When it ends, in seconds since 1970; now where there is nothing."""
        place, _number, ends = self._found(_mark(key))
        return time.time() if place is None else ends

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int:
        """Forget everything; 0."""
        self._memory[_HEAD.size :] = bytes(self._places * _PLACE.size)
        return 0

    def clear(self, key: str) -> None:
        """Forget one."""
        mark = _mark(key)
        place, _number, _ends = self._found(mark)
        if place is not None:
            _PLACE.pack_into(self._memory, place, mark, _ENDED, 0)

    def _near(self, mark: bytes) -> list[int]:
        first = int.from_bytes(mark[:8]) % self._places
        return [_HEAD.size + (first + step) % self._places * _PLACE.size for step in range(_NEAR)]

    def _found(self, mark: bytes) -> tuple[int | None, int, float]:
        """Where it stands, its number and its end; None, 0 and 0 where it does not, or has ended."""
        now = time.time()
        for place in self._near(mark):
            there, ends, number = _PLACE.unpack_from(self._memory, place)
            if there == mark:
                return (place, number, ends) if ends > now else (None, 0, 0.0)
            if not ends:
                break  # nothing was ever put here, so not behind it either
        return None, 0, 0.0

    def _free(self, mark: bytes) -> int:
        """Its old place, else the first in which nothing lasts, else that of what ends first."""
        now, near = time.time(), self._near(mark)
        held = [_PLACE.unpack_from(self._memory, place) for place in near]
        own = next((place for place, row in zip(near, held, strict=True) if row[0] == mark), None)
        if own is not None:
            return own
        ended = next((place for place, row in zip(near, held, strict=True) if row[1] <= now), None)
        return ended if ended is not None else min(zip(near, held, strict=True), key=lambda each: each[1][1])[0]


def _mark(key: str) -> bytes:
    return hashlib.blake2b(key.encode(), digest_size=16).digest()
