"""What somebody told us becomes a case, its voices, a flag where it must, and the sealed way to reach them."""

import json
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import sqlalchemy as sa

from engage.core import clock, scope
from engage.core.crypto import keyring
from engage.core.database import db
from engage.core.ids import new_id, new_reference
from engage.listening.casework import queries
from engage.listening.casework.kinds import CaseKind
from engage.listening.casework.models import Case
from engage.listening.surveys.flow import Origin, Sending
from engage.people import queries as people
from engage.rules.deadlines import DATA_PROTECTION, regimes_for
from engage.rules.questionnaire.answers import Answer
from engage.safeguarding import service as safeguarding
from engage.voices import service as voices
from engage.voices.kinds import Channel
from engage.voices.service import PreparedVoice

ORIGIN = "case"
CONTACT = "contact"
_DATA = "data"


class CaseSender:
    """Sends what "Tell us something" asked. Without a name, nothing finer than the ISO week is kept (N3)."""

    def is_sent(self, submission_key: bytes) -> bool:
        return queries.is_sent(submission_key)

    def prepare(self, sending: Sending) -> Callable[[], Origin]:
        case_id = new_id()
        values = _columns(sending, case_id)
        heard = _voices(sending, case_id, values["kind"])
        raised = sending.raised

        def store() -> Origin:
            db.session.execute(sa.insert(Case).values(**values))
            voices.store(heard)
            safeguarding.raise_flags(heard)
            if raised:
                safeguarding.raise_low_answer(
                    ORIGIN, case_id, raised, source_key=values["kind"], language=sending.language
                )
            return Origin(ORIGIN, case_id)

        return store


def _columns(sending: Sending, case_id: uuid.UUID) -> dict[str, Any]:
    closed = sending.parts.closed
    kind, regime = kind_of(_value(closed.get("what")))
    contact = sending.parts.contact.get("contact")
    is_named = contact is not None and "reach" in contact
    return {
        "id": case_id,
        "reference": make_reference(),
        "kind": kind,
        "regime": regime,
        "submission_key": sending.submission_key,
        "is_anonymous": not is_named,
        "told_by": _value(closed.get("who_you_are")),
        "wants_advocate": _value(closed.get("advocate")),
        "contact_sealed": seal_contact(case_id, contact) if contact is not None and is_named else None,
        "service_id": _service(_value(closed.get("service"))),
        "received_on": kept_day(clock.today(), is_named=is_named),
    }


def kind_of(what: str | None) -> tuple[CaseKind, str]:
    """The kind of case and the procedure it begins under, by what somebody came to say ("" and unknown: an idea).

    A complaint about somebody's data is a complaint under a procedure of its own.
    """
    if what == _DATA:
        return CaseKind.COMPLAINT, DATA_PROTECTION
    kind = CaseKind(what or CaseKind.IDEA)
    return kind, regimes_for(kind.value)[0].key


def seal_contact(case_id: uuid.UUID, contact: Answer) -> bytes:
    """How a person can be reached, sealed for their case."""
    words = json.dumps({"name": contact.get("name", ""), "reach": contact.get("reach", "")})
    return keyring().seal(words, row=case_id, purpose=CONTACT)


def kept_day(day: date, *, is_named: bool) -> date:
    """The day that is kept of something told on `day`: without a name the Monday of its week, never late for them."""
    return day if is_named else clock.week_start(clock.iso_week(day))


def make_reference() -> str:
    """A new reference that a person can read out, with the letters of the place."""
    place = people.get_partnership_by_id(scope.current())
    return new_reference(place.slug[:2].upper() if place else "EN")


def _service(value: str | None) -> uuid.UUID | None:
    known = {str(row.id): row.id for row in people.list_services()}
    return known.get(value or "")


def _value(answer: Answer | None) -> str | None:
    return answer.get("value") if answer else None


def _voices(sending: Sending, case_id: uuid.UUID, kind: CaseKind) -> list[PreparedVoice]:
    return [
        voices.prepare(
            channel=Channel.CASE,
            audience=audience_of(_value(sending.parts.closed.get("who_you_are"))),
            origin_kind=ORIGIN,
            origin_id=case_id,
            source_key=kind.value,
            question_key=said.question_id,
            language=sending.language,
            text=said.words,
            given=sending.files_of(said),
            lost=sending.has_lost(said),
        )
        for said in sending.parts.voices
    ]


def audience_of(who: str | None) -> str:
    """The audience of a voice by what its person says they are ("child", "parent" ...)."""
    return {"child": "young", "for-a-child": "young", "parent": "parents"}.get(who or "", "anyone")
