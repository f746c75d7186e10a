"""The verbs of raising and reading: raise a flag; open what was said, mark it read, pass it on."""

import uuid
from collections.abc import Iterable, Sequence
from typing import TypedDict

import sqlalchemy as sa

from engage.core import audit, clock, outbox, scope
from engage.core.database import begin_rows, begin_write
from engage.core.errors import NotFound
from engage.core.ids import new_id
from engage.people import queries as people
from engage.rules import namings
from engage.safeguarding import queries, queries_apart, service_apart
from engage.safeguarding.kinds import FlagReason
from engage.safeguarding.models import Flag
from engage.voices import queries as heard
from engage.voices import service as voices
from engage.voices.kinds import CONCERN_ORDER, Concern
from engage.voices.queries import VoiceRow
from engage.voices.screening import NEEDS_PERSON
from engage.voices.service import PreparedVoice

NOTICE = "flag-raised"
_ADD = sa.insert(Flag)
_BY_WORDS = {
    Concern.RED: FlagReason.WORDS,
    Concern.AMBER: FlagReason.WORDS,
    Concern.NOT_CHECKED: FlagReason.NOT_CHECKED,
}


class _Raised(TypedDict):
    """What a flag says: where it came from, how grave it is and why, and its context."""

    origin_kind: str
    origin_id: uuid.UUID
    level: Concern
    reason: FlagReason
    categories: list[str]
    source_key: str
    language: str


def raise_flags(prepared: Sequence[PreparedVoice], *, week: str | None = None) -> None:
    """Raise what screening asks for, in the channel's write transaction: red, amber and not checked, never nothing
    for a text that nobody checked (S7). What one response said becomes one flag a reason; whoever its words name sees
    nothing of it (C6). `week` is given where the words are older than today (an import).
    """
    grouped: dict[tuple[str, uuid.UUID, FlagReason], list[PreparedVoice]] = {}
    for voice in prepared:
        if voice.concern in _BY_WORDS:
            key = (voice.origin_kind, voice.origin_id, _BY_WORDS[voice.concern])
            grouped.setdefault(key, []).append(voice)
    for (origin_kind, origin_id, reason), said in grouped.items():
        worst = min(said, key=lambda voice: CONCERN_ORDER[voice.concern])
        _raise(
            _Raised(
                origin_kind=origin_kind,
                origin_id=origin_id,
                level=worst.concern,
                reason=reason,
                categories=_once(category for voice in said for category in voice.categories),
                source_key=worst.source_key,
                language=worst.language,
            ),
            week,
        )
    for origin in dict.fromkeys((origin_kind, origin_id) for origin_kind, origin_id, _reason in grouped):
        name_the_named(*origin, (voices.text_of(voice) for voice in prepared if voice.origin_id == origin[1]))


def raise_low_answer(
    origin_kind: str,
    origin_id: uuid.UUID,
    question_keys: Sequence[str],
    *,
    source_key: str = "",
    language: str = "",
    week: str | None = None,
) -> None:
    """Raise a flag because safety questions got their lowest answer, or Help now was pressed (ASKED_FOR_HELP among the
    keys), in the channel's write transaction. `week` as in `raise_flags`.
    """
    if not question_keys:
        return
    _raise(
        _Raised(
            origin_kind=origin_kind,
            origin_id=origin_id,
            level=Concern.AMBER,
            reason=FlagReason.LOW_ANSWER,
            categories=_once(question_keys),
            source_key=source_key,
            language=language,
        ),
        week,
    )


def raise_again(prepared: Sequence[PreparedVoice]) -> None:
    """Raise a flag for further words in which nothing was seen, in the channel's write transaction, where no reader
    meets them in time: they belong to a matter that is kept apart, or was decided on (whoever decided may have asked).
    """
    origins = {voice.origin_id for voice in prepared}
    apart = queries_apart.kept_apart() if origins else frozenset[uuid.UUID]()
    decided = queries.decided_on(origins) if origins else frozenset[uuid.UUID]()
    for voice in prepared:
        if voice.origin_id in apart | decided:
            why = "apart" if voice.origin_id in apart else "again"
            _raise(
                _Raised(
                    origin_kind=voice.origin_kind,
                    origin_id=voice.origin_id,
                    level=Concern.AMBER,
                    reason=FlagReason.WORDS,
                    categories=[f"{NEEDS_PERSON}:{why}"],
                    source_key=voice.source_key,
                    language=voice.language,
                )
            )


def raise_by_person(origin_kind: str, origin_id: uuid.UUID, reason: FlagReason, by: uuid.UUID) -> uuid.UUID:
    """Raise a flag because a reader or handler (`by`) says that someone may not be safe. A repeat changes nothing."""
    begin_write()
    standing = queries.open_flag(origin_kind, origin_id, reason)
    if standing is not None:
        return standing
    said = heard.list_of_origin(origin_kind, origin_id)
    flag_id = _raise(
        _Raised(
            origin_kind=origin_kind,
            origin_id=origin_id,
            level=Concern.RED,
            reason=reason,
            categories=[],
            source_key=said[0].source_key if said else "",
            language=said[0].language if said else "",
        )
    )
    name_the_named(origin_kind, origin_id, voices.open_texts([row.id for row in said]).values())
    audit.record("flag-raised", "flag", flag_id, reason=reason.value, by=str(by))
    return flag_id


def name_the_named(origin_kind: str, origin_id: uuid.UUID, texts: Iterable[str | None]) -> None:
    """Keep a matter from everybody with an account whose name its words say, in the caller's transaction (C6)."""
    names = people.names_that_can_be_said(scope.current())
    named = frozenset[uuid.UUID]().union(*(namings.named_in(text, names) for text in texts if text))
    if named:
        service_apart.concern(origin_kind, origin_id, service_apart.named_so_far(origin_id) | named)


def open_sheet(voice_ids: Sequence[uuid.UUID]) -> list[tuple[VoiceRow, str | None]]:
    """The words of several unread voices for a trained reader, in the order of the reading list; written down."""
    begin_write()
    rows = _still_unread(voice_ids)
    if not rows:
        return []
    _record("voices-opened", [row.id for row in rows])
    texts = voices.open_texts([row.id for row in rows])
    return [(row, texts[row.id]) for row in rows]


def mark_read(voice_ids: Sequence[uuid.UUID], by: uuid.UUID) -> int:
    """A trained person read these: analysts may see them from now on. How many were still unread; written down."""
    begin_write()
    mine = [row.id for row in _still_unread(voice_ids)]
    if not mine:
        return 0
    done = voices.mark_read(mine, by)
    _record("voices-read", mine)
    return done


def pass_on(voice_id: uuid.UUID, by: uuid.UUID) -> None:
    """A reader says that somebody may not be safe: the safeguarding lead has it now, and marks it read by deciding."""
    begin_write()
    row = next(iter(heard.list_by_ids([voice_id])), None)
    if row is None:
        raise NotFound
    raise_by_person(row.origin_kind, row.origin_id, FlagReason.READER, by)


def _still_unread(voice_ids: Sequence[uuid.UUID]) -> list[VoiceRow]:
    """What of these waits for a reader: unread, and not with the safeguarding lead."""
    passed_on = queries.with_the_lead()
    return [row for row in heard.list_by_ids(voice_ids) if not row.is_read and row.origin_id not in passed_on]


def _record(action: str, voice_ids: Sequence[uuid.UUID]) -> None:
    audit.record(action, "voice", None, count=len(voice_ids), ids=",".join(str(each) for each in voice_ids))


def _raise(raised: _Raised, week: str | None = None) -> uuid.UUID:
    flag_id = new_id()
    begin_rows()
    scope.quick(_ADD, {"id": flag_id, **raised, "week": week or clock.iso_week(), "raised_at": clock.tick()})
    outbox.enqueue(NOTICE, flag_id)
    return flag_id


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
