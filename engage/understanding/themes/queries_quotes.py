"""Selects on quotes. Outside this package only released ones are shown, and only beside a theme whose number is."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from engage.core import scope
from engage.core.crypto import SealError, keyring
from engage.core.database import db
from engage.core.errors import NotFound
from engage.people import queries as people
from engage.rules.themes import Group
from engage.understanding.themes.kinds import Refusal
from engage.understanding.themes.models import Coding, Quote, Theme, ThemeCount
from engage.voices import queries as voices

PURPOSE = "quote"
_read = voices.read_voices().subquery()


class State(StrEnum):
    """Where a quote stands."""

    WAITING = "waiting"
    RELEASED = "released"
    REFUSED = "refused"


@dataclass(frozen=True)
class QuoteRow:
    """A quote as pages know it; people by name. text: None where its seal does not open; `theme` is a name."""

    id: uuid.UUID
    text: str | None
    theme: str
    theme_id: uuid.UUID
    audience: Group
    language: str
    is_paraphrase: bool
    voice_id: uuid.UUID
    state: State
    prepared_by: str
    preparer_id: uuid.UUID
    prepared_on: date
    released_by: str
    released_on: date | None
    refused_by: str
    refused_on: date | None
    refusal: Refusal | None


_STATES = {
    State.WAITING: sa.and_(Quote.released_on.is_(None), Quote.refused_on.is_(None)),
    State.RELEASED: Quote.released_on.is_not(None),
    State.REFUSED: Quote.refused_on.is_not(None),
}


def released_quotes(theme_id: uuid.UUID | None = None, audience: Group | None = None) -> list[QuoteRow]:
    """The quotes that may be shown to anybody, the newest first; of one theme or group where these are given.

    Released by a second person; its comment still has the theme; the theme's frozen number in the group is shown (D5).
    """
    query = _shown()
    if theme_id is not None:
        query = query.where(Quote.theme_id == theme_id)
    if audience is not None:
        query = query.where(Quote.heard_from == audience)
    return [row for row in _rows(query) if row.text is not None]


def quotes_of_themes(theme_ids: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, Group], list[QuoteRow]]:
    """The quotes of several themes that may be shown, by theme and group, the newest first; one statement for all."""
    found: dict[tuple[uuid.UUID, Group], list[QuoteRow]] = {}
    for row in _rows(_shown().where(Quote.theme_id.in_(theme_ids))):
        if row.text is not None:
            found.setdefault((row.theme_id, row.audience), []).append(row)
    return found


def list_quotes(state: State, limit: int, skipped: int = 0) -> list[QuoteRow]:
    """Quotes in one state, the newest first. For those who prepare and release them."""
    query = _quotes().where(_STATES[state]).order_by(Quote.prepared_on.desc(), Quote.id)
    return _rows(query.limit(limit).offset(skipped))


def count_quotes(state: State) -> int:
    """How many quotes stand in a state: a work queue."""
    query = sa.select(sa.func.count()).select_from(Quote).where(_STATES[state], _may_be_seen())
    return db.session.scalar(query) or 0


def get_quote(quote_id: uuid.UUID) -> QuoteRow:
    """One quote; NotFound where there is none."""
    found = _rows(_quotes().where(Quote.id == quote_id))
    if not found:
        raise NotFound
    return found[0]


def frozen_number(theme_id: uuid.UUID, group: Group) -> int | None:
    """The frozen number of people of a group behind a theme; None while it is hidden."""
    query = sa.select(ThemeCount.shown).where(ThemeCount.theme_id == theme_id, ThemeCount.heard_from == group)
    return db.session.scalar(query)


def _shown() -> sa.Select[Quote, str]:
    return (
        _quotes()
        .join(Coding, sa.and_(Coding.voice_id == Quote.voice_id, Coding.theme_id == Quote.theme_id))
        .join(ThemeCount, sa.and_(ThemeCount.theme_id == Quote.theme_id, ThemeCount.heard_from == Quote.heard_from))
        .where(_STATES[State.RELEASED], ThemeCount.shown.is_not(None))
        .order_by(Quote.released_on.desc(), Quote.id)
    )


def _quotes() -> sa.Select[Quote, str]:
    return sa.select(Quote, Theme.name).join(Theme, Theme.id == Quote.theme_id).where(_may_be_seen())


def _may_be_seen() -> sa.ColumnElement[bool]:
    """Its comment was not taken back by who said it, nor kept apart since (C6)."""
    return Quote.voice_id.in_(sa.select(_read.c.id))


def _rows(query: sa.Select[Quote, str]) -> list[QuoteRow]:
    found: Sequence[sa.Row[Quote, str]] = db.session.execute(query).all()
    names = people.names_of(scope.current())
    return [_row(quote, theme, names) for quote, theme in found]


def _row(quote: Quote, theme: str, names: Mapping[uuid.UUID, str]) -> QuoteRow:
    return QuoteRow(
        id=quote.id,
        text=_open(quote),
        theme=theme,
        theme_id=quote.theme_id,
        audience=quote.heard_from,
        language=quote.language,
        is_paraphrase=quote.is_paraphrase,
        voice_id=quote.voice_id,
        state=_state(quote),
        prepared_by=names.get(quote.prepared_by, ""),
        preparer_id=quote.prepared_by,
        prepared_on=quote.prepared_on,
        released_by=names.get(quote.released_by, "") if quote.released_by else "",
        released_on=quote.released_on,
        refused_by=names.get(quote.refused_by, "") if quote.refused_by else "",
        refused_on=quote.refused_on,
        refusal=quote.refusal,
    )


def _state(quote: Quote) -> State:
    if quote.released_on is not None:
        return State.RELEASED
    return State.WAITING if quote.refused_on is None else State.REFUSED


def _open(quote: Quote) -> str | None:
    try:
        return keyring().unseal(quote.text_sealed, row=quote.id, purpose=PURPOSE)
    except SealError:
        return None
