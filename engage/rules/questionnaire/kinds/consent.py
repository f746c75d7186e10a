"""A statement somebody agrees to or not, before or between the questions. There is no third way to leave it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import Field

from engage.rules.questionnaire.kinds.base import Option
from engage.rules.questionnaire.kinds.choice import OneOf
from engage.rules.questionnaire.texts import Text

AGREE: Final = "agree"
DISAGREE: Final = "disagree"


class Consent(OneOf):
    """`{"value": "agree"}` or `"disagree"`. `statements` are the points agreed to; `agree`, `disagree` the two answers.

    "I do not agree" is how to say no, so "I would rather not say" is not offered; what follows is decided by `show_if`
    and `end_if` of other questions.
    """

    kind: Literal["consent"]
    statements: Annotated[tuple[Text, ...], Field(max_length=12)] = ()
    agree: Text
    disagree: Text
    required: Literal[True] = True

    @cached_property
    def _options(self) -> tuple[Option, ...]:
        return (Option(id=AGREE, text=self.agree), Option(id=DISAGREE, text=self.disagree))

    def options(self) -> tuple[Option, ...]:
        return self._options

    @property
    def offers_skip(self) -> bool:
        return False

    def texts(self) -> Iterator[tuple[str, Text]]:
        yield from super().texts()
        for index, statement in enumerate(self.statements):
            yield f"statements.{index}", statement
        yield "agree", self.agree
        yield "disagree", self.disagree
