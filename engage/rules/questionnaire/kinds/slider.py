"""A line from one end to the other. The real answers are radios, one a point; a script may lay a slider over them."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from engage.rules.marking import worded
from engage.rules.questionnaire.kinds.base import InconsistentError, Option, Problem
from engage.rules.questionnaire.kinds.choice import OneOf
from engage.rules.questionnaire.texts import Text, Words

_POINTS: Final = 11
Point = Annotated[int, Field(ge=0, le=1000)]


class Slider(OneOf):
    """Option ids are the numbers themselves, "0" to "10". `low` and `high` are the words of the two ends.

    Dragging is never the only way (WCAG 2.2, 2.5.7): every point can be chosen by itself.
    """

    kind: Literal["slider"]
    start: Point = Field(default=0, alias="from")
    end: Point = Field(default=10, alias="to")
    step: Annotated[int, Field(ge=1)] = 1
    low: Text
    high: Text

    @model_validator(mode="after")
    def _points_fit(self) -> "Slider":
        span = self.end - self.start
        if span < 2 * self.step:
            raise InconsistentError((
                Problem(("to",), worded("leaves fewer than three points"), worded("write a higher number")),
            ))
        if span % self.step:
            raise InconsistentError((
                Problem(("step",), worded("does not lead to the last point"), worded("write another step")),
            ))
        if span // self.step >= _POINTS:
            raise InconsistentError((
                Problem(
                    ("step",), worded("makes more than {most} points", most=_POINTS), worded("write a larger step")
                ),
            ))
        return self

    @cached_property
    def _options(self) -> tuple[Option, ...]:
        ends = {self.start: self.low, self.end: self.high}
        return tuple(
            Option(id=str(n), text=_numbered(n, ends.get(n))) for n in range(self.start, self.end + 1, self.step)
        )

    def options(self) -> tuple[Option, ...]:
        return self._options

    def texts(self) -> Iterator[tuple[str, Text]]:
        yield from super().texts()
        yield "low", self.low
        yield "high", self.high


def _numbered(number: int, words: Text | None) -> Text:
    """The number, and the words of its end in every language they have."""
    if words is None:
        return Text.english(str(number))
    dash = f"{number} \N{EN DASH} "
    return Text({
        language: Words(plain=dash + said.plain, easy=dash + said.easy if said.easy else None)
        for language, said in words.root.items()
    })
