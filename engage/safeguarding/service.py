"""The verbs of triage: raise a flag, open it, decide."""

import uuid
from collections.abc import Iterable, Sequence

from engage.core import audit, clock, outbox
from engage.core.database import begin_write
from engage.core.ids import new_id
from engage.safeguarding import queries
from engage.safeguarding.kinds import FlagReason
from engage.safeguarding.models import Flag
from engage.voices.kinds import CONCERN_ORDER, Concern
from engage.voices.service import PreparedVoice

NOTICE = "flag-raised"
_BY_WORDS = {
    Concern.RED: FlagReason.WORDS,
    Concern.AMBER: FlagReason.WORDS,
    Concern.NOT_CHECKED: FlagReason.NOT_CHECKED,
}


def raise_flags(prepared: Sequence[PreparedVoice]) -> None:
    """Raise what screening asks for, in the channel's write transaction: red, amber and not checked, never nothing
    for a text that nobody checked (S7). What one response said becomes one flag a reason.
    """
    grouped: dict[tuple[str, uuid.UUID, FlagReason], list[PreparedVoice]] = {}
    for voice in prepared:
        if voice.concern in _BY_WORDS:
            key = (voice.origin_kind, voice.origin_id, _BY_WORDS[voice.concern])
            grouped.setdefault(key, []).append(voice)
    for (origin_kind, origin_id, reason), voices in grouped.items():
        worst = min(voices, key=lambda voice: CONCERN_ORDER[voice.concern])
        _raise(
            Flag(
                origin_kind=origin_kind,
                origin_id=origin_id,
                level=worst.concern,
                reason=reason,
                categories=_once(category for voice in voices for category in voice.categories),
                source_key=worst.source_key,
                language=worst.language,
            )
        )


def raise_low_answer(
    origin_kind: str, origin_id: uuid.UUID, question_keys: Sequence[str], *, source_key: str = "", language: str = ""
) -> None:
    """Raise a flag because safety questions got their lowest answer, in the channel's write transaction."""
    if not question_keys:
        return
    _raise(
        Flag(
            origin_kind=origin_kind,
            origin_id=origin_id,
            level=Concern.AMBER,
            reason=FlagReason.LOW_ANSWER,
            categories=_once(question_keys),
            source_key=source_key,
            language=language,
        )
    )


def raise_by_person(origin_kind: str, origin_id: uuid.UUID, reason: FlagReason, by: uuid.UUID) -> uuid.UUID:
    """Raise a flag because a reader or handler (`by`) says that someone may not be safe. A repeat changes nothing."""
    begin_write()
    standing = queries.open_flag(origin_kind, origin_id, reason)
    if standing is not None:
        return standing
    flag_id = _raise(
        Flag(origin_kind=origin_kind, origin_id=origin_id, level=Concern.RED, reason=reason, categories=[])
    )
    audit.record("flag-raised", "flag", flag_id, reason=reason.value, by=str(by))
    return flag_id


def _raise(flag: Flag) -> uuid.UUID:
    flag.id, flag.week, flag.raised_at = new_id(), clock.iso_week(), clock.tick()
    begin_write().add(flag)
    outbox.enqueue(NOTICE, flag.id)
    return flag.id


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
