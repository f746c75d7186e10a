"""The states of a batch's codes as one value: for each code whether it is free, taken or used, and by which ballot.

A code is known by a keyed hash, a ballot by what is derived from its holder's secret. Entries lie in random order and
never move; every box of one size has the same length, however many of its codes are used.
"""

import base64
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from engage.core.crypto import keyring

_HASH: Final = 16
_ENTRY: Final = 2 * _HASH + 1
_PURPOSE: Final = "code-box"


class Mark(IntEnum):
    """What became of a code. TAKEN: somebody pressed Start with it and has not saved an answer yet."""

    FREE = 0
    TAKEN = 1
    USED = 2


@dataclass
class Box:
    """The states of one batch's codes."""

    batch_id: uuid.UUID
    data: bytearray

    @classmethod
    def of(cls, batch_id: uuid.UUID, codes: Iterable[bytes]) -> "Box":
        """A box in which every code (its keyed hash) is free."""
        shuffled = list(codes)
        secrets.SystemRandom().shuffle(shuffled)
        data = b"".join(code[:_HASH] + bytes([Mark.FREE]) + secrets.token_bytes(_HASH) for code in shuffled)
        return cls(batch_id, bytearray(data))

    @classmethod
    def unseal(cls, batch_id: uuid.UUID, sealed: bytes) -> "Box":
        """The box as it was stored."""
        text = keyring().unseal(sealed, row=batch_id, purpose=_PURPOSE)
        return cls(batch_id, bytearray(base64.b64decode(text)))

    def seal(self) -> bytes:
        """The box as it is stored: whoever compares two states of the row can't tell which entry has changed."""
        return keyring().seal(base64.b64encode(self.data).decode(), row=self.batch_id, purpose=_PURPOSE)

    def mark_of(self, code: bytes) -> Mark | None:
        """The state of a code; None where it is not one of this batch."""
        place = self._place(code, 0)
        return None if place is None else Mark(self.data[place + _HASH])

    def mark_held(self, ballot: bytes) -> Mark | None:
        """The state of the code that this ballot was given for; None where there is none."""
        place = self._place(ballot, _HASH + 1)
        mark = None if place is None else Mark(self.data[place + _HASH])
        return None if mark is Mark.FREE else mark  # what a free code holds is noise

    def belongs(self, code: bytes, ballot: bytes) -> bool:
        """Whether this ballot was given for this code."""
        place = self._place(code, 0)
        return place is not None and place == self._place(ballot, _HASH + 1) and self.mark_held(ballot) is not None

    def take(self, code: bytes, ballot: bytes) -> None:
        """Give the code's ballot to whoever holds `ballot`; whoever held it before holds it no more."""
        place = self._place(code, 0)
        if place is not None:
            self.data[place + _HASH] = Mark.TAKEN
            self.data[place + _HASH + 1 : place + _ENTRY] = ballot[:_HASH]

    def use(self, ballot: bytes) -> None:
        """From now on the code that this ballot was given for opens nothing else."""
        place = self._place(ballot, _HASH + 1)
        if place is not None:
            self.data[place + _HASH] = Mark.USED

    def _place(self, wanted: bytes, offset: int) -> int | None:
        """Where the entry begins that carries `wanted`; every entry is looked at, whichever it is."""
        found = None
        for place in range(0, len(self.data), _ENTRY):
            if self.data[place + offset : place + offset + _HASH] == wanted[:_HASH]:
                found = place
        return found
