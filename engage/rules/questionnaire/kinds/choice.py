"""What the kinds with options share: one choice of a list, one point of a scale."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from engage.rules.marking import worded
from engage.rules.questionnaire.answers import SKIP, Answer, Form, Mistake
from engage.rules.questionnaire.kinds.base import (
    OTHER_LENGTH,
    InconsistentError,
    Option,
    Problem,
    Question,
    Scales,
    free_words,
)
from engage.rules.questionnaire.routing import Carry
from engage.rules.questionnaire.texts import Text


class OneOf(Question):
    """A question answered by one option: `{"value": option id}` and, where it says "say what", `other`."""

    @abstractmethod
    def options(self) -> tuple[Option, ...]: ...

    def fields(self) -> tuple[str, ...]:
        return (self.id, f"{self.id}-other") if any(o.other for o in self.options()) else (self.id,)

    def read(self, form: Form) -> Answer | Mistake:
        chosen = list(dict.fromkeys(v for v in form.get(self.id, ()) if v))
        if not chosen:
            return self.left_empty(form, "choose_one")
        if len(chosen) > 1:
            return self.mistake(form, "one_only")
        option = find(self.options(), chosen[0])
        if option is None:
            return self.mistake(form, "unknown_option")
        return with_other(self, form, {"value": option.id}, (option,))

    def filled(self, answer: Answer) -> dict[str, tuple[str, ...]]:
        return filled(self, (answer["value"],) if "value" in answer else (), answer)


class Worded(Question):
    """A question whose options are the points of a scale, lowest first, in words here or under a name in `scales`."""

    lengths: ClassVar[tuple[int, ...]]
    points: ClassVar[str]

    words: tuple[Text, ...] | None = None
    scale: str | None = None
    _options: tuple[Option, ...] = PrivateAttr(default=())

    @model_validator(mode="after")
    def _words_or_scale(self) -> "Worded":
        if (self.words is None) == (self.scale is None):
            raise InconsistentError((
                Problem((), worded("needs the words of its points"), worded("write either words: or scale:, not both")),
            ))
        if self.words is not None:
            self._set(self.words)
        return self

    def _ids(self, count: int) -> list[str]:
        return [str(n) for n in range(1, count + 1)]

    def _set(self, words: tuple[Text, ...]) -> tuple[Problem, ...]:
        if len(words) not in self.lengths:
            where = "words" if self.scale is None else "scale"
            problem = Problem(
                (where,),
                worded("has {count} words", count=len(words)),
                worded("write {points}, lowest first", points=self.points),
            )
            if self.scale is None:
                raise InconsistentError((problem,))
            return (problem,)
        self._options = tuple(Option(id=i, text=w) for i, w in zip(self._ids(len(words)), words, strict=True))
        return ()

    def bind(self, scales: Scales, /) -> tuple[Problem, ...]:
        if self.scale is None:
            return ()
        words = scales.get(self.scale)
        if words is None:
            return (
                Problem(
                    ("scale",), worded("there is no scale {id}", id=repr(self.scale)), worded("name it under scales:")
                ),
            )
        return self._set(words)

    def options(self) -> tuple[Option, ...]:
        return self._options

    def texts(self) -> Iterator[tuple[str, Text]]:
        yield from super().texts()
        for index, words in enumerate(self.words or ()):
            yield f"words.{index}", words


class OnScale(Worded, OneOf):
    """A question answered by one point of a scale."""


class Listed(Question):
    """A question whose options are written in the definition, supplied when a page is made, or both.

    `options_from: services` puts the supplied options before the written ones, `carry` those of an earlier question.
    `published` (in YAML `supplied`) are those of the day a version was published; None until then.
    `order: random` shows the options in an order of their own for each person.
    """

    exclusive_allowed: ClassVar[bool] = False
    fewest: ClassVar[int] = 2

    choices: tuple[Option, ...] = Field(default=(), alias="options")
    options_from: Literal["services"] | None = None
    published: tuple[Option, ...] | None = Field(default=None, alias="supplied")
    carry: Carry | None = None
    order: Literal["random"] | None = None
    _supplied: tuple[Option, ...] = PrivateAttr(default=())

    def options(self) -> tuple[Option, ...]:
        return (*self._supplied, *self.choices)

    def supplied(self, options: tuple[Option, ...]) -> Self:
        """The same question with these options before its own; an id it has already is not taken twice."""
        own = {option.id for option in self.choices}
        copy = self.model_copy()
        copy._supplied = tuple(option for option in options if option.id not in own and option.id != SKIP)
        return copy

    def bring(self, options: tuple[Option, ...]) -> None:
        """While the definition is made, take what may come along from the question that `carry` names."""
        own = {option.id for option in self.choices}
        self._supplied = tuple(option for option in along(options) if option.id not in own)

    def only(self, options: tuple[Option, ...]) -> Self:
        """The same question with exactly these options, in this order."""
        copy = self.model_copy(update={"choices": ()})
        copy._supplied = options
        return copy

    def texts(self) -> Iterator[tuple[str, Text]]:
        yield from super().texts()
        for index, option in enumerate(self.choices):
            yield from ((f"options.{index}.{name}", text) for name, text in option.texts())

    @model_validator(mode="after")
    def _options_fit(self) -> "Listed":
        problems = option_problems(self.choices, exclusive=self.exclusive_allowed)
        if len(self.choices) < 2 and self.options_from is None and self.carry is None:
            problems = (
                *problems,
                Problem(("options",), worded("has fewer than two"), worded("write at least two, each {id, text}")),
            )
        if self.carry is not None and self.options_from is not None:
            problems = (
                *problems,
                Problem(("carry",), worded("stands beside options_from"), worded("keep one of the two")),
            )
        if self.published is not None and self.options_from is None:
            problems = (*problems, Problem(("supplied",), worded("stands without options_from"), worded("remove it")))
        if self.order is not None and self.safety:
            problems = (
                *problems,
                Problem(("order",), worded("shuffles a safety question"), worded("remove it: its order stays")),
            )
        if problems:
            raise InconsistentError(problems)
        if self.published:
            own = {SKIP, *(option.id for option in self.choices)}
            self._supplied = tuple(option for option in self.published if option.id not in own)
        return self


def along(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """What may be carried to a later question: no "none of these", and no box for words of one's own."""
    return tuple(option.model_copy(update={"other": False}) for option in options if not option.exclusive)


def find(options: tuple[Option, ...], option_id: str) -> Option | None:
    return next((option for option in options if option.id == option_id), None)


def with_other(question: Question, form: Form, answer: Answer, chosen: tuple[Option, ...]) -> Answer | Mistake:
    """The answer with the words of its "say what" box, if that option is among the chosen ones."""
    option = next((option for option in chosen if option.other), None)
    if option is None:
        return answer
    control = f"{question.id}-other"
    words = free_words(form, control)
    if len(words) > OTHER_LENGTH:
        return question.mistake(form, "too_long", control=control, most=OTHER_LENGTH, over=len(words) - OTHER_LENGTH)
    if words:
        answer["other"] = words
    return answer


def filled(question: Question, ids: tuple[str, ...], answer: Answer) -> dict[str, tuple[str, ...]]:
    if answer.get("skipped"):
        return {question.id: (SKIP,)}
    form = {question.id: ids}
    if answer.get("other"):
        form[f"{question.id}-other"] = (answer["other"],)
    return form


def option_problems(options: tuple[Option, ...], *, exclusive: bool) -> tuple[Problem, ...]:
    """What is wrong with a written list of options."""
    problems: list[Problem] = []
    seen: set[str] = set()
    for index, option in enumerate(options):
        if option.id in seen:
            problems.append(
                Problem(
                    ("options", index, "id"),
                    worded("{id} is there twice", id=repr(option.id)),
                    worded("give each option its own id"),
                )
            )
        if option.id == SKIP:
            problems.append(
                Problem(
                    ("options", index, "id"),
                    worded("{id} is kept for “I would rather not say”", id=repr(SKIP)),
                    worded("use another id"),
                )
            )
        if option.exclusive and not exclusive:
            problems.append(
                Problem(
                    ("options", index, "exclusive"),
                    worded("only a multiple question can be exclusive"),
                    worded("remove it"),
                )
            )
        seen.add(option.id)
    if sum(option.other for option in options) > 1:
        problems.append(
            Problem(("options",), worded("has two options with a box to write in"), worded("keep other: true on one"))
        )
    return tuple(problems)
