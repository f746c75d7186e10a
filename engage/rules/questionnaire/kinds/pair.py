"""One of two large pictures, for the youngest: happy or sad, yes or no."""

from typing import Literal

from pydantic import model_validator

from engage.rules.marking import worded
from engage.rules.questionnaire.kinds.base import InconsistentError, Problem
from engage.rules.questionnaire.kinds.choice import Listed, OneOf


class Pair(Listed, OneOf):
    """`{"value": option id}` of exactly two options, each with a symbol or a picture."""

    kind: Literal["pair"]
    options_from: None = None
    published: None = None

    @model_validator(mode="after")
    def _two_pictures(self) -> "Pair":
        problems = [
            Problem(
                ("options", index, "symbol"),
                worded("is missing: the picture is the answer here"),
                worded("write symbol: or picture:"),
            )
            for index, option in enumerate(self.choices)
            if option.symbol is None and option.picture is None
        ]
        if len(self.choices) != 2:
            problems.append(
                Problem(("options",), worded("has {count}", count=len(self.choices)), worded("write exactly two"))
            )
        if any(option.other for option in self.choices):
            problems.append(
                Problem(("options",), worded("has a box to write in"), worded("ask that in a question of its own"))
            )
        if problems:
            raise InconsistentError(tuple(problems))
        return self
