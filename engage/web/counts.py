"""Where the counts of `limits` lie: in this process's memory, and nothing runs beside them.

The library's own keeping in memory starts a thread at nearly every count, to forget what has ended. Here that is
forgotten on the way, whenever the counts have doubled.
"""

import time

from limits.storage import Storage

_ROOM = 1024


class Counts(Storage):
    """Counts by key, each with the second at which it ends. One caller at a time: the limiter holds a lock."""

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        """Nothing is counted yet."""
        super().__init__()
        self.reset()

    @property
    def base_exceptions(self) -> type[Exception]:
        """Nothing is asked over a network that could fail."""
        return OSError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` more under `key`, which ends `expiry` seconds after its first; how many that makes."""
        number, ends = self._live(key)
        if not number:
            ends = time.time() + expiry
        self._held[key] = number + amount, ends
        if len(self._held) >= self._room:
            self._forget()
        return number + amount

    def get(self, key: str) -> int:
        """How many there are."""
        return self._live(key)[0]

    def get_expiry(self, key: str) -> float:
        """When it ends, in seconds since 1970; now where there is nothing."""
        number, ends = self._live(key)
        return ends if number else time.time()

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int:
        """Forget everything; 0."""
        self._held: dict[str, tuple[int, float]] = {}
        self._room = _ROOM
        return 0

    def clear(self, key: str) -> None:
        """Forget one."""
        self._held.pop(key, None)

    def __len__(self) -> int:
        """How many keys are held, ended ones with them."""
        return len(self._held)

    def _live(self, key: str) -> tuple[int, float]:
        found = self._held.get(key, (0, 0.0))
        return found if found[1] > time.time() else (0, 0.0)

    def _forget(self) -> None:
        now = time.time()
        self._held = {key: kept for key, kept in self._held.items() if kept[1] > now}
        self._room = max(_ROOM, 2 * len(self._held))
