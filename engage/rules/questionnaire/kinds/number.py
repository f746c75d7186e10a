"""A number in figures. Only the band it falls into is kept and counted: an exact age can name somebody."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, model_validator

from engage.rules.marking import worded
from engage.rules.questionnaire.answers import Answer, Form, Mistake
from engage.rules.questionnaire.kinds.bands import band, bound_problems, figures
from engage.rules.questionnaire.kinds.base import InconsistentError, OnPaper, Option, Problem, Question, free_words
from engage.rules.questionnaire.texts import Said, Text

_MOST: Final = 1_000_000
_LONGEST: Final = 20
_BANDS: Final = 5
_EACH: Final = 12
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_NUMBER: Final = re.compile(r"[-\u2212]?[0-9]+([.][0-9]+)?")

Bound = Annotated[int, Field(ge=0, le=_MOST)]


class Number(Question):
    """`{"number": "12", "value": band id}`; only the band is kept. Field `id`.

    `bands` are the numbers each band begins with (the first may be left out); without them every number is a band of
    its own where there are at most 12, else there are five bands of equal width.
    """

    cards: ClassVar[bool] = False

    kind: Literal["number"]
    unit: Text | None = None
    least: Bound = Field(default=0, alias="min")
    greatest: Bound = Field(default=999, alias="max")
    decimals: Annotated[int, Field(ge=0, le=2)] = 0
    bands: tuple[Bound, ...] = ()

    @model_validator(mode="after")
    def _bounds_fit(self) -> "Number":
        problems = bound_problems(self.bands, self.least, self.greatest)
        if self.least >= self.greatest:
            problems = (
                Problem(
                    ("min",), worded("is not below max"), worded("write the smallest number that can be an answer")
                ),
            )
        if problems:
            raise InconsistentError(problems)
        return self

    @cached_property
    def _bounds(self) -> tuple[int, ...]:
        if self.bands:
            return self.bands if self.bands[0] == self.least else (self.least, *self.bands)
        span = self.greatest - self.least + 1
        step = 1 if span <= _EACH else -(-span // _BANDS)
        return tuple(range(self.least, self.greatest + 1, step))

    @cached_property
    def _options(self) -> tuple[Option, ...]:
        step = Decimal(1).scaleb(-self.decimals)
        # The next band begins one step later. With decimals the last band may hold one number alone.
        ends = [str(bound - step) for bound in self._bounds[1:]] + [str(self.greatest)]
        return tuple(band(str(low), high) for low, high in zip(self._bounds, ends, strict=True))

    @property
    def beginnings(self) -> list[tuple[int, str]]:
        """(the number it begins with, its option's id) of every band."""
        return [(low, option.id) for low, option in zip(self._bounds, self._options, strict=True)]

    def on_paper(self) -> OnPaper:
        return OnPaper(lines=1)

    @property
    def boxes(self) -> Mapping[str, int]:
        return {self.id: _LONGEST}

    def fields(self) -> tuple[str, ...]:
        return (self.id, self.skip_field)

    def options(self) -> tuple[Option, ...]:
        return self._options

    def read(self, form: Form) -> Answer | Mistake:
        typed = figures(free_words(form, self.id))
        if not typed:
            return self.left_empty(form, "number_needed")
        found = _number(typed)
        if found is None:
            return self.mistake(form, "not_a_number")
        if found != round(found, self.decimals):
            return self.mistake(form, "not_whole" if not self.decimals else "not_a_number")
        if found < self.least:
            return self.mistake(form, "number_too_low", least=self.least)
        if found > self.greatest:
            return self.mistake(form, "number_too_high", most=self.greatest)
        place = sum(bound <= found for bound in self._bounds) - 1
        return {"number": f"{found.normalize():f}", "value": self._options[place].id}

    def filled(self, answer: Answer) -> dict[str, tuple[str, ...]]:
        return {self.skip_field: ("yes",)} if answer.get("skipped") else {self.id: (answer.get("number", ""),)}

    def describe(self, answer: Answer, language: str, *, easy: bool = False) -> tuple[Said, ...]:
        number = answer.get("number", "")
        if not number or self.unit is None:
            return (Said(number, ""),) if number else ()
        unit = self.unit.say(language, easy=easy)
        return (Said(f"{number} {unit.text}", unit.lang),)

    def texts(self) -> Iterator[tuple[str, Text]]:
        yield from super().texts()
        if self.unit is not None:
            yield "unit", self.unit


def _number(typed: str) -> Decimal | None:
    """What was typed as a number, however people write numbers: 1,000 and 3,5 and 3٫5; None if it is none."""
    if len(typed) > _LONGEST:
        return None
    plain = typed.replace("\u066b", ".").replace("\u066c", ",").replace(" ", "")
    plain = plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain.replace(",", ".")
    return Decimal(plain.replace("\u2212", "-")) if _NUMBER.fullmatch(plain) else None
