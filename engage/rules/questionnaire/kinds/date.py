"""A day or a month, in plain fields. It is kept and counted as a band (a year, say): a birthday would name somebody."""

import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, model_validator

from engage.rules.marking import worded
from engage.rules.questionnaire.answers import Answer, Form, Mistake
from engage.rules.questionnaire.kinds.bands import band, bound_problems, figures
from engage.rules.questionnaire.kinds.base import InconsistentError, OnPaper, Option, Problem, Question, free_words
from engage.rules.questionnaire.texts import Said

_EACH: Final = 12
_BANDS: Final = 6
_LONGEST: Final = 20
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Month = Annotated[str, Field(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$")]
Bound = Annotated[str, Field(pattern=r"^(19|20|21)[0-9]{2}(-(0[1-9]|1[0-2]))?$")]


class Date(Question):
    """`{"date": "2026-03-27", "value": band id}` (or "2026-03" where `ask: month`); only the band is kept.

    Fields `id-day`, `id-month`, `id-year`. `earliest` and `latest` are months. `bands` are the years (or the months)
    each band begins with; without them every year is a band where there are at most 12, else six of equal width.
    """

    cards: ClassVar[bool] = False

    kind: Literal["date"]
    ask: Literal["date", "month"] = "date"
    earliest: Month = "1950-01"
    latest: Month = "2050-12"
    bands: tuple[Bound, ...] = ()

    @model_validator(mode="after")
    def _bounds_fit(self) -> "Date":
        if self.earliest >= self.latest:
            problem = Problem(
                ("earliest",), worded("is not before latest"), worded("write the first month that can be an answer")
            )
            raise InconsistentError((problem,))
        if len({len(bound) for bound in self.bands}) > 1:
            raise InconsistentError((
                Problem(("bands",), worded("mixes years and months"), worded("write all of one sort")),
            ))
        size = len(self.bands[0]) if self.bands else 4
        if problems := bound_problems(self.bands, self.earliest[:size], self.latest[:size]):
            raise InconsistentError(problems)
        return self

    @cached_property
    def _bounds(self) -> tuple[str, ...]:
        if self.bands:
            first = self.earliest[: len(self.bands[0])]
            return self.bands if self.bands[0] == first else (first, *self.bands)
        first_year, last_year = int(self.earliest[:4]), int(self.latest[:4])
        span = last_year - first_year + 1
        step = 1 if span <= _EACH else -(-span // _BANDS)
        return tuple(str(year) for year in range(first_year, last_year + 1, step))

    @cached_property
    def _options(self) -> tuple[Option, ...]:
        ends = [_before(bound) for bound in self._bounds[1:]] + [self.latest[: len(self._bounds[0])]]
        return tuple(band(low, high) for low, high in zip(self._bounds, ends, strict=True))

    @property
    def parts(self) -> tuple[str, ...]:
        """What is asked, in order: each is a field of its own."""
        return ("day", "month", "year") if self.ask == "date" else ("month", "year")

    @property
    def first_control(self) -> str:
        return f"{self.id}-{self.parts[0]}"

    @property
    def beginnings(self) -> list[tuple[str, str]]:
        """(the year or month it begins with, its option's id) of every band."""
        return [(low, option.id) for low, option in zip(self._bounds, self._options, strict=True)]

    @property
    def said_limits(self) -> dict[str, str]:
        """What messages about a day say: one to copy, the first and the last there may be, as they would be typed."""
        first, last = self._said(f"{self.earliest}-01"), self._said(_last_day(self.latest))
        return {"example": self._said("2026-03-27"), "earliest": first, "latest": last}

    def on_paper(self) -> OnPaper:
        return OnPaper(lines=1)

    @property
    def boxes(self) -> Mapping[str, int]:
        return {f"{self.id}-{part}": _LONGEST for part in self.parts}

    def fields(self) -> tuple[str, ...]:
        return (*(f"{self.id}-{part}" for part in self.parts), self.skip_field)

    def options(self) -> tuple[Option, ...]:
        return self._options

    def read(self, form: Form) -> Answer | Mistake:
        typed = [figures(free_words(form, f"{self.id}-{part}")) for part in self.parts]
        if not any(typed):
            return self.left_empty(form, "date_needed")
        found = _day([*(["1"] if self.ask == "month" else []), *typed])
        if found is None:
            return self.mistake(form, "not_a_date", control=self._missing(typed), example=self.said_limits["example"])
        month = found.isoformat()[:7]
        if month < self.earliest:
            return self.mistake(form, "date_too_early", earliest=self.said_limits["earliest"])
        if month > self.latest:
            return self.mistake(form, "date_too_late", latest=self.said_limits["latest"])
        place = sum(bound <= month for bound in self._bounds) - 1
        return {"date": found.isoformat() if self.ask == "date" else month, "value": self._options[place].id}

    def _missing(self, typed: list[str]) -> str:
        part = next((part for part, words in zip(self.parts, typed, strict=True) if not words), self.parts[0])
        return f"{self.id}-{part}"

    def _said(self, day: str) -> str:
        """A day as it would be typed into the fields."""
        parts = [part.lstrip("0") for part in reversed(day.split("-"))]
        return " ".join(parts[-len(self.parts) :])

    def filled(self, answer: Answer) -> dict[str, tuple[str, ...]]:
        if answer.get("skipped"):
            return {self.skip_field: ("yes",)}
        parts = [part.lstrip("0") for part in reversed(answer.get("date", "").split("-"))]
        return {f"{self.id}-{part}": (words,) for part, words in zip(self.parts, parts, strict=False)}

    def describe(self, answer: Answer, _language: str, *, easy: bool = False) -> tuple[Said, ...]:
        """The day or month in figures, ISO; a page may say it in the words of its language."""
        return (Said(answer["date"], ""),) if "date" in answer else ()

    def csv_columns(self) -> tuple[str, ...]:
        return (self.id,)

    def typed(self, cells: Mapping[str, str]) -> Form:
        parts = figures(cells.get(self.id, "")).split("-")
        return {f"{self.id}-{part}": [words] for part, words in zip(reversed(self.parts), parts, strict=False)}


def _day(typed: list[str]) -> datetime.date | None:
    """Day, month and year as they were typed, as a day that exists; a month may be an English name."""
    day, month, year = typed
    named = month.lower()[:3]
    month = str(_MONTHS.index(named) + 1) if named in _MONTHS else month
    if not all(words.isascii() and words.isdecimal() for words in (day, month, year)) or len(year) != 4:
        return None
    try:
        return datetime.date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


def _before(bound: str) -> str:
    """The year or month before."""
    if len(bound) == 4:
        return str(int(bound) - 1)
    year, month = int(bound[:4]), int(bound[5:])
    return f"{year}-{month - 1:02}" if month > 1 else f"{year - 1}-12"


def _last_day(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    after = datetime.date(year + number // 12, number % 12 + 1, 1)
    return datetime.date.fromordinal(after.toordinal() - 1).isoformat()
