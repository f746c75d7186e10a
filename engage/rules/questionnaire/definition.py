"""A survey as a value: who is asked what, in which words, and what they are told first.

A definition that exists is consistent: ids are unique, scales exist, conditions look back at questions and options that
are there. Whether it is *good* enough to publish is another matter: see `checks`.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from engage.rules.questionnaire.conditions import Condition, Test
from engage.rules.questionnaire.freshness import Checked, Progress, progress
from engage.rules.questionnaire.kinds import AnyQuestion
from engage.rules.questionnaire.kinds.base import Column, InconsistentError, Option, Problem, Question
from engage.rules.questionnaire.kinds.choice import Listed
from engage.rules.questionnaire.kinds.multiple import Multiple
from engage.rules.questionnaire.texts import ENGLISH, Frozen, Language, Slug, Text

Audience = Literal["children", "young", "parents", "staff", "practitioners", "anyone"]
Threshold = Literal["children", "staff"]
LawfulBasis = Literal["public_task", "legal_obligation", "consent", "legitimate_interests"]

YOUNG_AUDIENCES: Final = frozenset({"children", "young", "anyone"})
RESERVED: Final = frozenset({"language", "channel", "week", "csrf_token", "easy", "next", "key"})
"""Names a question cannot have: columns of an imported table and fields every page carries."""


class Intro(Frozen):
    """What a person is told before question 1; every text but `minutes` answers one plain question of theirs."""

    who: Text
    why: Text
    known: Text | None = None
    reads: Text
    limits: Text | None = None
    expectation: Text | None = None
    after: Text | None = None
    minutes: Annotated[int, Field(ge=1, le=60)]

    def texts(self) -> Iterator[tuple[str, Text]]:
        for name in ("who", "why", "known", "reads", "limits", "expectation", "after"):
            text = getattr(self, name)
            if isinstance(text, Text):
                yield name, text


class Definition(Frozen):
    """One survey, or the tell-us form (`purpose: tell_us`).

    `threshold` names the group whose smallest publishable number applies (children 10, staff 11). `checked` says who
    has checked a language: a draft, a speaker, a child; English needs no entry. `lawful_basis` is the ground for
    holding the answers (UK GDPR article 6); `expected` is about how many people will be asked.
    """

    survey: Slug
    purpose: Literal["survey", "tell_us"] = "survey"
    audience: Audience
    threshold: Threshold
    age_min: Annotated[int, Field(ge=3, le=25)] | None = None
    age_max: Annotated[int, Field(ge=3, le=25)] | None = None
    languages: tuple[Language, ...] = (ENGLISH,)
    lawful_basis: LawfulBasis | None = None
    expected: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    checked: dict[Language, Checked] = Field(default_factory=dict)
    title: Text
    intro: Intro
    thanks: Text
    scales: dict[Slug, tuple[Text, ...]] = Field(default_factory=dict)
    questions: Annotated[tuple[AnyQuestion, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> "Definition":
        problems = (*self._header_problems(), *self._question_problems())
        if problems:
            raise InconsistentError(problems)
        return self

    def _header_problems(self) -> Iterator[Problem]:
        if ENGLISH not in self.languages:
            yield Problem(("languages",), "has no en", "English is always one of them")
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            yield Problem(("age_min",), "is above age_max", "write the younger age here")
        for language in self.checked:
            if language not in self.languages:
                yield Problem(("checked", language), "is not one of the languages", "add it to languages: or remove it")

    def _question_problems(self) -> Iterator[Problem]:
        earlier: dict[str, Question] = {}
        everything = {question.id for question in self.questions}
        for index, question in enumerate(self.questions):
            found = list(question.bind(self.scales)) or list(question.safety_problems())
            if question.id in earlier:
                found.append(Problem(("id",), f"{question.id!r} is there twice", "give each question its own id"))
            if question.id in RESERVED:
                found.append(Problem(("id",), f"{question.id!r} is kept for the product", "use another id"))
            if question.show_if is not None:
                found.extend(_condition_problems(question.show_if, earlier, everything))
            yield from (Problem(("questions", index, *p.loc), p.message, p.write) for p in found)
            earlier[question.id] = question

    @cached_property
    def _by_id(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions that can be asked: all but those that still wait for supplied options."""
        return tuple(question for question in self.questions if question.options() != ())

    @cached_property
    def steps(self) -> tuple[tuple[str, Test | None], ...]:
        """Of every question that can be asked, its id and when it is shown (None: always), for walking the path."""
        return tuple((q.id, q.show_if.test if q.show_if is not None else None) for q in self.asked)

    @cached_property
    def dividing(self) -> tuple[Column, ...]:
        """The columns that may divide results: one answer of a background question."""
        return tuple(column for q in self.asked if q.background for column in q.columns() if not column.is_multiple)

    @cached_property
    def translated(self) -> Mapping[str, Progress]:
        """Where each language but English stands."""
        texts = [text for _, _, text in self.texts()]
        others = (language for language in self.languages if language != ENGLISH)
        return {language: progress(texts, language, self.checked.get(language, "draft")) for language in others}

    def question(self, question_id: str) -> Question:
        """The question with this id; KeyError if there is none."""
        return self._by_id[question_id]

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._by_id

    @property
    def is_young(self) -> bool:
        """Do children read it? Then every text needs easy words."""
        return self.audience in YOUNG_AUDIENCES

    def supply(self, **options: tuple[Option, ...]) -> "Definition":
        """The same definition with run-time options in place: `supply(services=(Option(...), ...))`."""
        questions = tuple(
            q.supplied(options[q.options_from]) if isinstance(q, Listed) and q.options_from in options else q
            for q in self.questions
        )
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return self.model_construct(**{**fields, "questions": questions})

    def texts(self) -> Iterator[tuple[str | None, str, Text]]:
        """Every text a person may read, as (question id or None, path, text)."""
        yield None, "title", self.title
        yield from ((None, f"intro.{name}", text) for name, text in self.intro.texts())
        yield None, "thanks", self.thanks
        for name, words in self.scales.items():
            yield from ((None, f"scales.{name}.{n}", text) for n, text in enumerate(words))
        for index, question in enumerate(self.questions):
            yield from ((question.id, f"questions.{index}.{name}", text) for name, text in question.texts())


def _condition_problems(condition: Condition, earlier: Mapping[str, Question], known: set[str]) -> Iterator[Problem]:
    for leaf in condition.leaves():
        name = leaf.question or ""
        if name not in earlier:
            message = f"looks at {name!r}, which comes later" if name in known else f"there is no question {name!r}"
            yield Problem(
                ("show_if",), message, f"write an earlier question: {', '.join(earlier) or 'there is none here'}"
            )
            continue
        problem = _leaf_problem(leaf, earlier[name])
        if problem is not None:
            yield problem


def _leaf_problem(leaf: Condition, question: Question) -> Problem | None:
    if leaf.operator in {"answered", "not_answered"}:
        return None
    options = question.options()
    if options is None:
        return Problem(("show_if",), f"{question.id!r} has no options", "use answered: true or not_answered: true")
    if (leaf.operator == "includes") != isinstance(question, Multiple):
        right = "includes" if isinstance(question, Multiple) else "is, is_not or any_of"
        return Problem(("show_if",), f"{leaf.operator} does not fit the kind {question.kind}", f"use {right}")
    ids = {option.id for option in options}
    unknown = [value for value in leaf.option_ids() if value not in ids]
    if unknown and not (isinstance(question, Listed) and question.options_from):
        return Problem(
            ("show_if",), f"{question.id!r} has no option {unknown[0]!r}", f"write one of: {', '.join(sorted(ids))}"
        )
    return None
