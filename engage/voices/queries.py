"""Selects on voices. What an analyst's page may ask is marked "read voices only": there is no other way to words."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from engage.core.crypto import SealError, keyring
from engage.core.database import db
from engage.voices.kinds import Channel, Concern
from engage.voices.models import Voice

PURPOSE = "voice"

ReadVoices = sa.Select[uuid.UUID, Channel, str, str, str, str, str, str, uuid.UUID]


@dataclass(frozen=True)
class VoiceRow:
    """What is known about a voice beside its words; `week` is an ISO week ("2026-W47")."""

    id: uuid.UUID
    channel: Channel
    audience: str
    origin_kind: str
    origin_id: uuid.UUID
    source_key: str
    question_key: str
    language: str
    week: str
    concern: Concern
    categories: tuple[str, ...]
    is_read: bool
    is_handed_on: bool = False


@dataclass(frozen=True)
class Unread:
    """How many voices of one concern wait to be read, and the ISO week of the oldest."""

    concern: Concern
    count: int
    oldest_week: str


@dataclass(frozen=True)
class Narrowed:
    """What a list of voices is narrowed to; None means all. `without` leaves out what came from these origins."""

    channel: Channel | None = None
    source_key: str | None = None
    concern: Concern | None = None
    without: frozenset[uuid.UUID] = frozenset()


ALL = Narrowed()
# What analysts may be given: read by a person, words at all, and not taken back by who said them.
_READ = sa.and_(Voice.read_on.is_not(None), ~Voice.is_wordless, ~Voice.is_taken_back)
_ORDER = (Voice.concern_order, Voice.week, Voice.id)


def list_unread(limit: int, after: uuid.UUID | None = None, narrowed: Narrowed = ALL) -> list[VoiceRow]:
    """Unread voices in order of concern, the oldest week first inside; `after` is the last one already seen."""
    query = sa.select(Voice).where(Voice.read_on.is_(None), *_conditions(narrowed))
    if after is not None:
        last = sa.select(*_ORDER).where(Voice.id == after)
        place = db.session.execute(last).first()
        if place is not None:
            query = query.where(sa.tuple_(*_ORDER) > sa.tuple_(*place))
    return [_row(voice) for voice in db.session.scalars(query.order_by(*_ORDER).limit(limit))]


def list_read(limit: int, after: uuid.UUID | None = None, narrowed: Narrowed = ALL) -> list[VoiceRow]:
    """Read voices only, the newest week first; `after` is the last one already seen."""
    query = sa.select(Voice).where(_READ, *_conditions(narrowed))
    if after is not None:
        week = db.session.scalar(sa.select(Voice.week).where(Voice.id == after, _READ))
        if week is not None:
            query = query.where(sa.or_(Voice.week < week, sa.and_(Voice.week == week, Voice.id > after)))
    return [_row(voice) for voice in db.session.scalars(query.order_by(Voice.week.desc(), Voice.id).limit(limit))]


def list_by_ids(voice_ids: Collection[uuid.UUID]) -> list[VoiceRow]:
    """These voices, read or not, in the order of the reading list. For readers' pages."""
    return [
        _row(voice) for voice in db.session.scalars(sa.select(Voice).where(Voice.id.in_(voice_ids)).order_by(*_ORDER))
    ]


def list_of_origin(origin_kind: str, origin_id: uuid.UUID) -> list[VoiceRow]:
    """All that one response, case or note said, read or not. For the safeguarding lead's page."""
    query = sa.select(Voice).where(Voice.origin_kind == origin_kind, Voice.origin_id == origin_id)
    return [_row(voice) for voice in db.session.scalars(query.order_by(*_ORDER))]


def read_voices() -> ReadVoices:
    """Read voices only, as a select of named columns for joins: id, channel, audience, source_key, question_key,
    language, week, origin_kind, origin_id. Upper floors join its `.subquery()`.
    """
    columns = (Voice.id, Voice.channel, Voice.audience, Voice.source_key, Voice.question_key, Voice.language)
    return sa.select(*columns, Voice.week, Voice.origin_kind, Voice.origin_id).where(_READ)


def texts(voice_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The words of read voices only; an unread or unknown one is left out, and one whose seal does not open."""
    found = unsealed(sa.and_(Voice.id.in_(voice_ids), _READ))
    return {voice_id: text for voice_id, text in found.items() if text is not None}


def count_unread_by_concern(narrowed: Narrowed = ALL) -> list[Unread]:
    """How many voices wait, in order of concern; a concern without any is left out."""
    query = (
        sa
        .select(Voice.concern, sa.func.count().label("voices"), sa.func.min(Voice.week).label("oldest"))
        .where(Voice.read_on.is_(None), *_conditions(narrowed))
        .group_by(Voice.concern, Voice.concern_order)
        .order_by(Voice.concern_order)
    )
    return [Unread(row.concern, row.voices, row.oldest) for row in db.session.execute(query)]


def unread_sources() -> list[tuple[Channel, str, str]]:
    """Channel, kind of origin and source of what waits to be read: what the reading list can be narrowed to."""
    query = sa.select(Voice.channel, Voice.origin_kind, Voice.source_key).where(Voice.read_on.is_(None)).distinct()
    rows = db.session.execute(query.order_by(Voice.channel, Voice.source_key))
    return [(row.channel, row.origin_kind, row.source_key) for row in rows]


def unsealed(condition: sa.ColumnElement[bool]) -> dict[uuid.UUID, str | None]:
    """The words of the voices that meet `condition`; None where the seal does not open (changed, or another key)."""
    rows = db.session.execute(sa.select(Voice.id, Voice.text_sealed).where(condition))
    return {row.id: _open(row.id, row.text_sealed) for row in rows}


def _open(voice_id: uuid.UUID, sealed: bytes) -> str | None:
    try:
        return keyring().unseal(sealed, row=voice_id, purpose=PURPOSE)
    except SealError:
        return None


def _conditions(narrowed: Narrowed) -> list[sa.ColumnElement[bool]]:
    wanted = [
        (Voice.channel, narrowed.channel),
        (Voice.source_key, narrowed.source_key),
        (Voice.concern, narrowed.concern),
    ]
    conditions: list[sa.ColumnElement[bool]] = [column == value for column, value in wanted if value is not None]
    return [*conditions, Voice.origin_id.not_in(narrowed.without)] if narrowed.without else conditions


def _row(voice: Voice) -> VoiceRow:
    return VoiceRow(
        id=voice.id,
        channel=voice.channel,
        audience=voice.audience,
        origin_kind=voice.origin_kind,
        origin_id=voice.origin_id,
        source_key=voice.source_key,
        question_key=voice.question_key,
        language=voice.language,
        week=voice.week,
        concern=voice.concern,
        categories=tuple(voice.categories),
        is_read=voice.read_on is not None,
        is_handed_on=voice.is_handed_on,
    )
