"""What stands between two requests of somebody with a receipt: a sealed ticket in the form, good for fifteen minutes,
that names the receipt and nothing else. No cookie.

Somebody who writes slowly loses no word by it: for a day a ticket that is too old still leads to a new one, on a page
that shows what they typed and nothing of what is kept. The new one only lets them send: whoever comes to that screen
after them reads nothing with it and takes nothing back.
"""

import json
import uuid
from typing import NamedTuple

from flask import abort

from engage.core import clock, scope
from engage.core.crypto import SealError, keyring

_PURPOSE, _MINUTES, _DAY = "codes-ticket", 15, 24 * 60


class Ticket(NamedTuple):
    """The receipt a ticket names, whether it is too old to act on, and whether it lets somebody send and no more."""

    receipt_id: uuid.UUID
    is_old: bool
    only_sends: bool


def make(receipt_id: uuid.UUID, *, only_sends: bool = False) -> str:
    """A ticket for a receipt whose words were just given, or whose old ticket was just shown."""
    words = json.dumps([str(receipt_id), clock.now().timestamp(), only_sends])
    return keyring().seal(words, row=scope.current(), purpose=_PURPOSE).hex()


def open_ticket(ticket: str) -> uuid.UUID:
    """The receipt a ticket names; answers 400 to one that is forged, another partnership's, too old or only sends."""
    found = read(ticket)
    if found.is_old or found.only_sends:
        abort(400)
    return found.receipt_id


def read(ticket: str) -> Ticket:
    """What a ticket says; answers 400 to one that is forged, another partnership's or older than a day."""
    try:
        opened = keyring().unseal(bytes.fromhex(ticket), row=scope.current(), purpose=_PURPOSE)
        receipt_id, made_at, only_sends = json.loads(opened)
    except (SealError, ValueError):
        abort(400)
    minutes = (clock.now().timestamp() - made_at) / 60
    if minutes > _DAY:
        abort(400)
    return Ticket(uuid.UUID(receipt_id), minutes > _MINUTES, only_sends)
