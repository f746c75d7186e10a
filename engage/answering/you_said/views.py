"""Answers as they are drawn: the card everybody reads, the lists of those who write, how easily words read."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from engage.answering.you_said import words
from engage.answering.you_said.kinds import Verdict
from engage.answering.you_said.queries import AnswerRow, OwedRow
from engage.answering.you_said.service import AnswerText
from engage.answering.you_said.words import _
from engage.core import clock, languages
from engage.rules.questionnaire import reading
from engage.understanding.themes import words as theme_words
from engage.understanding.themes.queries_quotes import QuoteRow

DONE: dict[str, LazyString] = {
    "saved": _l("Saved. Nobody outside sees it before it is published."),
    "published": _l("Published. Everybody can read it now."),
    "taken-down": _l("Taken down. It is a draft again."),
    "removed": _l("The draft is removed."),
}
# Public words are held to grade 4: read at about 9 (readability is an estimate, unstable on a few sentences).
_HARDEST = 4
_SCHOOL_AGE, _ADULT = 5, 16
MOST_QUOTES = 2


@dataclass(frozen=True)
class Fact:
    """A labelled fact at the foot of a card."""

    label: str
    value: str


@dataclass(frozen=True)
class ShownQuote:
    """Somebody's words beside an answer; `is_ours` for a paraphrase."""

    text: str
    language: str
    is_ours: bool


@dataclass(frozen=True)
class Card:
    """What the you_said macro draws; `language` is that of the words people wrote."""

    id: str
    outcome: str
    label: str
    words: str
    symbol: str
    status: str
    paragraphs: tuple[str, ...]
    instead: str
    late: tuple[str, ...]
    facts: tuple[Fact, ...]
    quotes: tuple[ShownQuote, ...]
    language: str


@dataclass(frozen=True)
class Beside:
    """What stands around an answer's words on its card. heard: the theme's frozen number, None while hidden."""

    id: str
    picture: str
    heard: int | None
    quotes: Sequence[QuoteRow] = ()


@dataclass(frozen=True)
class Reads:
    """How easily an answer reads: about which age in words, and its longest sentence in words."""

    age: str
    longest: int
    is_easy: bool


@dataclass(frozen=True)
class OwedLine:
    """One line of the list of answers owed."""

    theme_id: uuid.UUID
    theme: str
    heard: list[str]
    promise: str
    is_late: bool
    draft_id: uuid.UUID | None


def card(row: AnswerRow, quotes: Sequence[QuoteRow] = ()) -> Card:
    """A published answer as everybody reads it."""
    return draw(text_of(row), Beside(f"a-{row.id}", row.picture, row.heard, quotes))


def text_of(row: AnswerRow) -> AnswerText:
    """What an answer says, without where it stands."""
    return AnswerText(**{field.name: getattr(row, field.name) for field in fields(AnswerText)})


def draw(text: AnswerText, beside: Beside) -> Card:
    """An answer's card, published or not."""
    is_refusal = text.verdict is Verdict.DID_NOT
    return Card(
        id=beside.id,
        outcome=text.verdict.value,
        label=_("You said. %(heard)s", heard=theme_words.heard(text.audience, beside.heard)),
        words=f"“{text.you_said}”",
        symbol=beside.picture,
        status=str(words.BECAUSE[text.reason]) if is_refusal and text.reason else "",
        paragraphs=tuple(_paragraphs(text.because if is_refusal else text.we_did)),
        instead=text.we_did if is_refusal else "",
        late=tuple(_late(text)),
        facts=tuple(_facts(text)),
        quotes=tuple(
            ShownQuote(row.text or "", row.language, row.is_paraphrase) for row in beside.quotes[:MOST_QUOTES]
        ),
        language=languages.DEFAULT,
    )


def reads(text: AnswerText) -> Reads | None:
    """How easily the words of an answer read; None while it has none."""
    parts = [part for part in (text.you_said, text.because, text.we_did) if part.strip()]
    lengths = [len(reading.words(sentence)) for part in parts for sentence in reading.sentences(part)]
    if not any(lengths):
        return None
    grade = reading.grade(parts)
    age = max(_SCHOOL_AGE, round(grade) + _SCHOOL_AGE)
    about = _("Reads at about age %(age)s", age=age) if age < _ADULT else _("Reads like a text for adults")
    return Reads(about, max(lengths), grade <= _HARDEST)


def owed_lines(rows: Sequence[OwedRow]) -> list[OwedLine]:
    """The list of answers owed."""
    return [
        OwedLine(row.theme_id, row.theme, theme_words.heard_from(row.heard), _promise(row), row.is_late, row.draft_id)
        for row in rows
    ]


def _promise(row: OwedRow) -> str:
    if row.promised_on is None:
        return ""
    if row.is_late:
        return _("Promised by %(day)s. Late.", day=words.day(row.promised_on))
    return _("Promised by %(day)s.", day=words.day(row.promised_on))


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def _late(text: AnswerText) -> list[str]:
    """What is late is said out loud."""
    today = clock.today()
    lines = []
    if text.due_on is not None and text.due_on < today:
        if text.verdict is Verdict.DOING:
            lines.append(_("We said it would be done by %(day)s. We are late.", day=words.day(text.due_on)))
        if text.verdict is Verdict.NOT_YET:
            lines.append(_("We promised an answer by %(day)s. We are late.", day=words.day(text.due_on)))
    if text.look_again_on is not None and text.look_again_on < today:
        day = words.day(text.look_again_on)
        lines.append(_("We said we would look at this again on %(day)s. We have not yet. We are late.", day=day))
    return lines


def _facts(text: AnswerText) -> list[Fact]:
    who = {
        Verdict.DID: _("Who did it:"),
        Verdict.DOING: _("Who is doing it:"),
        Verdict.DID_NOT: _("Who decided:"),
        Verdict.NOT_YET: _("Who owes you this answer:"),
    }
    facts = [Fact(who[text.verdict], text.decided_by)]
    if text.verdict is Verdict.DID:
        facts.append(Fact(_("When:"), words.day(text.decided_on)))
    if text.verdict is Verdict.DOING and text.due_on is not None:
        facts.append(Fact(_("Done by:"), words.day(text.due_on)))
    if text.verdict is Verdict.NOT_YET and text.due_on is not None:
        facts.append(Fact(_("Answer by:"), words.day(text.due_on)))
    if text.verdict is Verdict.DID_NOT:
        facts.append(Fact(_("When:"), words.day(text.decided_on)))
    if text.look_again_on is not None:
        facts.append(Fact(_("We look again on:"), words.day(text.look_again_on)))
    return facts
