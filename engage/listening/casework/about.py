"""What is held on somebody who gave their name with a case: found by that name or the way to reach them, and erased.

Without a name there is nothing to find: only a receipt leads to what its person said.
"""

import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engage.core import audit, clock, holds
from engage.core.audit import AuditEvent
from engage.core.crypto import keyring
from engage.core.database import begin_write, db
from engage.core.errors import NotFound, Refused
from engage.listening.casework import keeping, queries, queries_glass
from engage.listening.casework.models import Case
from engage.listening.casework.queries import CaseRow
from engage.listening.casework.queries_glass import GlassRow
from engage.listening.casework.sender import CONTACT, ORIGIN
from engage.safeguarding import receipts, withdrawals
from engage.safeguarding.receipts import Line
from engage.voices import queries as voice_queries
from engage.voices import service as voices


@dataclass(frozen=True)
class Found:
    """A case whose person gave this name and this way to reach them."""

    id: uuid.UUID
    reference: str
    name: str
    reach: str


@dataclass(frozen=True)
class Opening:
    """Somebody who does not handle cases opened a person's name; `is_told`: the person was told that they would."""

    at: datetime
    account_id: uuid.UUID | None
    is_told: bool


@dataclass(frozen=True)
class OnCase:
    """All that is held on the person of one case; `said` pairs a question's key with what they wrote to it."""

    case: CaseRow
    name: str
    reach: str
    said: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    opened: tuple[Opening, ...]


def find(words: str, hidden: Collection[uuid.UUID]) -> list[Found]:
    """Cases with a name whose contact details hold `words`, whatever their case; not those in `hidden`."""
    wanted = words.strip().casefold()
    if not wanted:
        return []
    rows = db.session.scalars(sa.select(Case).where(Case.contact_sealed.is_not(None), Case.id.not_in(hidden)))
    found = [Found(row.id, row.reference, *_contact(row.id, row.contact_sealed)) for row in rows]
    mine = [each for each in found if wanted in each.name.casefold() or wanted in each.reach.casefold()]
    return sorted(mine, key=lambda each: (each.name, each.reference))


def held_on(case_id: uuid.UUID) -> OnCase:
    """All that is held on the person of a case with a name; NotFound for any other."""
    case = queries.get_case(case_id)
    if case is None or case.contact_sealed is None:
        raise NotFound
    rows = voice_queries.list_of_origin(ORIGIN, case_id)
    texts = voices.open_texts([row.id for row in rows])
    said = tuple((row.question_key, texts.get(row.id) or "") for row in rows if row.question_key != "message")
    receipt_id = receipts.receipt_of(ORIGIN, case_id)
    lines = tuple(receipts.conversation(receipt_id)) if receipt_id else ()
    return OnCase(case, *_contact(case_id, case.contact_sealed), said, lines, _openings(case_id))


def _openings(case_id: uuid.UUID) -> tuple[Opening, ...]:
    """Each as the trail has it: who asked may have gone since, and with them what they asked for."""
    agreed = queries_glass.list_requests(case_id)
    opened = [event for event in audit.trail(case_id) if event.action == queries_glass.OPENED]
    return tuple(
        Opening(event.happened_at, event.actor_id, bool(event.detail.get("told", _was_told(event, agreed))))
        for event in opened
    )


def _was_told(event: AuditEvent, agreed: Sequence[GlassRow]) -> bool:
    """For an opening whose event does not say: whether the newest request agreed to before it says so."""
    mine = (row for row in agreed if row.asked_by == event.actor_id and row.decided_at is not None)
    return next((bool(row.is_told) for row in mine if row.decided_at and row.decided_at <= event.happened_at), False)


def reasons_to_keep(case: CaseRow) -> list[str]:
    """Why a case cannot be erased now: "hold", "flag", "open", "kept-to-day"; [] where it can."""
    reasons = {
        "hold": holds.is_held(holds.HoldOn.CASE, case.id),
        "flag": withdrawals.is_open(ORIGIN, case.id),
        "open": case.is_open,
        "kept-to-day": case.keep_until is not None and case.keep_until > clock.today(),
    }
    return [reason for reason, stands in reasons.items() if stands]


def erase(case_id: uuid.UUID) -> None:
    """Erase a case with a name and all that belongs to it; only that it was done stays. Refused ("must-be-kept")."""
    begin_write()
    case = queries.get_case(case_id)
    if case is None or case.contact_sealed is None:
        raise NotFound
    if reasons_to_keep(case):
        raise Refused("must-be-kept")
    withdrawals.delete(ORIGIN, case_id)
    keeping.delete_case(case_id)
    audit.record("case-erased", "case", case_id)


def _contact(case_id: uuid.UUID, sealed: bytes | None) -> tuple[str, str]:
    opened = json.loads(keyring().unseal(sealed, row=case_id, purpose=CONTACT)) if sealed else {}
    return opened.get("name", ""), opened.get("reach", "")
