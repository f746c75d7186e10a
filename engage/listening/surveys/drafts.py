"""Answers on their way: one row a person and flow, encrypted under a key that only their secret gives.

The server can't read a draft without its owner's cookie, and can't tell whose it is.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, cast

import sqlalchemy as sa

from engage.core import clock, crypto, scope
from engage.core.database import begin_rows, begin_write
from engage.listening.surveys.models import Draft
from engage.rules.questionnaire.answers import CHANNELS, Answer

USUAL_CHANNEL = CHANNELS[0]
KEPT_WEEKS = 4
# Padded to whole blocks, so that the length of a sealed draft doesn't tell how much somebody wrote.
_BLOCK = 512

_MINE = (Draft.id == sa.bindparam("draft"), Draft.partnership_id == scope.HERE)
_FIND = sa.select(Draft.sealed, Draft.version_id, Draft.week, Draft.way_lookup).where(*_MINE)
_BY_WAY = sa.select(Draft.id, Draft.way_sealed).where(
    Draft.way_lookup == sa.bindparam("wanted"), Draft.partnership_id == scope.HERE
)
_OPEN_WAY = sa.update(Draft).where(*_MINE).values(way_lookup=sa.bindparam("wanted"), way_sealed=sa.bindparam("wrapped"))
_DELETE = sa.delete(Draft).where(*_MINE)
_DELETE_UNCHANGED = sa.delete(Draft).where(*_MINE, Draft.sealed == sa.bindparam("old"))
_ADD = sa.insert(Draft)
_NEW: dict[str, Any] = {
    "version_id": sa.bindparam("version"),
    "sealed": sa.bindparam("new"),
    "week": sa.bindparam("now"),
}
_CHANGE = sa.update(Draft).where(*_MINE).values(_NEW)
_CHANGE_UNCHANGED = sa.update(Draft).where(*_MINE, Draft.sealed == sa.bindparam("old")).values(_NEW)


@dataclass(frozen=True)
class Held:
    """What a draft holds: answers by question id, the version they were given to, the channel they came by.

    `is_admitted`: whether an answer was let in, past the gate of a survey that gives out codes. `week`: when it was
    last changed. `can_return`: whether there are words that open it. `how`: what was said of how it was
    answered (None: not asked yet); `used`: modes used so far. `sealed`: the row as it was read, b"" where there
    was none.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    version_id: uuid.UUID | None = None
    channel: str = USUAL_CHANNEL
    is_kept: bool = False
    is_admitted: bool = False
    how: Mapping[str, str] | None = None
    used: frozenset[str] = frozenset()
    week: str = ""
    can_return: bool = False
    sealed: bytes = field(default=b"", repr=False)


def read(flow_key: str, secret: bytes) -> Held:
    """The draft of whoever holds `secret`; an empty one where there is none or it can't be opened."""
    row_id = id_of(flow_key, secret)
    row = scope.quick(_FIND, {"draft": row_id}).first()
    if row is None:
        return Held()
    try:
        data = json.loads(crypto.unseal_with(key_of(flow_key, secret), row.sealed, aad=row_id))
    except crypto.SealError:
        return Held()  # a damaged row: somebody begins again rather than meet an error on every page
    return Held(
        cast("dict[str, Answer]", data["answers"]),
        row.version_id,
        data["channel"],
        is_kept=True,
        is_admitted=data.get("is_admitted", True),
        how=data.get("how"),
        used=frozenset(data.get("used", ())),
        week=row.week,
        can_return=row.way_lookup is not None,
        sealed=row.sealed,
    )


def write(flow_key: str, secret: bytes, held: Held) -> Held:
    """Keep `held` as it is, in this request's write transaction."""
    begin_rows()
    row = _row(flow_key, secret, held)
    if not scope.quick(_CHANGE, row).rowcount:
        added = {"id": row["draft"], "version_id": row["version"], "sealed": row["new"], "week": row["now"]}
        scope.quick(_ADD, added)
    return replace(held, is_kept=True, week=row["now"], sealed=row["new"])


def write_over(flow_key: str, secret: bytes, before: Held, held: Held) -> Held | None:
    """As `write`, where the draft still is what was read as `before`; None where it is not, and nothing was written.

    Where this request has not begun to write, it is kept when this ends, not when the request does.
    """
    if not before.sealed:
        return None
    row = _row(flow_key, secret, held)
    values = {**row, "old": before.sealed}
    found = scope.at_once(_CHANGE_UNCHANGED, values)
    if found is None:
        begin_rows()
        found = scope.quick(_CHANGE_UNCHANGED, values)
    if not found.rowcount:
        return None
    return replace(held, is_kept=True, week=row["now"], sealed=row["new"])


def open_way(flow_key: str, secret: bytes, lookup: bytes, seal: Callable[[bytes], bytes]) -> None:
    """Let the draft be found by `lookup`, in this request's write transaction; `seal` seals bound to the row's id."""
    begin_rows()
    draft = id_of(flow_key, secret)
    scope.quick(_OPEN_WAY, {"draft": draft, "wanted": lookup, "wrapped": seal(draft)})


def by_way(lookup: bytes) -> tuple[bytes, bytes] | None:
    """The id of the draft that a way leads to and what is sealed there; None where none does."""
    row = scope.quick(_BY_WAY, {"wanted": lookup}).first()
    return (row.id, row.way_sealed) if row is not None else None


def kept_until(week: str) -> date:
    """The last day on which a draft that was last changed in `week` is certainly there."""
    return clock.week_start(week) + timedelta(weeks=KEPT_WEEKS, days=6)


def delete(flow_key: str, secret: bytes) -> None:
    """Remove the draft, in this request's write transaction."""
    begin_rows()
    scope.quick(_DELETE, {"draft": id_of(flow_key, secret)})


def delete_unchanged(flow_key: str, secret: bytes, held: Held) -> bool:
    """As `delete`, where the draft still is what was read as `held`; False where it is not, and it stays."""
    begin_rows()
    return bool(scope.quick(_DELETE_UNCHANGED, {"draft": id_of(flow_key, secret), "old": held.sealed}).rowcount)


def delete_old() -> None:
    """Remove drafts that were last changed more than `KEPT_WEEKS` weeks ago, in the present write transaction."""
    last = clock.iso_week(clock.in_days(-7 * KEPT_WEEKS))
    begin_write().execute(sa.delete(Draft).where(Draft.week < last))


def id_of(flow_key: str, secret: bytes) -> bytes:
    """The id of this person's draft row."""
    return crypto.derive(secret, f"draft-id:{flow_key}")


def key_of(flow_key: str, secret: bytes) -> bytes:
    """The key that this person's draft, and the files beside it, are sealed under."""
    return crypto.derive(secret, f"draft-key:{flow_key}")


def _row(flow_key: str, secret: bytes, held: Held) -> dict[str, Any]:
    row_id = id_of(flow_key, secret)
    sealed = crypto.seal_with(key_of(flow_key, secret), _pack(held), aad=row_id)
    return {"draft": row_id, "version": held.version_id, "new": sealed, "now": clock.iso_week()}


def _pack(held: Held) -> bytes:
    kept: dict[str, Any] = {"answers": dict(held.answers), "channel": held.channel, "is_admitted": held.is_admitted}
    kept |= {"how": dict(held.how)} if held.how is not None else {}
    kept |= {"used": sorted(held.used)} if held.used else {}
    data = json.dumps(kept, ensure_ascii=False).encode()
    return data.ljust(-(-len(data) // _BLOCK) * _BLOCK)
