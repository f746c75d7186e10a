"""What the reading pages show, ready to be drawn."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from flask_babel import gettext

from engage.core import clock
from engage.safeguarding import words
from engage.safeguarding.service_files import Ticket
from engage.voices.kinds import Channel, Concern
from engage.voices.queries import Narrowed, Unread, VoiceRow
from engage.voices.screening import FILE_KINDS, OTHER_FILE
from engage.voices.sources import Named, named
from engage.web.layout import language
from engage.web.words import language_name

STAFF = frozenset({"staff", "practitioners"})
_NOBODY = uuid.UUID(int=0)
NO_FILES: Mapping[uuid.UUID, Sequence[Ticket]] = {}


@dataclass(frozen=True)
class GivenFile:
    """A file that came with the words: "image", "audio" or "file", and the ticket that opens it."""

    kind: str
    token: str


@dataclass(frozen=True)
class Words:
    """What one person said in answer to one question; `lines` is None where the words cannot be opened."""

    voice_id: uuid.UUID
    source: str
    question: str
    lines: tuple[str, ...] | None
    language: str
    language_name: str
    week: str
    concern: Concern
    level: str
    why: str
    is_read: bool
    is_of_staff: bool = False
    files: tuple[GivenFile, ...] = ()


@dataclass(frozen=True)
class Lot:
    """Comments of the reading list that look alike while they are closed."""

    words: Words
    count: int


@dataclass(frozen=True)
class UnreadLine:
    """How many comments of one concern wait, and since when."""

    level: str
    concern: Concern
    count: int
    oldest: str


@dataclass(frozen=True)
class Choice:
    """One value a list can be narrowed to."""

    value: str
    label: str


@dataclass(frozen=True)
class ReadingFilters:
    """What the reading list can be narrowed to, and what it is narrowed to now."""

    channels: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    concerns: tuple[Choice, ...]
    channel: str
    source: str
    concern: str

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out by choice."""
        return bool(self.channel or self.source or self.concern)


def said(
    rows: Sequence[tuple[VoiceRow, str | None]], files: Mapping[uuid.UUID, Sequence[Ticket]] = NO_FILES
) -> tuple[Words, ...]:
    """Opened words, in the order given, with the files that came with them."""
    asked = named({(row.origin_kind, row.source_key, row.question_key) for row, _ in rows})
    return tuple(
        replace(
            _words(row, text, asked[row.origin_kind, row.source_key, row.question_key]),
            files=tuple(_file(ticket) for ticket in files.get(row.id, ())),
        )
        for row, text in rows
    )


def _file(ticket: Ticket) -> GivenFile:
    kind = ticket.media_type.partition("/")[0]
    return GivenFile(kind if kind in FILE_KINDS else OTHER_FILE, ticket.token)


def ending(media_type: str) -> str:
    """How the name of a downloaded file ends."""
    return {"application/pdf": "pdf", "image/jpeg": "jpg", "audio/mpeg": "mp3"}.get(media_type, media_type[6:])


def lots(rows: Sequence[VoiceRow]) -> list[Lot]:
    """The reading list without its words: neighbours that look alike without them are one line."""
    alike = [replace(each, voice_id=_NOBODY) for each in said([(row, "") for row in rows])]
    return [Lot(each, len(list(same))) for each, same in groupby(alike)]


def unread(counts: Sequence[Unread]) -> list[UnreadLine]:
    """How many comments wait, in order of concern."""
    return [
        UnreadLine(str(words.LEVELS[line.concern]), line.concern, line.count, words.week(line.oldest_week))
        for line in counts
    ]


def oldest_week(counts: Sequence[Unread]) -> str:
    """The week of the oldest comment that waits, in words; empty when none does."""
    weeks = [line.oldest_week for line in counts]
    return words.week(min(weeks)) if weeks else ""


def is_long_ago(counts: Sequence[Unread]) -> bool:
    """Whether the oldest comment that waits came before last week began: longer than any survey promises."""
    weeks = [line.oldest_week for line in counts]
    return bool(weeks) and clock.week_start(min(weeks)) < clock.in_days(-7, clock.week_start(clock.iso_week()))


def filters(sources: Sequence[tuple[Channel, str, str]], now: Narrowed) -> ReadingFilters:
    """The choices of the reading list: only channels and sources of which something waits."""
    everything = Choice("", gettext("All"))
    channels = [
        Choice(each.value, str(words.CHANNELS[each])) for each in sorted({channel for channel, _, _ in sources})
    ]
    asked = named({(kind, key, "") for _, kind, key in sources})
    keys = sorted({key: named_.source for (_, key, _), named_ in asked.items()}.items(), key=lambda pair: pair[1])
    return ReadingFilters(
        channels=(everything, *channels),
        sources=(everything, *(Choice(key, name) for key, name in keys)),
        concerns=(everything, *(Choice(each.value, str(label)) for each, label in words.LEVELS.items())),
        channel=now.channel or "",
        source=now.source_key or "",
        concern=now.concern or "",
    )


def _words(row: VoiceRow, text: str | None, asked: Named) -> Words:
    return Words(
        voice_id=row.id,
        source=asked.source,
        question=asked.question,
        lines=None if text is None else tuple(line for line in text.splitlines() if line.strip()),
        language=row.language,
        language_name=language_name(row.language, language()),
        week=words.week(row.week),
        concern=row.concern,
        level=str(words.LEVELS[row.concern]),
        why=words.screened(row.concern, row.categories),
        is_read=row.is_read,
        is_of_staff=row.audience in STAFF,
    )
