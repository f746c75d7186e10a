"""When a question is shown: a small closed set of operators on earlier answers.

There is no expression language and nothing is evaluated from text. A skipped, blank or hidden question says nothing:
only `not_answered` (or a `not` around something else) is true of it.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from pydantic import ConfigDict, Field, model_validator

from engage.rules.marking import worded
from engage.rules.questionnaire.answers import Answer, Answers, is_answered
from engage.rules.questionnaire.texts import Frozen

_LEAVES = ("is", "is_not", "any_of", "includes", "answered", "not_answered")
_GROUPS = ("all", "any", "not")
OPERATORS = (*_LEAVES, *_GROUPS)

Test = Callable[[Answers], bool]


class Condition(Frozen):
    """One operator: on a question (`question` and one of the first six) or on conditions (`all`, `any`, `not`)."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_by_name=False, validate_by_alias=True)

    question: str | None = None
    is_: str | None = Field(default=None, alias="is")
    is_not: str | None = None
    any_of: tuple[str, ...] | None = Field(default=None, min_length=1)
    includes: str | None = None
    answered: bool | None = None
    not_answered: bool | None = None
    all_: tuple["Condition", ...] | None = Field(default=None, alias="all", min_length=1)
    any_: tuple["Condition", ...] | None = Field(default=None, alias="any", min_length=1)
    not_: "Condition | None" = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _one_operator(self) -> "Condition":
        given = [name for name in OPERATORS if self._operand(name) is not None]
        if len(given) != 1:
            raise ValueError(worded("needs exactly one of {ids}", ids=", ".join(OPERATORS)))
        if (given[0] in _LEAVES) != (self.question is not None):
            raise ValueError(
                worded("needs `question:` with is, is_not, any_of, includes, answered or not_answered, and only then")
            )
        if False in {self.answered, self.not_answered}:
            raise ValueError(worded("answered and not_answered take only `true`; use the other one instead of `false`"))
        return self

    def _operand(self, name: str) -> object:
        return getattr(self, f"{name}_" if name in {"is", "all", "any", "not"} else name)

    @cached_property
    def operator(self) -> str:
        return next(name for name in OPERATORS if self._operand(name) is not None)

    @cached_property
    def test(self) -> Test:
        """The condition as a function of the answers, put together once."""
        return _test(self)

    def leaves(self) -> Iterator["Condition"]:
        """Every test on a question inside this condition, itself included."""
        if self.question is not None:
            yield self
        for inner in (*(self.all_ or ()), *(self.any_ or ()), *((self.not_,) if self.not_ else ())):
            yield from inner.leaves()

    def option_ids(self) -> tuple[str, ...]:
        """The option ids a leaf names (none for `answered` and groups)."""
        named = [self.is_, self.is_not, self.includes]
        return (*(value for value in named if value is not None), *(self.any_of or ()))


def holds(condition: Condition, answers: Answers) -> bool:
    """Is the condition true of these answers? `answers` must hold only questions that are themselves shown."""
    return condition.test(answers)


def _test(condition: Condition) -> Test:
    if condition.question is not None:
        return _leaf_test(condition, condition.question)
    inner = [_test(part) for part in (*(condition.all_ or ()), *(condition.any_ or ()))]
    if condition.not_ is not None:
        negated = _test(condition.not_)
        return lambda answers: not negated(answers)
    if condition.all_ is not None:
        return lambda answers: all(test(answers) for test in inner)
    return lambda answers: any(test(answers) for test in inner)


def _leaf_test(condition: Condition, question_id: str) -> Test:
    if condition.operator == "not_answered":
        return lambda answers: not is_answered(answers.get(question_id))
    fits = _FITS[condition.operator](condition)

    def test(answers: Answers) -> bool:
        answer = answers.get(question_id)
        return answer is not None and not answer.get("skipped") and fits(answer)

    return test


_FITS: Mapping[str, Callable[[Condition], Callable[[Answer], bool]]] = {
    "is": lambda c: lambda answer: answer.get("value") == c.is_,
    "is_not": lambda c: lambda answer: answer.get("value") != c.is_not,
    "any_of": lambda c: lambda answer: answer.get("value") in (c.any_of or ()),
    "includes": lambda c: lambda answer: c.includes in answer.get("values", ()),
    "answered": lambda _c: lambda _answer: True,
}
