"""Sending: what is slow first, then everything in one short write transaction; twice gives the same receipt."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from engage.core.database import begin_rows, end_write, flush
from engage.listening.surveys import files, returning
from engage.listening.surveys import journey as journeys
from engage.listening.surveys.flow import Sending
from engage.listening.surveys.journey import Journey
from engage.rules.questionnaire.split import split
from engage.safeguarding import receipts

_TRIES = 5


@dataclass(frozen=True)
class Manner:
    """How somebody sends: in which language and modes, with easy words or not, and whether they pressed Help now."""

    language: str
    is_easy: bool
    modes: Mapping[str, str]
    asked_for_help: bool = False


def send(journey: Journey, manner: Manner) -> bool:
    """Store the answers, the voices in them, what they raise, and the receipt; remove the draft.

    A second sending, from wherever, stores nothing: the first is kept and the receipt is the same. What another tab or
    device adds meanwhile is sent too. False, and nothing was stored, where that leaves something to be answered.
    """
    for _ in range(_TRIES):
        if _store(journey, _sending(journey, manner)):
            return True
        journey = journeys.resume(journey.flow, journey.secret)
        if not journey.is_sent and (journey.waiting() or journey.outdated()):
            return False
    return False


def _store(journey: Journey, sending: Sending) -> bool:
    sender = journey.flow.sender
    secret = journeys.receipt_secret(journey.flow, journey.secret)
    receipt = receipts.prepare_receipt(secret, returning.book_of(journey.flow))
    store = sender.prepare(sending)
    begin_rows()
    try:
        if not journey.is_sent:
            if not journeys.close(journey):
                end_write(commit=False)
                return False
            origin = store()
            receipts.store_receipt(receipt, origin_kind=origin.kind, origin_id=origin.id)
        else:
            journeys.discard(journey)
        flush()
    except IntegrityError:
        # PostgreSQL lets two writers come this far: the second finds the key taken once the first has committed, which
        # has removed the draft too.
        end_write(commit=False)
        if not journey.is_sent:
            raise
    return True


def _sending(journey: Journey, manner: Manner) -> Sending:
    flow = journey.flow
    parts = split(flow.definition, journey.held.answers)
    attached = [each for said in parts.voices for each in said.attachments]
    return Sending(
        definition=flow.definition,
        version_id=flow.version_id,
        parts=parts,
        language=manner.language,
        is_easy=manner.is_easy,
        channel=journey.held.channel,
        submission_key=journey.submission_key,
        how={**(journey.held.how or {}), **manner.modes, **dict.fromkeys(journey.held.used, "yes")},
        asked_for_help=manner.asked_for_help,
        files=files.open_files(flow.key, journey.secret, attached),
    )
