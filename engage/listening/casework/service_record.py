"""Recording what somebody told a member of staff by phone, letter or in person: the case a page would have made."""

import secrets
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engage.core import audit, clock
from engage.core.database import begin_write
from engage.core.errors import NotFound, Refused
from engage.core.ids import new_id
from engage.listening.casework.kinds import CaseKind, Way
from engage.listening.casework.models import Case
from engage.listening.casework.sender import ORIGIN, audience_of, kept_day, make_reference, seal_contact
from engage.people import queries as people
from engage.rules.deadlines import regimes_for
from engage.rules.questionnaire.answers import Answer
from engage.safeguarding import receipts
from engage.safeguarding import service as safeguarding
from engage.safeguarding.receipts import PreparedReceipt
from engage.voices import service as voices
from engage.voices.kinds import Channel
from engage.voices.service import PreparedVoice


@dataclass(frozen=True)
class Told:
    """What somebody told us on `received_on`. Without `reach` it is kept without a name, and only its week (N3).

    `told_by` and `wants_advocate` are answers of the page "Tell us something" ("child", "parent"; "yes", "no").
    """

    kind: CaseKind
    way: Way
    received_on: date
    words: str
    hope: str = ""
    service_id: uuid.UUID | None = None
    told_by: str | None = None
    wants_advocate: str | None = None
    name: str = ""
    reach: str = ""
    language: str = "en"

    @property
    def is_named(self) -> bool:
        """Whether the person said how to reach them."""
        return bool(self.reach.strip())


def record_case(told: Told, by: uuid.UUID, receipt: PreparedReceipt | None = None) -> uuid.UUID:
    """Keep what somebody told `by`; the new case's id. Whoever took it down has read it.

    A worry, and words that screening marks, go to the safeguarding lead as they would from the page. `receipt`: the
    six words that were read out to the person. Refused without words or for a day to come.
    """
    if not told.words.strip():
        raise Refused("case-words")
    if told.received_on > clock.today():
        raise Refused("case-day")
    if told.service_id is not None and told.service_id not in {row.id for row in people.list_services(only_open=False)}:
        raise NotFound
    case_id = new_id()
    heard = list(_heard(told, case_id))
    day = kept_day(told.received_on, is_named=told.is_named)
    begin_write().execute(sa.insert(Case).values(**_columns(told, case_id, day)))
    week = clock.iso_week(day)
    voices.store(heard, week=week)
    voices.mark_read([voice.id for voice in heard], by, on=day)
    safeguarding.raise_flags(heard, week=week)
    if told.kind is CaseKind.WORRY:
        context = {"source_key": told.kind.value, "language": told.language, "week": week}
        safeguarding.raise_low_answer(ORIGIN, case_id, ["what"], **context)
    if receipt is not None:
        receipts.store_receipt(receipt, origin_kind=ORIGIN, origin_id=case_id)
    # Without a name the trail must not tie a time to the case.
    audit.record("case-recorded", "case", case_id if told.is_named else None, way=told.way.value)
    return case_id


def _columns(told: Told, case_id: uuid.UUID, day: date) -> dict[str, object]:
    contact: Answer = {"name": told.name.strip(), "reach": told.reach.strip()}
    return {
        "id": case_id,
        "reference": make_reference(),
        "kind": told.kind,
        "regime": regimes_for(told.kind.value)[0].key,
        "submission_key": secrets.token_bytes(32),
        "is_anonymous": not told.is_named,
        "told_by": told.told_by,
        "wants_advocate": told.wants_advocate,
        "contact_sealed": seal_contact(case_id, contact) if told.is_named else None,
        "service_id": told.service_id,
        "received_on": day,
        "read_on": day,
    }


def _heard(told: Told, case_id: uuid.UUID) -> Iterator[PreparedVoice]:
    for question, words in (("words", told.words), ("hope", told.hope)):
        if words.strip():
            yield voices.prepare(
                channel=Channel.CASE,
                audience=audience_of(told.told_by),
                origin_kind=ORIGIN,
                origin_id=case_id,
                source_key=told.kind.value,
                question_key=question,
                language=told.language,
                text=words.strip(),
            )
