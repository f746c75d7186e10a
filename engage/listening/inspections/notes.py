"""An inspector's notes on their way to be heard: a shared note becomes a voice, without saying whose it was.

A note that is not shared is its inspector's alone, for good; but when its words may mean danger, its inspector is asked
at once, and can have it read at once, lock or no lock.
"""

import uuid
from collections.abc import Sequence

from engage.core.errors import NotFound, Refused
from engage.listening.inspections import queries
from engage.listening.inspections.kinds import InspectionState
from engage.listening.inspections.models import Score
from engage.listening.inspections.turns import own_turn
from engage.safeguarding import service as safeguarding
from engage.voices import service as voices
from engage.voices.kinds import Channel, Concern
from engage.voices.screening import screen

ORIGIN = "inspection"
# Young inspectors are 13 to 25; what they say is counted with what young people say.
AUDIENCE = "young"
_MAY_BE_DANGER = frozenset({Concern.RED, Concern.AMBER})


def prepare(
    inspection_id: uuid.UUID, criteria_key: str, scores: Sequence[queries.OwnScore], language: str
) -> list[voices.PreparedVoice]:
    """The notes of these scores, screened and sealed as voices of `language`. Slow: before the write."""
    return [
        voices.prepare(
            channel=Channel.INSPECTION,
            audience=AUDIENCE,
            origin_kind=ORIGIN,
            origin_id=inspection_id,
            source_key=criteria_key,
            question_key=score.criterion,
            language=language,
            text=score.note,
        )
        for score in scores
        if score.note
    ]


def send(prepared: Sequence[voices.PreparedVoice], rows: Sequence[Score]) -> None:
    """Store voices with their flags, and take the words off the scores they were notes of."""
    voices.store(prepared)
    safeguarding.raise_flags(prepared)
    for row in rows:
        row.note_sealed, row.note_is_shared = None, True


def may_be_danger(note: str, before: str, language: str) -> bool:
    """Whether the words of a note may mean danger. Slow: before the write. Asked about once, not each time."""
    return note not in {"", before} and screen(note, language).concern in _MAY_BE_DANGER


def tell_now(inspection_id: uuid.UUID, account_id: uuid.UUID, criterion: str, language: str) -> None:
    """Send one's own note to the trained readers at once, before the scores are locked."""
    visit, score = _own_note(inspection_id, account_id, criterion)
    prepared = prepare(inspection_id, visit.criteria_key or "", [score], language)
    own_turn(inspection_id, account_id)
    rows = queries.own_rows(inspection_id, account_id, [score.id])
    if not rows or rows[0].note_sealed is None:
        raise NotFound  # scored again, or told, in another tab
    send(prepared, rows)


def _own_note(
    inspection_id: uuid.UUID, account_id: uuid.UUID, criterion: str
) -> tuple[queries.Visit, queries.OwnScore]:
    visit = queries.get_visit(inspection_id)
    score = queries.own_scores(inspection_id, account_id).get(criterion)
    if visit is None or score is None or not score.note:
        raise NotFound
    if visit.state is not InspectionState.PLANNED:
        raise Refused("scoring-closed")
    return visit, score
