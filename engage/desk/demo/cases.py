"""Forty cases: a year told by phone, by letter and in person, and a few from the page that nobody has opened."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engage.core import clock
from engage.core.crypto import new_secret
from engage.desk.demo import texts
from engage.desk.demo.cast import Cast, acting
from engage.desk.demo.texts import CaseText
from engage.listening.casework import service
from engage.listening.casework.kinds import Way
from engage.listening.casework.routes import TellUsDoor
from engage.listening.casework.service_record import Told, record_case
from engage.listening.surveys.flow import Sending
from engage.people.kinds import Role
from engage.rules.deadlines import add_working_days, is_working_day
from engage.rules.questionnaire.answers import Answer
from engage.rules.questionnaire.split import split
from engage.safeguarding import receipts
from engage.safeguarding.receipts import PreparedReceipt

_ARRIVED = "Thank you for telling us. Marcus reads it today, and you hear from us here within two weeks."


@dataclass(frozen=True)
class Prepared:
    """A case and, where its person got six words, the receipt whose slow hash is done."""

    text: CaseText
    receipt: PreparedReceipt | None


def prepare_cases() -> list[Prepared]:
    """The cases with their receipts. Slow: before the write transaction."""
    return [
        Prepared(text, receipts.prepare_receipt(new_secret() + new_secret()) if text.has_code else None)
        for text in texts.cases()
    ]


def six_words(prepared: Sequence[Prepared]) -> str:
    """The code of a case that is being worked on: for coming back and reading what was written."""
    found = next(one.receipt for one in prepared if one.receipt is not None and one.text.acknowledged is not None)
    return " ".join(word for word, _ in found.words("en"))


def build_cases(cast: Cast, prepared: Sequence[Prepared]) -> None:
    """Store them all, and carry each as far as its text says."""
    handler = cast.people[Role.RESPONDER]
    for one in prepared:
        if isinstance(one.text.way, Way):
            with acting(handler):
                _carry_on(one.text, _record(cast, one, handler), handler)
        else:
            _send(cast, one)


def _record(cast: Cast, prepared: Prepared, by: uuid.UUID) -> uuid.UUID:
    text = prepared.text
    told = Told(
        kind=text.kind,
        way=Way(text.way),
        received_on=_working_days_ago(text.received),
        words=text.words,
        hope=text.hope,
        service_id=cast.services[text.service] if text.service else None,
        told_by=text.told_by,
        wants_advocate=text.wants_advocate,
        name=text.name,
        reach=text.reach,
    )
    return record_case(told, by, prepared.receipt)


def _carry_on(text: CaseText, case_id: uuid.UUID, by: uuid.UUID) -> None:
    start = _working_days_ago(text.received)
    if text.regime is not None:
        service.choose_regime(case_id, text.regime)
    if text.acknowledged is not None:
        words = _ARRIVED if text.has_code else ""
        service.acknowledge(case_id, words, by, on=add_working_days(start, text.acknowledged))
    if text.answered is not None:
        service.answer(case_id, "", by, on=add_working_days(start, text.answered))
    if text.closed is not None and text.outcome is not None:
        service.close(case_id, text.outcome, text.learning, on=add_working_days(start, text.closed))


def _send(cast: Cast, prepared: Prepared) -> None:
    """As the page would: from somebody who chose "Tell us something" today."""
    flow = TellUsDoor().find({})
    sending = Sending(
        definition=flow.definition,
        version_id=flow.version_id,
        parts=split(flow.definition, _answers(cast, prepared.text)),
        language="en",
        is_easy=False,
        channel="link",
        submission_key=secrets.token_bytes(32),
    )
    origin = flow.sender.prepare(sending)()
    if prepared.receipt is not None:
        receipts.store_receipt(prepared.receipt, origin_kind=origin.kind, origin_id=origin.id)


def _answers(cast: Cast, text: CaseText) -> dict[str, Answer]:
    answers: dict[str, Answer] = {
        "what": {"value": text.kind.value},
        "service": {"value": str(cast.services[text.service]) if text.service else "not-sure"},
        "words": {"text": text.words},
        "hope": {"text": text.hope} if text.hope else {"skipped": True},
        "who_you_are": {"value": text.told_by or "someone-else"},
        "named": {"value": "yes" if text.reach else "no"},
        "advocate": {"value": text.wants_advocate or "no"},
    }
    return answers | ({"contact": {"name": text.name, "reach": text.reach}} if text.reach else {})


def _working_days_ago(count: int) -> date:
    """The working day after which so many working days have passed up to today."""
    day = clock.today()
    while count or not is_working_day(day):
        count -= is_working_day(day)
        day -= timedelta(days=1)
    return day
