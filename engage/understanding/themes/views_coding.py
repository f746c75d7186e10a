"""What the coding page shows, ready to be drawn."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import format_date

from engage.core import clock, languages
from engage.rules.disclosure import THRESHOLDS
from engage.rules.themes import Codebook, Group, Suggestion, group_of, rule_for
from engage.understanding.themes import words
from engage.understanding.themes.queries import ThemeRow
from engage.understanding.themes.queries_coding import Comment, Given, Progress
from engage.understanding.themes.sounding import Sounds, sounds
from engage.understanding.themes.words import _
from engage.voices.sources import named

_FEW = min(THRESHOLDS.values())
_SHORT = 42


@dataclass(frozen=True)
class Choice:
    """One value of a select, or one theme to tick; `why` says what suggested it."""

    value: str
    label: str
    why: str = ""


@dataclass(frozen=True)
class Piece:
    """A piece of a comment; `number` is the suggestion whose phrase it is, 0 for none."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class LotLine:
    """One comment of the row beside the page; its first words, or a dash where they cannot be opened."""

    id: uuid.UUID
    words: str
    is_done: bool


@dataclass(frozen=True)
class CommentView:
    """One comment to be coded. pieces: None where its words cannot be opened."""

    id: uuid.UUID
    source: str
    question: str
    about: str
    language: str
    direction: str
    pieces: tuple[Piece, ...] | None
    sounds: Sounds
    suggested: tuple[Choice, ...]
    others: tuple[Choice, ...]
    selected: tuple[str, ...]
    given: tuple[str, ...]
    is_done: bool


@dataclass(frozen=True)
class Desk:
    """What lies on a coder's desk beside a comment: the codebook, open and closed, and people's names."""

    themes: Sequence[ThemeRow]
    book: Codebook
    names: Mapping[uuid.UUID, str]


def comment(row: Comment, text: str | None, given: Sequence[Given], desk: Desk) -> CommentView:
    """One comment with what the codebook suggests and what it has been given already."""
    has = {str(one.theme_id) for one in given}
    labels = {str(theme.id): theme.name for theme in desk.themes if theme.is_open or str(theme.id) in has}
    suggested = [one for one in desk.book.suggest(text or "") if one.key in labels]
    keys = {one.key for one in suggested}
    asked = named({_key(row)})[_key(row)]
    return CommentView(
        id=row.id,
        source=asked.source,
        question=asked.question,
        about=", ".join((str(words.GROUPS[group_of(row.audience)]), str(words.CHANNELS[row.channel]), _week(row.week))),
        language=row.language,
        direction=languages.direction(row.language),
        pieces=None if text is None else pieces(text, suggested),
        sounds=sounds(text or "", row.language),
        suggested=tuple(Choice(one.key, labels[one.key], _why(one)) for one in suggested),
        others=tuple(Choice(key, label) for key, label in labels.items() if key not in keys),
        selected=tuple(has),
        given=tuple(_given(one, labels, desk.names) for one in given),
        is_done=row.is_done,
    )


def pieces(text: str, suggestions: Sequence[Suggestion]) -> tuple[Piece, ...]:
    """`text` cut where a suggestion's phrases stand; where two overlap, the one that begins first is marked."""
    spans = sorted((start, end, number) for number, one in enumerate(suggestions, 1) for start, end in one.spans)
    made: list[Piece] = []
    at = 0
    for start, end, number in spans:
        if start >= at:
            made += [Piece(text[at:start]), Piece(text[start:end], number)]
            at = end
    return tuple(piece for piece in (*made, Piece(text[at:])) if piece.text)


def lot(rows: Sequence[Comment], texts: Mapping[uuid.UUID, str]) -> list[LotLine]:
    """The row of comments beside the page, by their first words."""
    return [LotLine(row.id, _first_words(texts.get(row.id, "")) or "–", row.is_done) for row in rows]


def progress(done: Progress) -> str:
    """How far the work is, in words; small numbers stay words."""
    if done.total < _FEW:
        return _("Fewer than %(count)s comments here.", count=_FEW)
    if done.done < _FEW:
        return _("Fewer than %(few)s of %(total)s done.", few=_FEW, total=done.total)
    return _("%(done)s of %(total)s done.", done=done.done, total=done.total)


def so_far(themes: Sequence[ThemeRow], group: Group) -> list[Choice]:
    """The open themes with the frozen number of people of one group, as short as it can be said."""
    return [
        Choice(str(theme.id), theme.name, _number(theme.heard.get(group), group)) for theme in themes if theme.is_open
    ]


def channel_choices() -> list[Choice]:
    """The channels a list can be narrowed to."""
    return [_everything(), *(Choice(channel.value, str(label)) for channel, label in words.CHANNELS.items())]


def group_choices() -> list[Choice]:
    """The groups of people a list can be narrowed to."""
    return [_everything(), *(Choice(group.value, str(label)) for group, label in words.GROUPS.items())]


def theme_choices(themes: Sequence[ThemeRow]) -> list[Choice]:
    """The themes a list can be narrowed to."""
    return [_everything(), *(Choice(str(theme.id), theme.name) for theme in themes)]


def source_choices(sources: Collection[tuple[str, str]]) -> list[Choice]:
    """The surveys and kinds of message a list can be narrowed to."""
    asked = named({(kind, key, "") for kind, key in sources})
    keys = {key: called.source for (_, key, _), called in asked.items()}
    return [_everything(), *(Choice(key, name) for key, name in sorted(keys.items(), key=lambda pair: pair[1]))]


def _number(shown: int | None, group: Group) -> str:
    if shown is not None:
        return str(shown)
    return _("Fewer than %(count)s", count=rule_for(group).threshold)


def _everything() -> Choice:
    return Choice("", _("All"))


def _key(row: Comment) -> tuple[str, str, str]:
    return row.origin_kind, row.source_key, row.question_key


def _week(iso_week: str) -> str:
    return _("week of %(day)s", day=format_date(clock.week_start(iso_week), "d MMMM y"))


def _why(one: Suggestion) -> str:
    return _("Matched: %(phrases)s", phrases=", ".join(one.phrases))


def _given(one: Given, labels: Mapping[str, str], names: Mapping[uuid.UUID, str]) -> str:
    day = format_date(one.coded_on, "d MMMM y")
    return _(
        "“%(theme)s”: %(who)s, %(day)s",
        theme=labels[str(one.theme_id)],
        who=names.get(one.coder_id, _("somebody")),
        day=day,
    )


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[:_SHORT].rsplit(" ", 1)[0] + " …"
