"""Selects on the codebook and its frozen numbers. Whatever counts people here is private: only `heard` may be shown."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from engage.core.database import db
from engage.core.errors import NotFound
from engage.rules.themes import Codebook, Entry, Group, group_of
from engage.understanding.themes.models import Coding, Theme, ThemeCount
from engage.voices import queries as voices


@dataclass(frozen=True)
class ThemeRow:
    """A theme of the codebook. heard: for each group the rounded number of people when it was last frozen; a group
    that is missing is hidden, which looks like nobody.
    """

    id: uuid.UUID
    name: str
    about: str
    phrases: tuple[str, ...]
    picture: str
    is_open: bool
    heard: Mapping[Group, int]
    counted_on: date | None


@dataclass(frozen=True)
class Label:
    """What a theme is called, and the drawing beside its answers."""

    name: str
    picture: str


@dataclass(frozen=True)
class FrozenCount:
    """A frozen number with the private count behind it: for counting again, never for a page."""

    counted: int
    counted_on: date


def list_themes(*, is_open: bool | None = None) -> list[ThemeRow]:
    """The codebook by name; only open or only closed themes where `is_open` says so."""
    query = sa.select(Theme).order_by(sa.func.lower(Theme.name), Theme.id)
    if is_open is not None:
        query = query.where(Theme.is_open.is_(is_open))
    return _rows(db.session.scalars(query))


def get_theme(theme_id: uuid.UUID) -> ThemeRow:
    """One theme; NotFound where there is none in this partnership."""
    found = _rows(db.session.scalars(sa.select(Theme).where(Theme.id == theme_id)))
    if not found:
        raise NotFound
    return found[0]


def names() -> dict[uuid.UUID, str]:
    """Theme id -> name, closed ones too."""
    return {row.id: row.name for row in db.session.execute(sa.select(Theme.id, Theme.name))}


def labels() -> dict[uuid.UUID, Label]:
    """Theme id -> name and drawing, closed ones too."""
    query = sa.select(Theme.id, Theme.name, Theme.picture)
    return {row.id: Label(row.name, row.picture) for row in db.session.execute(query)}


def open_ids() -> set[uuid.UUID]:
    """The open themes: those that a comment may be given."""
    return set(db.session.scalars(sa.select(Theme.id).where(Theme.is_open)))


def spoken_of() -> set[uuid.UUID]:
    """The themes that at least one voice was given: those to whose speakers an answer is owed."""
    return set(db.session.scalars(sa.select(Coding.theme_id).distinct()))


def of_origin(origin_kind: str, origin_id: uuid.UUID) -> set[uuid.UUID]:
    """The themes given to what one response, case or note said: for whoever comes back with its receipt."""
    read = voices.read_voices().subquery()
    query = sa.select(Coding.theme_id).join(read, read.c.id == Coding.voice_id)
    return set(db.session.scalars(query.where(read.c.origin_kind == origin_kind, read.c.origin_id == origin_id)))


def codebook() -> Codebook:
    """The phrases of the open themes, ready to be looked for; keys are theme ids as text."""
    query = sa.select(Theme.id, Theme.phrases).where(Theme.is_open)
    return Codebook(Entry(str(row.id), tuple(row.phrases)) for row in db.session.execute(query))


def people_by_theme() -> dict[tuple[uuid.UUID, Group], int]:
    """How many different people of each group said something of each theme. Private: for freezing only (D1).

    A person is one response, case or inspection: their several comments count once.
    """
    read = voices.read_voices().subquery()
    people = sa.func.count(sa.distinct(read.c.origin_id))
    query = (
        sa
        .select(Coding.theme_id, read.c.audience, people.label("people"))
        .join(read, read.c.id == Coding.voice_id)
        .group_by(Coding.theme_id, read.c.audience)
    )
    found: dict[tuple[uuid.UUID, Group], int] = {}
    for row in db.session.execute(query):
        key = (row.theme_id, group_of(row.audience))
        found[key] = found.get(key, 0) + row.people
    return found


def frozen_counts() -> dict[tuple[uuid.UUID, Group], FrozenCount]:
    """Every frozen number with the count behind it. Private: for freezing only."""
    return {
        (row.theme_id, row.heard_from): FrozenCount(row.counted, row.counted_on)
        for row in db.session.scalars(sa.select(ThemeCount))
    }


def _rows(found: Iterable[Theme]) -> list[ThemeRow]:
    themes = list(found)
    query = sa.select(ThemeCount).where(ThemeCount.theme_id.in_([theme.id for theme in themes]))
    counts: dict[uuid.UUID, list[ThemeCount]] = {}
    for count in db.session.scalars(query):
        counts.setdefault(count.theme_id, []).append(count)
    return [_row(theme, counts.get(theme.id, [])) for theme in themes]


def _row(theme: Theme, counts: list[ThemeCount]) -> ThemeRow:
    return ThemeRow(
        id=theme.id,
        name=theme.name,
        about=theme.about,
        phrases=tuple(theme.phrases),
        picture=theme.picture,
        is_open=theme.is_open,
        heard={count.heard_from: count.shown for count in counts if count.shown is not None},
        counted_on=max((count.counted_on for count in counts), default=None),
    )
