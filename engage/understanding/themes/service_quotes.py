"""The verbs of quotes: prepare words for showing, release or refuse them as a second person."""

import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from engage.core import audit, clock, languages, scope
from engage.core.crypto import keyring
from engage.core.database import begin_write, db
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.ids import new_id
from engage.people import queries as people
from engage.rules.redaction import Entry, Gazetteer, PlaceKind
from engage.rules.themes import Group, group_of, may_show_quote, rule_for
from engage.rules.themes.counts import FEWEST_THEMES
from engage.understanding.themes import queries_coding, queries_names, queries_quotes
from engage.understanding.themes.kinds import Refusal
from engage.understanding.themes.models import Quote
from engage.voices import queries as voices


@dataclass(frozen=True)
class QuoteText:
    """Words prepared for showing beside a theme; a paraphrase says the same in other words."""

    text: str
    theme_id: uuid.UUID
    is_paraphrase: bool


def prepare(voice_id: uuid.UUID, words: QuoteText, by: uuid.UUID) -> uuid.UUID:
    """Keep words of a read comment for a second person to decide on; the comment must have the theme."""
    quote_id = new_id()
    sealed = keyring().seal(words.text, row=quote_id, purpose=queries_quotes.PURPOSE)
    session = begin_write()
    comment = queries_coding.get_comment(voice_id)
    if words.theme_id not in {given.theme_id for given in queries_coding.given(voice_id)}:
        raise NotFound
    session.add(
        Quote(
            id=quote_id,
            voice_id=voice_id,
            theme_id=words.theme_id,
            heard_from=group_of(comment.audience),
            text_sealed=sealed,
            is_paraphrase=words.is_paraphrase,
            language=languages.DEFAULT if words.is_paraphrase else comment.language,
            prepared_by=by,
            prepared_on=clock.today(),
        )
    )
    session.flush()
    audit.record("quote-prepared", "quote", quote_id)
    return quote_id


def release(quote_id: uuid.UUID, by: uuid.UUID) -> None:
    """Let a quote be shown. Refused to whoever prepared it, and while its group is too small."""
    begin_write()
    quote = _waiting(quote_id)
    if quote.prepared_by == by:
        raise Refused("quote-second-person")
    why = why_not(quote.theme_id, quote.heard_from)
    if why is not None:
        raise Refused(why)
    quote.released_by, quote.released_on = by, clock.today()
    audit.record("quote-released", "quote", quote_id)


def refuse(quote_id: uuid.UUID, refusal: Refusal, by: uuid.UUID) -> None:
    """Say that a quote is not shown, or no longer: whether it waits or was released."""
    begin_write()
    quote = _quote(quote_id)
    if quote.refused_on is not None:
        raise Conflict("quote-decided")
    quote.released_by = quote.released_on = None
    quote.refused_by, quote.refused_on, quote.refusal = by, clock.today(), refusal
    audit.record("quote-refused", "quote", quote_id, refusal=refusal.value)


def open_original(quote_id: uuid.UUID) -> str:
    """The comment that a quote comes from, for whoever decides; written down."""
    begin_write()
    quote = _quote(quote_id)
    audit.record("quote-original-opened", "quote", quote_id)
    text = voices.texts([quote.voice_id]).get(quote.voice_id)
    if text is None:
        raise NotFound
    return text


def why_not(theme_id: uuid.UUID, group: Group) -> str | None:
    """Why words of this group may not stand beside this theme yet: quote-too_few, quote-too_few_themes or None."""
    why = may_show_quote(
        rule_for(group),
        people=queries_quotes.frozen_number(theme_id, group),
        themes=queries_coding.themes_of_group(group, FEWEST_THEMES),
    )
    return f"quote-{why}" if why else None


def own_names() -> Gazetteer:
    """What is found in words by name here: the partnership's own list, people with an account, services."""
    staff = (Entry(PlaceKind.PERSON, name) for name in people.names_of(scope.current()).values())
    services = (Entry(PlaceKind.OTHER, row.name) for row in people.list_services(only_open=False))
    known = (Entry(kind, name) for kind, names in queries_names.known_names().items() for name in names)
    return Gazetteer([*staff, *services, *known])


def _quote(quote_id: uuid.UUID) -> Quote:
    quote = db.session.scalars(sa.select(Quote).where(Quote.id == quote_id)).first()
    if quote is None:
        raise NotFound
    return quote


def _waiting(quote_id: uuid.UUID) -> Quote:
    quote = _quote(quote_id)
    if quote.released_on is not None or quote.refused_on is not None:
        raise Conflict("quote-decided")
    return quote
