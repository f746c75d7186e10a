"""Answers on their way: one row a person and flow, encrypted under a key that only their secret gives.

The server can't read a draft without its owner's cookie, and can't tell whose it is.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

import sqlalchemy as sa

from engage.core import clock, crypto
from engage.core.database import begin_write, db
from engage.listening.surveys.models import Draft
from engage.rules.questionnaire.answers import CHANNELS, Answer

USUAL_CHANNEL = CHANNELS[0]
KEPT_WEEKS = 4
# Padded to whole blocks, so that the length of a sealed draft doesn't tell how much somebody wrote.
_BLOCK = 512


@dataclass(frozen=True)
class Held:
    """What a draft holds: answers by question id, the version they were given to, the channel they came by."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    version_id: uuid.UUID | None = None
    channel: str = USUAL_CHANNEL
    is_kept: bool = False


def read(flow_key: str, secret: bytes) -> Held:
    """The draft of whoever holds `secret`; an empty one where there is none or it can't be opened."""
    row = db.session.get(Draft, _row_id(flow_key, secret))
    return _open(row, flow_key, secret) if row is not None else Held()


def write(flow_key: str, secret: bytes, held: Held) -> Held:
    """Keep `held` as it is, in this request's write transaction."""
    session = begin_write()
    row_id = _row_id(flow_key, secret)
    row = session.get(Draft, row_id) or Draft(id=row_id)
    row.version_id = held.version_id
    row.sealed = crypto.seal_with(_key(flow_key, secret), _pack(held), aad=row_id)
    row.week = clock.iso_week()
    session.add(row)
    return replace(held, is_kept=True)


def change(flow_key: str, secret: bytes, known: Held, question_id: str, answer: Answer) -> Held:
    """Keep one answer beside those that are there now: another tab may have added some since `known` was read."""
    session = begin_write()
    row = session.get(Draft, _row_id(flow_key, secret))
    now = _open(row, flow_key, secret) if row is not None else known
    now = now if now.is_kept else known
    return write(flow_key, secret, replace(now, answers={**now.answers, question_id: answer}))


def delete(flow_key: str, secret: bytes) -> None:
    """Remove the draft, in this request's write transaction."""
    begin_write().execute(sa.delete(Draft).where(Draft.id == _row_id(flow_key, secret)))


def delete_old() -> None:
    """Remove drafts that were last changed more than `KEPT_WEEKS` weeks ago, in the present write transaction."""
    last = clock.iso_week(clock.in_days(-7 * KEPT_WEEKS))
    begin_write().execute(sa.delete(Draft).where(Draft.week < last))


def _row_id(flow_key: str, secret: bytes) -> bytes:
    return crypto.derive(secret, f"draft-id:{flow_key}")


def _key(flow_key: str, secret: bytes) -> bytes:
    return crypto.derive(secret, f"draft-key:{flow_key}")


def _pack(held: Held) -> bytes:
    data = json.dumps({"answers": dict(held.answers), "channel": held.channel}, ensure_ascii=False).encode()
    return data.ljust(-(-len(data) // _BLOCK) * _BLOCK)


def _open(row: Draft, flow_key: str, secret: bytes) -> Held:
    try:
        data = json.loads(crypto.unseal_with(_key(flow_key, secret), row.sealed, aad=row.id))
    except crypto.SealError:
        return Held()  # a damaged row: the person begins again rather than meeting an error on every page
    return Held(cast("dict[str, Answer]", data["answers"]), row.version_id, data["channel"], is_kept=True)
