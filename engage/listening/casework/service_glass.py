"""The verbs of seeing who a confidential case is from (C5): two people, a written reason, the leads told, for a day.

A case without a name has no contact details to open: every verb finds nothing there.
"""

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from engage.core import audit, clock, outbox
from engage.core.crypto import keyring
from engage.core.database import begin_write
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.ids import new_id
from engage.listening.casework import queries, queries_glass
from engage.listening.casework.kinds import GlassState, Reply
from engage.listening.casework.models import GlassNotice, GlassRequest
from engage.listening.casework.queries import CaseRow
from engage.listening.casework.queries_glass import GlassRow
from engage.listening.casework.sender import CONTACT, ORIGIN
from engage.people import queries as people
from engage.people.queries import Person
from engage.safeguarding import alerts, receipts

ASKED, BROKEN = "glass-asked", "glass-broken"
"""The notices that a request waits for a second person, and that one was agreed to."""
# Somebody may be looking for a child, or has found out who one is.
alerts.watch((ASKED, BROKEN), queries_glass.notices_on)
_REASON, _BECAUSE = "glass-reason", "glass-because"


@dataclass(frozen=True)
class Contact:
    """Who a case is from and how they can be reached."""

    name: str
    reach: str


def ask(case_id: uuid.UUID, reason: str, by: uuid.UUID) -> uuid.UUID:
    """Ask to see who a case is from; the request's id. Everybody who can decide on it is told that something waits, and
    where nobody can, those who can give somebody the role and are not kept from it.

    NotFound for a case without a name and for one that is kept from this person; Conflict while a request of theirs
    waits or stands open; Refused without a reason ("glass-words").
    """
    begin_write()
    case, _who = _allowed(case_id, by)
    if not reason.strip():
        raise Refused("glass-words")
    if any(row.asked_by == by and (row.is_waiting or row.open_until) for row in queries_glass.list_requests(case_id)):
        raise Conflict("glass-asked")
    _lapse([row.id for row in queries_glass.list_requests(case_id) if row.asked_by == by])
    request_id = new_id()
    sealed = keyring().seal(reason.strip(), row=request_id, purpose=_REASON)
    session = begin_write()
    session.add(
        GlassRequest(
            id=request_id,
            case_id=case_id,
            asked_by=by,
            asked_at=clock.now(),
            reason_sealed=sealed,
            state=GlassState.ASKED,
        )
    )
    try:
        session.flush()
    except sa.exc.IntegrityError:  # they asked in another window since we looked
        raise Conflict("glass-asked") from None
    audit.record("contact-details-asked-for", "case", case_id)
    _tell(ASKED, request_id, queries_glass.deciders(case, by) or queries_glass.finders(case_id))
    return request_id


def decide(case_id: uuid.UUID, request_id: uuid.UUID, reply: Reply, words: str, by: uuid.UUID) -> None:
    """Agree to somebody else's request or refuse it. `words`: what the person is told, to be read with their own code;
    or why they are not told, as it could put them in danger; or why it is refused (may be left out).

    NotFound for whoever may not decide, or where whoever asked may no longer see it; Refused for one's own
    ("glass-second-person"), without words ("glass-words"), or to tell somebody without a code ("no-way-to-reply");
    Conflict for what is decided or lapsed.
    """
    session = begin_write()
    row = session.get(GlassRequest, request_id, with_for_update=True)
    if row is None or row.case_id != case_id:
        raise NotFound
    case = _decidable(case_id, row.asked_by, by)
    found = queries_glass.get_request(request_id, case_id)
    if found is None or not found.is_waiting:
        raise Conflict("glass-decided")
    if reply is not Reply.REFUSE and not words.strip():
        raise Refused("glass-words")
    if reply is Reply.TELL:
        _say(case_id, words, by)
    row.state = GlassState.REFUSED if reply is Reply.REFUSE else GlassState.AGREED
    row.decided_by, row.decided_at = by, clock.now()
    row.is_told = None if reply is Reply.REFUSE else reply is Reply.TELL
    is_kept = reply is not Reply.TELL and bool(words.strip())
    row.because_sealed = keyring().seal(words.strip(), row=request_id, purpose=_BECAUSE) if is_kept else None
    session.flush()
    if reply is Reply.REFUSE:
        audit.record("contact-details-refused", "case", case_id)
        return
    audit.record("contact-details-agreed-to", "case", case_id, told=reply is Reply.TELL)
    asked = people.get_person(row.asked_by)
    told = {who.id: who for who in [*queries_glass.leads(case), *([asked] if asked else [])]}
    _tell(BROKEN, request_id, told.values())


def open_contact(case_id: uuid.UUID, by: uuid.UUID) -> Contact:
    """Name and contact details, for whoever asked, for a day after it was agreed to; each opening is written down."""
    begin_write()
    case, _who = _allowed(case_id, by)
    agreed = queries_glass.open_for(case_id, by)
    if case.contact_sealed is None or agreed is None:
        raise NotFound
    audit.record(queries_glass.OPENED, "case", case_id, told=bool(agreed.is_told))
    found = json.loads(keyring().unseal(case.contact_sealed, row=case_id, purpose=CONTACT))
    return Contact(found.get("name", ""), found.get("reach", ""))


def lapse() -> int:
    """Let every request lapse that nobody decided on in time; how many."""
    begin_write()
    return _lapse(queries_glass.unanswered())


def reason_of(row: GlassRow) -> str:
    """Why somebody asks."""
    return keyring().unseal(row.reason_sealed, row=row.id, purpose=_REASON)


def because_of(row: GlassRow) -> str:
    """Why the person is not told, or why it was refused; "" where nothing was said."""
    sealed = row.because_sealed
    return keyring().unseal(sealed, row=row.id, purpose=_BECAUSE) if sealed is not None else ""


def _allowed(case_id: uuid.UUID, by: uuid.UUID) -> tuple[CaseRow, Person]:
    case, who = queries.get_case(case_id), people.get_person(by)
    if case is None or who is None or not who.is_active or not queries_glass.may_ask(case, who):
        raise NotFound
    return case, who


def _decidable(case_id: uuid.UUID, asked_by: uuid.UUID, by: uuid.UUID) -> CaseRow:
    """The case, where this person can be the second one and whoever asked may still ask."""
    case, who = queries.get_case(case_id), people.get_person(by)
    if case is None or who is None or not queries_glass.may_decide(case, who):
        raise NotFound
    if by == asked_by:
        raise Refused("glass-second-person")
    _allowed(case_id, asked_by)
    return case


def _say(case_id: uuid.UUID, words: str, by: uuid.UUID) -> None:
    receipt_id = receipts.receipt_of(ORIGIN, case_id)
    if receipt_id is None:
        raise Refused("no-way-to-reply")
    receipts.say(receipt_id, words, author_id=by)


def _lapse(requests: Collection[uuid.UUID]) -> int:
    late = (GlassRequest.id.in_(requests), GlassRequest.state == GlassState.ASKED)
    mine = sa.update(GlassRequest).where(*late, GlassRequest.asked_at <= clock.now() - queries_glass.ANSWER_WITHIN)
    gone = begin_write().scalars(mine.values(state=GlassState.LAPSED).returning(GlassRequest.case_id)).all()
    for case_id in sorted(gone):
        audit.record("contact-details-lapsed", "case", case_id)
    return len(gone)


def _tell(kind: str, request_id: uuid.UUID, persons: Collection[Person]) -> None:
    session = begin_write()
    for who in persons:
        notice = GlassNotice(id=new_id(), request_id=request_id, account_id=who.id)
        session.add(notice)
        session.flush()
        outbox.enqueue(kind, notice.id, is_late=True)
