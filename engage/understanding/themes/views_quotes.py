"""What the pages of quotes show, ready to be drawn."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from engage.core import languages
from engage.rules.redaction import Finding
from engage.understanding.themes import words
from engage.understanding.themes.queries_quotes import QuoteRow, State
from engage.understanding.themes.words import _

KINDS: dict[str, LazyString] = {
    "email": _l("an e-mail address"),
    "link": _l("an address on the web"),
    "handle": _l("a name on social media"),
    "phone": _l("a phone number"),
    "number": _l("a long number, as on an NHS letter"),
    "address": _l("an address"),
    "postcode": _l("a postcode"),
    "date": _l("a date"),
    "name": _l("a name"),
    "place": _l("a place"),
    "year": _l("a school year"),
    "age": _l("an age"),
    "rare": _l("something few people share"),
    "unknown": _l("a word we do not know, perhaps a name"),
}
STATES: dict[State, LazyString] = {
    State.WAITING: _l("Waiting for a second person"),
    State.RELEASED: _l("May be shown"),
    State.REFUSED: _l("Not shown"),
}
_TAGS = {State.WAITING: "wait", State.RELEASED: "good", State.REFUSED: "no"}


@dataclass(frozen=True)
class Place:
    """A place in words that may identify: what stands there, what it may be, whether it points at one person alone."""

    text: str
    kind: str
    is_direct: bool


@dataclass(frozen=True)
class QuoteView:
    """A quote as its pages draw it."""

    id: uuid.UUID
    text: str
    language: str
    direction: str
    theme: str
    audience: str
    state: str
    tag: str
    is_waiting: bool
    is_paraphrase: bool
    prepared: str
    decided: str


def places(text: str, findings: Sequence[Finding]) -> list[Place]:
    """The places to look at, in words; what points at one person by itself comes first."""
    ordered = sorted(findings, key=lambda one: not one.is_direct)
    return [Place(text[one.start : one.end], str(KINDS[one.kind]), one.is_direct) for one in ordered]


def placeholders() -> dict[str, str]:
    """What is written where a finding was taken out."""
    return {kind: f"[{label}]" for kind, label in KINDS.items()} | {"unknown": f"[{KINDS['name']}]"}


def quote(row: QuoteRow) -> QuoteView:
    """One quote."""
    return QuoteView(
        id=row.id,
        text=row.text if row.text is not None else _("These words cannot be opened."),
        language=row.language,
        direction=languages.direction(row.language),
        theme=row.theme,
        audience=str(words.GROUPS[row.audience]),
        state=str(STATES[row.state]),
        tag=_TAGS[row.state],
        is_waiting=row.state is State.WAITING,
        is_paraphrase=row.is_paraphrase,
        prepared=_("%(who)s, %(day)s", who=row.prepared_by, day=words.day(row.prepared_on)),
        decided=_decided(row),
    )


def _decided(row: QuoteRow) -> str:
    if row.released_on is not None:
        return _("Released by %(who)s, %(day)s", who=row.released_by, day=words.day(row.released_on))
    if row.refused_on is None or row.refusal is None:
        return ""
    why = str(words.REFUSALS[row.refusal])
    return _("Refused by %(who)s, %(day)s: %(why)s", who=row.refused_by, day=words.day(row.refused_on), why=why)
