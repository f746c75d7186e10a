"""The verbs of casework: open, acknowledge, answer, close with an outcome and what was learned."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engage.core import audit, clock
from engage.core.crypto import keyring
from engage.core.database import begin_write
from engage.core.errors import Conflict, NotFound, Refused
from engage.listening.casework import queries
from engage.listening.casework.kinds import CaseKind, Outcome
from engage.listening.casework.models import Case
from engage.listening.casework.queries import CaseRow
from engage.listening.casework.sender import CONTACT, ORIGIN
from engage.rules.deadlines import Clock, Event, clocks, regimes_for, shipped_regimes
from engage.safeguarding import queries_apart, receipts
from engage.safeguarding import service as safeguarding
from engage.safeguarding.kinds import FlagReason
from engage.safeguarding.receipts import Line
from engage.voices import queries as voice_queries
from engage.voices import service as voices

_LEARNING = "learning"
# How a case of each kind can end: a complaint is upheld or not, an idea is taken up or not.
OUTCOMES: dict[CaseKind, tuple[Outcome, ...]] = {
    CaseKind.COMPLAINT: (Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD, Outcome.PASSED_ON),
    CaseKind.COMPLIMENT: (Outcome.PASSED_ON,),
    CaseKind.WORRY: (Outcome.TAKEN_UP, Outcome.PASSED_ON, Outcome.NOT_TAKEN_UP),
    CaseKind.IDEA: (Outcome.TAKEN_UP, Outcome.PASSED_ON, Outcome.NOT_TAKEN_UP),
}


@dataclass(frozen=True)
class Opened:
    """The protected part of a case: the words under the question they answer, how to reach the person, the talk."""

    words: tuple[tuple[str, str], ...]
    name: str
    reach: str
    lines: tuple[Line, ...]


def open_case(case_id: uuid.UUID, by: uuid.UUID) -> Opened:
    """Open the words and the contact details of a case; that it was opened, and by whom, is written down.

    Opening is reading: the voices of the case count as read by this person.
    """
    case = _found(case_id)
    rows = voice_queries.list_of_origin(ORIGIN, case_id)
    texts = voices.open_texts([row.id for row in rows])
    contact = _contact(case)
    receipt_id = receipts.receipt_of(ORIGIN, case_id)
    lines = tuple(receipts.conversation(receipt_id)) if receipt_id else ()
    session = begin_write()
    if case_id not in queries_apart.kept_apart():  # what was kept apart stays away from analysts, whoever handles it
        voices.mark_read([row.id for row in rows if not row.is_read], by)
    row = session.get(Case, case_id)
    if row is not None:
        row.read_on = row.read_on or clock.today()
    audit.record("case-opened", "case", case_id)
    words = tuple((one.question_key, texts.get(one.id) or "") for one in rows if one.question_key != "message")
    return Opened(words, contact.get("name", ""), contact.get("reach", ""), lines)


def acknowledge(case_id: uuid.UUID, words: str, by: uuid.UUID, *, on: date | None = None) -> None:
    """Say that it arrived and what happens next; the person reads it with their code.

    Without words it was said by phone or letter, on the day `on` (today when left out). Refused: words for somebody
    without a code ("no-way-to-reply"), a day that cannot be ("case-day").
    """
    case = _writable(case_id)
    if case.acknowledged_on is not None:
        raise Conflict("case-acknowledged")
    day = _day(case, on)
    _tell(case_id, words, by)
    case = _writable(case_id)
    case.acknowledged_on, case.handler_id = day, by
    audit.record("case-acknowledged", "case", case_id)


def answer(case_id: uuid.UUID, words: str, by: uuid.UUID, *, on: date | None = None) -> None:
    """Answer the person, as `acknowledge` does; a second answer is another message and the first date stands."""
    day = _day(_writable(case_id), on)
    _tell(case_id, words, by)
    case = _writable(case_id)
    case.acknowledged_on = case.acknowledged_on or day
    case.responded_on = case.responded_on or day
    case.handler_id = case.handler_id or by
    audit.record("case-answered", "case", case_id)


def choose_regime(case_id: uuid.UUID, regime: str) -> None:
    """Which procedure a case is under; only one that fits its kind."""
    case = _writable(case_id)
    if regime not in {one.key for one in regimes_for(case.kind.value)}:
        raise Refused("case-regime")
    case.regime = regime
    audit.record("case-regime-chosen", "case", case_id, regime=regime)


def close(case_id: uuid.UUID, outcome: Outcome, learning: str, *, on: date | None = None) -> None:
    """Close a case with how it ended and what was learned, on the day `on` (today when left out).

    Refused before the person was answered, or with an outcome that its kind does not have; a complaint always
    leaves a learning point.
    """
    case = _writable(case_id)
    if case.responded_on is None:
        raise Refused("case-not-answered")
    if outcome not in OUTCOMES[case.kind]:
        raise Refused("case-outcome")
    words = learning.strip()
    if case.kind is CaseKind.COMPLAINT and not words:
        raise Refused("case-learning")
    case.outcome, case.closed_on = outcome, _day(case, on)
    case.learning_sealed = keyring().seal(words, row=case_id, purpose=_LEARNING) if words else None
    audit.record("case-closed", "case", case_id, outcome=outcome.value)


def worry_about(case_id: uuid.UUID, by: uuid.UUID) -> None:
    """The handler thinks that somebody may not be safe: to the safeguarding lead."""
    _found(case_id)
    safeguarding.raise_by_person(ORIGIN, case_id, FlagReason.HANDLER, by)
    audit.record("case-flagged", "case", case_id)


def clocks_of(case: CaseRow) -> tuple[Clock, ...]:
    """The clocks of a case under its regime, as they stand today (a closed one as it stood when it closed)."""
    days: dict[Event, date | None] = {
        "received": case.received_on,
        "acknowledged": case.acknowledged_on,
        "replied": case.responded_on,
        "read": case.read_on,
    }
    facts = {event: day for event, day in days.items() if day is not None}
    # Of what came without a name only the week is kept, so that it must not look late on the day it came.
    spans: dict[Event, date] = {"received": clock.in_days(6, case.received_on)} if case.is_anonymous else {}
    return clocks(shipped_regimes()[case.regime], facts, case.closed_on or clock.today(), at_latest=spans)


def most_urgent(case: CaseRow) -> Clock | None:
    """The clock of an open case that runs out first."""
    running = [one for one in clocks_of(case) if one.state in {"running", "due_soon", "late"}]
    return min(running, key=lambda one: one.due, default=None)


def learning_of(cases: Sequence[CaseRow]) -> dict[uuid.UUID, str]:
    """Case id -> what was learned, opened."""
    return {
        case.id: keyring().unseal(case.learning_sealed, row=case.id, purpose=_LEARNING)
        for case in cases
        if case.learning_sealed is not None
    }


def has_code(case_id: uuid.UUID) -> bool:
    """Whether the person was given six words, so that they can read here what is written to them."""
    return receipts.receipt_of(ORIGIN, case_id) is not None


def _tell(case_id: uuid.UUID, words: str, by: uuid.UUID) -> None:
    if not words:
        return
    receipt_id = receipts.receipt_of(ORIGIN, case_id)
    if receipt_id is None:
        raise Refused("no-way-to-reply")
    receipts.say(receipt_id, words, author_id=by)


def _day(case: Case, on: date | None) -> date:
    """The day something was done: never before it arrived or was done before, never to come."""
    earliest = max(day for day in (case.received_on, case.acknowledged_on, case.responded_on) if day is not None)
    day = on or clock.today()
    if not earliest <= day <= clock.today():
        raise Refused("case-day")
    return day


def _contact(case: CaseRow) -> dict[str, str]:
    if case.contact_sealed is None:
        return {}
    opened: dict[str, str] = json.loads(keyring().unseal(case.contact_sealed, row=case.id, purpose=CONTACT))
    return opened


def _found(case_id: uuid.UUID) -> CaseRow:
    case = queries.get_case(case_id)
    if case is None:
        raise NotFound
    return case


def _writable(case_id: uuid.UUID) -> Case:
    case = begin_write().get(Case, case_id, with_for_update=True)
    if case is None:
        raise NotFound
    if case.closed_on is not None:
        raise Conflict("case-closed")
    return case
