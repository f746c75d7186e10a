"""The verbs of ballots: make a batch of codes, exchange a code, say that a ballot is in use, stop a batch.

A ballot is something only its holder can show: a value derived from the secret in their browser, for this survey and
this purpose alone. The server keeps it beside the code it was given for; the response is known by another value derived
from the same secret, and nobody without the secret can tell which two belong together.
"""

import hashlib
import hmac
import uuid
from collections.abc import Callable, Sequence
from datetime import date

import sqlalchemy as sa

from engage.core import audit, clock, crypto
from engage.core.crypto import keyring
from engage.core.database import begin_write, db
from engage.core.errors import NotFound, Refused
from engage.core.ids import new_id
from engage.core.transaction import transaction
from engage.listening.ballots import queries
from engage.listening.ballots.box import Box, Mark
from engage.listening.ballots.models import CodeBatch
from engage.listening.ballots.queries import BatchRow
from engage.rules import codes

MOST = 500
"""Codes in one batch: its box is read whole at every exchange."""
LONGEST_NAME = 120
_CODES = "codes"


def make_batch(survey_id: uuid.UUID, *, count: int, for_whom: str, expires_on: date) -> BatchRow:
    """Draw `count` new codes in the present write transaction; Refused for numbers, names and days that can't be."""
    name = " ".join(for_whom.split())
    if not 1 <= count <= MOST:
        raise Refused("codes-count", most=MOST)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused("codes-for-whom", most=LONGEST_NAME)
    if expires_on < clock.today():
        raise Refused("codes-expired")
    batch_id, drawn = new_id(), codes.draw_many(count)
    batch = CodeBatch(
        id=batch_id,
        survey_id=survey_id,
        for_whom=name,
        count=count,
        made_on=clock.today(),
        expires_on=expires_on,
        codes_sealed=keyring().seal("\n".join(drawn), row=batch_id, purpose=_CODES),
        box=Box.of(batch_id, [_hash(survey_id, code) for code in drawn]).seal(),
    )
    session = begin_write()
    session.add(batch)
    session.flush()
    audit.record("codes-made", "survey", survey_id, count=count, expires_on=expires_on.isoformat())
    return _found(batch_id)


def printable(batch_id: uuid.UUID) -> Sequence[str]:
    """The codes of a batch, for its cards; Refused once its codes are no longer good. In the order they were drawn."""
    batch = db.session.scalars(sa.select(CodeBatch).where(CodeBatch.id == batch_id)).first()
    if batch is None:
        raise NotFound
    if batch.codes_sealed is None or batch.expires_on < clock.today():
        raise Refused("codes-expired")
    return keyring().unseal(batch.codes_sealed, row=batch_id, purpose=_CODES).split("\n")


def stop_batch(batch_id: uuid.UUID) -> None:
    """Let none of a batch's codes be exchanged from now on; whoever has begun with one may finish."""
    session = begin_write()
    batch = session.scalars(sa.select(CodeBatch).where(CodeBatch.id == batch_id).with_for_update()).first()
    if batch is None:
        raise NotFound
    if batch.expires_on < clock.today():
        raise Refused("codes-expired")
    batch.expires_on, batch.codes_sealed = clock.in_days(-1), None
    session.flush()
    audit.record("codes-stopped", "survey", batch.survey_id, count=batch.count)


def forget_printed() -> None:
    """Remove the words of codes that are past their day (their hashes stay, so that they stay used)."""
    past = sa.update(CodeBatch).where(CodeBatch.expires_on < clock.today(), CodeBatch.codes_sealed.is_not(None))
    begin_write().execute(past.values(codes_sealed=None))


def exchange(survey_id: uuid.UUID, typed: str, secret: bytes) -> bool:
    """Give the holder of `secret` the ballot of the code they typed, in a transaction of its own.

    False for what never was a code, for a used one and for one past its day: each after the same work. A code that was
    taken but not used (no answer saved yet) is given again: a lost connection or a double click costs nobody their
    turn, and whoever took it before holds it no more.
    """
    code, ballot = _hash(survey_id, codes.normalise(typed) or ""), _ballot(survey_id, secret)
    found = None
    for batch_id, sealed in queries.boxes(survey_id, good_on=clock.today()):
        if _is_free(Box.unseal(batch_id, sealed), code):
            found = batch_id  # no early end: a code that opens nothing takes as long
    if found is None:
        return False
    with transaction():
        return _change(found, lambda box: _is_free(box, code), lambda box: box.take(code, ballot))


def use(survey_id: uuid.UUID, secret: bytes) -> bool:
    """Mark the code of this ballot as used, in a transaction of its own; False where `secret` holds no ballot."""
    ballot = _ballot(survey_id, secret)
    found = _holding(survey_id, ballot)
    if found is None or found[1] is Mark.USED:
        return found is not None
    with transaction():
        return _change(found[0], lambda box: box.mark_held(ballot) is not None, lambda box: box.use(ballot))


def holds(survey_id: uuid.UUID, secret: bytes) -> bool:
    """Whether the holder of `secret` holds a ballot of this survey."""
    return _holding(survey_id, _ballot(survey_id, secret)) is not None


def is_theirs(survey_id: uuid.UUID, typed: str, secret: bytes) -> bool:
    """Whether the typed code is the one that the holder of `secret` was given their ballot for."""
    code, ballot = _hash(survey_id, codes.normalise(typed) or ""), _ballot(survey_id, secret)
    return any(Box.unseal(batch_id, sealed).belongs(code, ballot) for batch_id, sealed in queries.boxes(survey_id))


def _is_free(box: Box, code: bytes) -> bool:
    return box.mark_of(code) in {Mark.FREE, Mark.TAKEN}


def _holding(survey_id: uuid.UUID, ballot: bytes) -> tuple[uuid.UUID, Mark] | None:
    for batch_id, sealed in queries.boxes(survey_id):
        mark = Box.unseal(batch_id, sealed).mark_held(ballot)
        if mark is not None:
            return batch_id, mark
    return None


def _change(batch_id: uuid.UUID, may: Callable[[Box], bool], change: Callable[[Box], None]) -> bool:
    """Change a box if that is still right now that nobody else can; whether it was."""
    batch = db.session.scalars(sa.select(CodeBatch).where(CodeBatch.id == batch_id).with_for_update()).one()
    box = Box.unseal(batch_id, batch.box)
    if not may(box):
        return False
    change(box)
    batch.box = box.seal()
    db.session.flush()
    return True


def _hash(survey_id: uuid.UUID, code: str) -> bytes:
    """What a code is known by. What can't be a code is the hash of nothing, which is no code's."""
    key = keyring().derive("access-code")
    return hmac.new(key, survey_id.bytes + code.encode(), hashlib.sha256).digest()


def _ballot(survey_id: uuid.UUID, secret: bytes) -> bytes:
    return crypto.derive(secret, f"ballot:{survey_id}")


def _found(batch_id: uuid.UUID) -> BatchRow:
    found = queries.get_batch(batch_id)
    if found is None:
        raise NotFound
    return found
