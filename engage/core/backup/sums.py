"""What a table holds as one hash: SHA-256 over its rows in the order of their keys, so that a copy can be compared."""

import hashlib
from collections.abc import Iterable

# Rows that open a door for a while (signed-in browsers, links to set a password) are in no backup: an old one would
# open doors again that somebody has shut since.
DOORS = frozenset({"staff_session", "password_link"})


class Sum:
    """The hash of one table, row by row."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add_row(self, row: Iterable[object]) -> None:
        """One row as the driver gives it: each value with its type and its length, so that no two rows look alike."""
        for value in row:
            plain = value if isinstance(value, bytes) else repr(value).encode()
            self._hash.update(f"{type(value).__name__}:{len(plain)}:".encode())
            self._hash.update(plain)
        self._hash.update(b"\n")

    def add(self, data: bytes) -> None:
        """A part of a table's rows as the database wrote them out itself."""
        self._hash.update(data)

    def hex(self) -> str:
        """The hash so far."""
        return self._hash.hexdigest()
