"""Triage: the safeguarding lead opens a flag and decides; both are written down.

Stands above `service` and `receipts`: a decision may answer somebody through their receipt.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from engage.core import audit, outbox
from engage.core.crypto import SealError, keyring
from engage.core.database import begin_write
from engage.core.errors import Conflict, NotFound, Refused
from engage.safeguarding import queries, queries_apart, queries_rooms, receipts, service_apart, service_duty
from engage.safeguarding.kinds import APART, Decision
from engage.safeguarding.models import Flag
from engage.safeguarding.queries import Matter
from engage.safeguarding.receipts import Line
from engage.voices import queries as heard
from engage.voices import service as voices
from engage.voices.queries import VoiceRow

_NOTE = "flag-note"


@dataclass(frozen=True)
class Opened:
    """A flag as the safeguarding lead sees it: everything its person said; None for words whose seal does not open.

    `receipt_id` is the way back to the person where one was given, `lines` what was written through it so far.
    `is_lost`: the note or a line cannot be opened (changed, or sealed under another key file). `is_new_only`: what was
    decided on before, and what was written through the receipt, stays with whoever reads in the room it went to.
    """

    matter: Matter
    said: tuple[tuple[VoiceRow, str | None], ...]
    note: str | None
    receipt_id: uuid.UUID | None
    lines: tuple[Line, ...]
    is_lost: bool
    is_new_only: bool = False


def open_flag(flag_id: uuid.UUID, by: uuid.UUID) -> Opened:
    """Open a flag and what was said; the opening is written down, and who was first stays on the flag."""
    begin_write()
    matter = queries.matter_of(flag_id)
    if matter is None or not service_apart.may_open(matter.worst, by):
        raise NotFound
    mine = sa.update(Flag).where(Flag.id.in_(matter.ids), Flag.opened_by.is_(None), Flag.decision.is_(None))
    begin_write().execute(mine.values(opened_by=by))
    audit.record("flag-opened", "flag", flag_id)
    origin = (matter.worst.origin_kind, matter.worst.origin_id)
    is_new_only = service_apart.is_new_only(matter.worst, by)
    rows = _shown(origin, is_new_only=is_new_only)
    texts = voices.open_texts([row.id for row in rows])
    said = tuple((row, texts[row.id]) for row in rows)
    receipt_id = receipts.receipt_of(*origin)
    try:
        lines = tuple(receipts.conversation(receipt_id)) if receipt_id and not is_new_only else ()
        return Opened(matter, said, _note_of(flag_id), receipt_id, lines, is_lost=False, is_new_only=is_new_only)
    except SealError:
        return Opened(matter, said, None, receipt_id, (), is_lost=True, is_new_only=is_new_only)


def decide(
    flag_id: uuid.UUID,
    decision: Decision,
    note: str,
    *,
    by: uuid.UUID,
    seen: Iterable[uuid.UUID],
    message: str = "",
) -> None:
    """Close the matter of a flag: `note` says why, sealed. Its time goes, its week stays (N3); its words count as read,
    unless they are kept apart.

    `seen` are the flags and the words that were shown with the form: where others stand by now (words that nobody
    read, too), or somebody decided first, it is a `Conflict` and nothing changes. A `message` goes to the person
    through their receipt; without one it is `Refused`.
    """
    shown = frozenset(seen)
    notes = {each: keyring().seal(note, row=each, purpose=_NOTE) for each in shown}
    session = begin_write()
    matter = queries.matter_of(flag_id, lock=True)
    if matter is None or not service_apart.may_open(matter.worst, by):
        raise NotFound
    origin = (matter.worst.origin_kind, matter.worst.origin_id)
    rows = _shown(origin, is_new_only=service_apart.is_new_only(matter.worst, by))
    unread = {row.id for row in rows if not row.is_read}
    if not matter.ids | unread <= shown or matter.worst.decision is not None:
        raise Conflict
    for each in matter.ids:
        closed = {"decision": decision, "decided_by": by, "note_sealed": notes[each], "raised_at": None}
        session.execute(sa.update(Flag).where(Flag.id == each).values(closed))
        audit.record("flag-decided", "flag", each, decision=decision.value)
    service_duty.close(matter.ids)
    if decision in APART:
        outbox.enqueue(service_apart.ROOM, flag_id, is_late=True)
    _keep(origin[1], [row.id for row in rows], unread, by)
    if message.strip() or decision is Decision.REPLY:
        _reply(origin, message, by)


def _shown(origin: tuple[str, uuid.UUID], *, is_new_only: bool) -> list[VoiceRow]:
    return [row for row in heard.list_of_origin(*origin) if not (is_new_only and row.is_handed_on)]


def _keep(origin_id: uuid.UUID, shown: list[uuid.UUID], unread: set[uuid.UUID], by: uuid.UUID) -> None:
    """What becomes of the words that were decided on."""
    if queries_rooms.rooms([origin_id]):
        voices.hand_on(shown)
    if origin_id in queries_apart.kept_apart():
        voices.withhold(shown)
    else:
        voices.mark_read(unread, by)


def _reply(origin: tuple[str, uuid.UUID], message: str, by: uuid.UUID) -> None:
    receipt_id = receipts.receipt_of(*origin)
    if receipt_id is None:
        raise Refused("no-way-to-reply")
    receipts.say(receipt_id, message, author_id=by)


def _note_of(flag_id: uuid.UUID) -> str | None:
    sealed = queries.sealed_note(flag_id)
    return None if sealed is None else keyring().unseal(sealed, row=flag_id, purpose=_NOTE)
