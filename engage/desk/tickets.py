"""What stands between two requests of somebody with a receipt: a sealed ticket in the form, good for fifteen minutes,
that names the receipt and nothing else. No cookie.

Somebody who writes slowly loses no word by it: for a day a ticket that is too old still leads to a new one, on a page
that shows what they typed and nothing of what is kept.
"""

import json
import uuid

from flask import abort

from engage.core import clock, scope
from engage.core.crypto import SealError, keyring

_PURPOSE, _MINUTES, _DAY = "codes-ticket", 15, 24 * 60


def make(receipt_id: uuid.UUID) -> str:
    """A ticket for a receipt whose words were just given."""
    words = json.dumps([str(receipt_id), clock.now().timestamp()])
    return keyring().seal(words, row=scope.current(), purpose=_PURPOSE).hex()


def open_ticket(ticket: str) -> uuid.UUID:
    """The receipt a ticket names; answers 400 to one that is forged, another partnership's or too old."""
    receipt_id, is_old = read(ticket)
    if is_old:
        abort(400)
    return receipt_id


def read(ticket: str) -> tuple[uuid.UUID, bool]:
    """The receipt a ticket names, and whether it is too old to act on; answers 400 to one that is forged, another
    partnership's or older than a day.
    """
    try:
        receipt_id, made_at = json.loads(keyring().unseal(bytes.fromhex(ticket), row=scope.current(), purpose=_PURPOSE))
    except (SealError, ValueError):
        abort(400)
    minutes = (clock.now().timestamp() - made_at) / 60
    if minutes > _DAY:
        abort(400)
    return uuid.UUID(receipt_id), minutes > _MINUTES
