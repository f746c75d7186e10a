"""What stands between two requests of somebody with a receipt: a sealed ticket in the form, good for fifteen minutes,
that names the receipt and nothing else. No cookie.
"""

import json
import uuid

from flask import abort

from engage.core import clock, scope
from engage.core.crypto import SealError, keyring

_PURPOSE, _MINUTES = "codes-ticket", 15


def make(receipt_id: uuid.UUID) -> str:
    """A ticket for a receipt whose words were just given."""
    words = json.dumps([str(receipt_id), clock.now().timestamp()])
    return keyring().seal(words, row=scope.current(), purpose=_PURPOSE).hex()


def open_ticket(ticket: str) -> uuid.UUID:
    """The receipt a ticket names; answers 400 to one that is forged, another partnership's or too old."""
    try:
        receipt_id, made_at = json.loads(keyring().unseal(bytes.fromhex(ticket), row=scope.current(), purpose=_PURPOSE))
    except (SealError, ValueError):
        abort(400)
    if clock.now().timestamp() - made_at > _MINUTES * 60:
        abort(400)
    return uuid.UUID(receipt_id)
