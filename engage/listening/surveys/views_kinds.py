"""What the page of one kind of question is given beside its words and its options. Frozen; words are the reader's."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from flask_babel import format_date, pgettext
from markupsafe import Markup

from engage.rules.questionnaire.answers import Answer
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.kinds.bodymap import REGIONS, BodyMap
from engage.rules.questionnaire.kinds.consent import Consent
from engage.rules.questionnaire.kinds.date import Date
from engage.rules.questionnaire.kinds.information import Information, Told
from engage.rules.questionnaire.kinds.matrix import Matrix
from engage.rules.questionnaire.kinds.number import Number
from engage.rules.questionnaire.kinds.ranking import Ranking
from engage.rules.questionnaire.kinds.slider import Slider
from engage.rules.questionnaire.kinds.video import Video
from engage.rules.questionnaire.texts import Said, Text
from engage.web.words import shown

Shown = str | Markup


class Reads(Protocol):
    """Whoever reads: their language, easy words or not."""

    @property
    def language(self) -> str: ...

    @property
    def easy(self) -> bool: ...

    @property
    def pictures(self) -> bool: ...

    def say(self, text: Text | None) -> Shown:
        """The words for this reader."""
        ...


@dataclass(frozen=True)
class NumberDetail:
    """The words after the field, and whether a phone shows its plain number pad."""

    unit: Shown
    is_whole: bool


@dataclass(frozen=True)
class SliderDetail:
    """The words of both ends, and the ends and steps themselves."""

    low: Shown
    high: Shown
    start: int
    end: int
    step: int


@dataclass(frozen=True)
class DatePart:
    """One field of a date."""

    field: str
    label: str
    is_year: bool


@dataclass(frozen=True)
class DateDetail:
    """The fields of a date, in order."""

    parts: tuple[DatePart, ...]


@dataclass(frozen=True)
class Thing:
    """One of the things to put in order."""

    value: str
    label: Shown
    symbol: str


@dataclass(frozen=True)
class RankingDetail:
    """The things in the order they are written, and the field that carries a move."""

    things: tuple[Thing, ...]
    move_field: str

    def ordered(self, values: Sequence[str]) -> list[Thing]:
        """The things as they stand now: first those of `values`, then any that are missing there."""
        by_value = {thing.value: thing for thing in self.things}
        return [by_value[value] for value in dict.fromkeys((*values, *by_value)) if value in by_value]


@dataclass(frozen=True)
class Line:
    """One line of a matrix."""

    field: str
    label: Shown


@dataclass(frozen=True)
class MatrixDetail:
    """The lines, and the points of the scale as (value, words)."""

    lines: tuple[Line, ...]
    points: tuple[tuple[str, Shown], ...]
    every: bool


@dataclass(frozen=True)
class BodyDetail:
    """Which parts of the drawing can be chosen; none where somebody wants no pictures."""

    parts: frozenset[str]


@dataclass(frozen=True)
class InformationDetail:
    """What is told, paragraph by paragraph."""

    paragraphs: tuple[Shown, ...]


@dataclass(frozen=True)
class ConsentDetail:
    """What is agreed to, point by point."""

    statements: tuple[Shown, ...]


def detail_of(question: Question, reader: Reads) -> object | None:
    """What the template of this kind takes as `q.detail`; None where the options say everything."""
    make = _DETAILS.get(type(question))
    return make(question, reader) if make is not None else None


def _number(question: Number, reader: Reads) -> NumberDetail:
    return NumberDetail(reader.say(question.unit), question.decimals == 0)


def _slider(question: Slider, reader: Reads) -> SliderDetail:
    low, high = reader.say(question.low), reader.say(question.high)
    return SliderDetail(low, high, question.start, question.end, question.step)


def _date(question: Date, _reader: Reads) -> DateDetail:
    labels = {
        "day": pgettext("field of a date", "Day"),
        "month": pgettext("field of a date", "Month"),
        "year": pgettext("field of a date", "Year"),
    }
    return DateDetail(tuple(DatePart(f"{question.id}-{part}", labels[part], part == "year") for part in question.parts))


def _consent(question: Consent, reader: Reads) -> ConsentDetail:
    return ConsentDetail(tuple(reader.say(statement) for statement in question.statements))


def _information(question: Told, reader: Reads) -> InformationDetail:
    if question.hint is None:
        return InformationDetail(())
    words, language = question.hint.say(reader.language, easy=reader.easy)
    parts = (Said(part.strip(), language) for part in words.split("\n\n") if part.strip())
    return InformationDetail(tuple(shown(part, reader.language) for part in parts))


def _ranking(question: Ranking, reader: Reads) -> RankingDetail:
    drawn = ((option.symbol or "") if reader.pictures else "" for option in question.options())
    things = (
        Thing(option.id, reader.say(option.text), symbol)
        for option, symbol in zip(question.options(), drawn, strict=True)
    )
    return RankingDetail(tuple(things), question.move_field)


def _matrix(question: Matrix, reader: Reads) -> MatrixDetail:
    lines = (Line(question.field_of(row.id), reader.say(row.text)) for row in question.rows)
    points = ((option.id, reader.say(option.text)) for option in question.options())
    return MatrixDetail(tuple(lines), tuple(points), question.every)


def _body(question: BodyMap, reader: Reads) -> BodyDetail:
    offered = {option.id for option in question.options()} if reader.pictures else set()
    return BodyDetail(frozenset(offered & set(REGIONS)))


_DETAILS: Mapping[type[Question], Callable[[Any, Reads], object]] = {
    Number: _number,
    Slider: _slider,
    Date: _date,
    Consent: _consent,
    Ranking: _ranking,
    Matrix: _matrix,
    BodyMap: _body,
    Information: _information,
    Video: _information,
}


BUNDLED = frozenset({
    *("number", "date", "slider", "pair", "consent", "information", "video"),
    *("ranking", "matrix", "bodymap"),
    *("drawing", "audio", "upload"),
})
"""The kinds whose page asks for the style and script of `kinds.css` and `kinds.js`; all others are lighter without."""


def lines_of(question: Question, answer: Answer) -> tuple[str, ...] | None:
    """The answer in words only a page can find (a date in the reader's language); None where the question says it."""
    if isinstance(question, Date) and "date" in answer:
        day = answer["date"]
        if question.ask == "month":
            return (str(format_date(date.fromisoformat(f"{day}-01"), "MMMM y")),)
        return (str(format_date(date.fromisoformat(day), "d MMMM y")),)
    return None
