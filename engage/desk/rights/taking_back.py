"""What somebody with a receipt can take back, and taking it back (N13, P5).

Answers can be taken back until a release has counted them; words always. What raised a flag stays until somebody has
decided on it. A case with a name is a record that its handler erases, not its receipt.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from engage.core import clock, holds
from engage.core.database import begin_write
from engage.core.errors import Refused
from engage.listening.casework import keeping as cases
from engage.listening.casework import queries as casework
from engage.listening.surveys import keeping as responses
from engage.safeguarding import receipts, withdrawals
from engage.understanding.releases import queries as releases
from engage.voices import queries as voices

RESPONSE, CASE = "response", "case"


@dataclass(frozen=True)
class Choice:
    """What can be taken back today.

    `counted_on`: a release of that day has counted the answers, for certain (`is_sure`) or perhaps. `has_words`: there
    is something written. `waits`: somebody is looking after a flag first. `is_asked`: it was taken back and waits.
    `is_named`: it is a case with a name.
    """

    kind: str
    has_words: bool
    counted_on: date | None = None
    is_sure: bool = False
    waits: bool = False
    is_asked: bool = False
    is_named: bool = False
    is_held: bool = False

    @property
    def can(self) -> bool:
        """Whether there is anything left that can be taken back here."""
        is_known = self.kind in {RESPONSE, CASE} and not self.is_named and not self.is_asked
        return is_known and (self.counted_on is None or self.has_words)


def choice_of(origin_kind: str, origin_id: uuid.UUID) -> Choice:
    """What can be taken back of one response or case."""
    case = casework.get_case(origin_id) if origin_kind == CASE else None
    counted_on, is_sure = _counted(origin_id) if origin_kind == RESPONSE else (None, False)
    return Choice(
        kind=origin_kind,
        has_words=bool(voices.list_of_origin(origin_kind, origin_id)),
        counted_on=counted_on,
        is_sure=is_sure,
        waits=withdrawals.is_open(origin_kind, origin_id),
        is_asked=withdrawals.is_asked(origin_kind, origin_id),
        is_named=case is not None and not case.is_anonymous,
        is_held=_is_held(origin_kind, origin_id),
    )


def _counted(response_id: uuid.UUID) -> tuple[date | None, bool]:
    given = responses.given(response_id)
    day = releases.counted_on(given.version_id, given.week) if given is not None else None
    return day, given is not None and day is not None and clock.iso_week(day) > given.week


def take_back(receipt_id: uuid.UUID) -> bool:
    """Take back what a receipt was given for; whether all of it is gone now. Refused where nothing can be."""
    begin_write()
    receipt = receipts.get_receipt(receipt_id)
    origin = (receipt.origin_kind, receipt.origin_id)
    if origin[0] == RESPONSE:
        responses.hold(origin[1])
    choice = choice_of(*origin)
    if choice.is_asked:
        return False
    if not choice.can:
        raise Refused("nothing-to-take-back")
    if choice.waits or choice.is_held:
        with_answers = origin[0] == RESPONSE and choice.counted_on is None
        withdrawals.ask(*origin, with_answers=with_answers)
        # Without a hold its answers go at once; what somebody has to read stays.
        if with_answers and not choice.is_held:
            responses.delete_response(origin[1])
        return False
    _delete(*origin, with_answers=choice.counted_on is None)
    return True


def finish_asked() -> int:
    """Delete what was taken back and had to wait, where nothing stands in its way any more; how many."""
    begin_write()
    due = [each for each in withdrawals.list_asked() if not withdrawals.is_open(*each[:2]) and not _is_held(*each[:2])]
    for origin_kind, origin_id, with_answers in due:
        _delete(origin_kind, origin_id, with_answers=with_answers)
    return len(due)


def _delete(origin_kind: str, origin_id: uuid.UUID, *, with_answers: bool) -> None:
    if origin_kind == CASE:
        cases.delete_case(origin_id)
    elif with_answers:
        responses.delete_response(origin_id)
    withdrawals.delete(origin_kind, origin_id)


def _is_held(origin_kind: str, origin_id: uuid.UUID) -> bool:
    """Whether a hold stands on it. Words whose answers are gone no longer know their survey: any survey's hold keeps
    them.
    """
    if origin_kind == CASE:
        return holds.is_held(holds.HoldOn.CASE, origin_id)
    now, given = holds.held(), responses.given(origin_id)
    return now.everything or (given.survey_id in now.surveys if given is not None else bool(now.surveys))
