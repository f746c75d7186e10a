"""Selects on comments to be coded: read voices only, from every channel. Words come through `voices.queries.texts`."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from engage.core.database import db
from engage.core.errors import NotFound
from engage.rules.themes import Group
from engage.rules.themes.groups import audiences_of, known_audiences
from engage.understanding.themes.models import Coding, CodingDay, Finished
from engage.voices import queries as voices
from engage.voices.kinds import Channel

_read = voices.read_voices().subquery()


@dataclass(frozen=True)
class Comment:
    """A read voice as a coder knows it, without its words; `week` is an ISO week ("2026-W47")."""

    id: uuid.UUID
    channel: Channel
    audience: str
    source_key: str
    question_key: str
    language: str
    week: str
    origin_kind: str
    origin_id: uuid.UUID
    is_done: bool


@dataclass(frozen=True)
class Wanted:
    """What the comments are narrowed to; None means all. is_done: finished ones only, or those that still wait."""

    channel: Channel | None = None
    source_key: str | None = None
    group: Group | None = None
    theme_id: uuid.UUID | None = None
    is_done: bool | None = False


@dataclass(frozen=True)
class Progress:
    """How many comments are finished, of how many: a work queue, not a result."""

    done: int
    total: int


@dataclass(frozen=True)
class Given:
    """A theme that a comment was given: by whom and when."""

    theme_id: uuid.UUID
    coder_id: uuid.UUID
    coded_on: date


def get_comment(voice_id: uuid.UUID) -> Comment:
    """One comment; NotFound where there is none, or nobody has read it yet."""
    row = db.session.execute(_comments().where(_read.c.id == voice_id)).first()
    if row is None:
        raise NotFound
    return _comment(row)


def list_comments(wanted: Wanted, limit: int, after: uuid.UUID | None = None) -> list[Comment]:
    """Comments by week and id, the oldest first; those that come after the comment `after`, where it is given."""
    query = _comments().where(*_conditions(wanted)).order_by(_read.c.week, _read.c.id).limit(limit)
    place = (
        db.session.execute(sa.select(_read.c.week, _read.c.id).where(_read.c.id == after)).first() if after else None
    )
    if place is not None:
        query = query.where(sa.tuple_(_read.c.week, _read.c.id) > sa.tuple_(place.week, place.id))
    return [_comment(row) for row in db.session.execute(query)]


def progress(wanted: Wanted) -> Progress:
    """How far the work on these comments is, finished or not."""
    query = (
        sa
        .select(sa.func.count().label("total"), sa.func.count(Finished.voice_id).label("done"))
        .select_from(_read)
        .join(Finished, Finished.voice_id == _read.c.id, isouter=True)
        .where(*_conditions(replace(wanted, is_done=None)))
    )
    row = db.session.execute(query).one()
    return Progress(row.done, row.total)


def sources() -> list[tuple[str, str]]:
    """(origin kind, source key) of every read comment: what the list can be narrowed to."""
    query = sa.select(_read.c.origin_kind, _read.c.source_key).distinct()
    rows = db.session.execute(query.order_by(_read.c.origin_kind, _read.c.source_key))
    return [(row.origin_kind, row.source_key) for row in rows]


def given(voice_id: uuid.UUID) -> list[Given]:
    """The themes a comment was given, the oldest first."""
    query = sa.select(Coding).where(Coding.voice_id == voice_id).order_by(Coding.coded_on, Coding.id)
    return [Given(row.theme_id, row.coder_id, row.coded_on) for row in db.session.scalars(query)]


def themes_of_group(group: Group, most: int) -> int:
    """How many themes people of a group spoke of, counted up to `most` (for the diversity of quotes, D5)."""
    query = sa.select(Coding.theme_id).join(_read, _read.c.id == Coding.voice_id).where(_in_group(group))
    return len(db.session.scalars(query.distinct().limit(most)).all())


def has_opened(coder_id: uuid.UUID, day: date) -> bool:
    """Whether this coder has opened the comments on `day`."""
    query = sa.select(CodingDay.opened_on).where(CodingDay.coder_id == coder_id, CodingDay.opened_on == day)
    return db.session.scalars(query).first() is not None


def _comments() -> sa.Select[*tuple[object, ...]]:
    return sa.select(_read, Finished.finished_on).join(Finished, Finished.voice_id == _read.c.id, isouter=True)


def _comment(row: sa.Row[*tuple[object, ...]]) -> Comment:
    found = row._mapping
    named = {name: found[name] for name in Comment.__dataclass_fields__ if name != "is_done"}
    return Comment(**named, is_done=found["finished_on"] is not None)


def _in_group(group: Group) -> sa.ColumnElement[bool]:
    audiences = audiences_of(group)
    if audiences is None:
        return _read.c.audience.not_in(sorted(known_audiences()))
    return _read.c.audience.in_(sorted(audiences))


def _conditions(wanted: Wanted) -> Sequence[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.channel is not None:
        conditions.append(_read.c.channel == wanted.channel)
    if wanted.source_key is not None:
        conditions.append(_read.c.source_key == wanted.source_key)
    if wanted.group is not None:
        conditions.append(_in_group(wanted.group))
    if wanted.theme_id is not None:
        coded = sa.select(Coding.voice_id).where(Coding.theme_id == wanted.theme_id)
        conditions.append(_read.c.id.in_(coded))
    if wanted.is_done is not None:
        conditions.append(Finished.voice_id.is_not(None) if wanted.is_done else Finished.voice_id.is_(None))
    return conditions
