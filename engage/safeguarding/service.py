"""The verbs of triage and reading: raise a flag, open it, decide; open what was said, mark it read."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from engage.core import audit, clock, outbox
from engage.core.crypto import keyring
from engage.core.database import begin_write
from engage.core.errors import Conflict, NotFound
from engage.core.ids import new_id
from engage.safeguarding import queries
from engage.safeguarding.kinds import Decision, FlagReason
from engage.safeguarding.models import Flag
from engage.safeguarding.queries import Matter
from engage.voices import queries as heard
from engage.voices import service as voices
from engage.voices.kinds import CONCERN_ORDER, Concern
from engage.voices.queries import VoiceRow
from engage.voices.service import PreparedVoice

NOTICE = "flag-raised"
_NOTE = "flag-note"
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
    for (origin_kind, origin_id, reason), said in grouped.items():
        worst = min(said, key=lambda voice: CONCERN_ORDER[voice.concern])
        _raise(
            Flag(
                origin_kind=origin_kind,
                origin_id=origin_id,
                level=worst.concern,
                reason=reason,
                categories=_once(category for voice in said for category in voice.categories),
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
    said = heard.list_of_origin(origin_kind, origin_id)
    flag_id = _raise(
        Flag(
            origin_kind=origin_kind,
            origin_id=origin_id,
            level=Concern.RED,
            reason=reason,
            categories=[],
            source_key=said[0].source_key if said else "",
            language=said[0].language if said else "",
        )
    )
    audit.record("flag-raised", "flag", flag_id, reason=reason.value, by=str(by))
    return flag_id


@dataclass(frozen=True)
class Opened:
    """A flag as the safeguarding lead sees it: everything its person said; None for words whose seal does not open."""

    matter: Matter
    said: tuple[tuple[VoiceRow, str | None], ...]
    note: str | None


def open_flag(flag_id: uuid.UUID, by: uuid.UUID) -> Opened:
    """Open a flag and what was said; the opening is written down, and who was first stays on the flag."""
    begin_write()
    matter = queries.matter_of(flag_id)
    if matter is None:
        raise NotFound
    mine = sa.update(Flag).where(Flag.id.in_(matter.ids), Flag.opened_by.is_(None), Flag.decision.is_(None))
    begin_write().execute(mine.values(opened_by=by))
    audit.record("flag-opened", "flag", flag_id)
    rows = heard.list_of_origin(matter.worst.origin_kind, matter.worst.origin_id)
    texts = voices.open_texts([row.id for row in rows])
    return Opened(matter, tuple((row, texts[row.id]) for row in rows), _note_of(flag_id))


def decide(flag_id: uuid.UUID, decision: Decision, note: str, *, by: uuid.UUID, seen: Iterable[uuid.UUID]) -> None:
    """Close the matter of a flag: `note` says why, sealed. Its time goes, its week stays (N3); its words count as read.

    `seen` are the flags that were shown with the form: where others stand by now, or somebody decided first, it is a
    `Conflict` and nothing changes.
    """
    shown = frozenset(seen)
    notes = {each: keyring().seal(note, row=each, purpose=_NOTE) for each in shown}
    session = begin_write()
    matter = queries.matter_of(flag_id, lock=True)
    if matter is None:
        raise NotFound
    if matter.ids != shown or matter.worst.decision is not None:
        raise Conflict
    for each in shown:
        closed = {"decision": decision, "decided_by": by, "note_sealed": notes[each], "raised_at": None}
        session.execute(sa.update(Flag).where(Flag.id == each).values(closed))
        audit.record("flag-decided", "flag", each, decision=decision.value)
    said = heard.list_of_origin(matter.worst.origin_kind, matter.worst.origin_id)
    voices.mark_read([row.id for row in said], by)


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


def _note_of(flag_id: uuid.UUID) -> str | None:
    sealed = queries.sealed_note(flag_id)
    return None if sealed is None else keyring().unseal(sealed, row=flag_id, purpose=_NOTE)


def _raise(flag: Flag) -> uuid.UUID:
    flag.id, flag.week, flag.raised_at = new_id(), clock.iso_week(), clock.tick()
    begin_write().add(flag)
    outbox.enqueue(NOTICE, flag.id)
    return flag.id


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
