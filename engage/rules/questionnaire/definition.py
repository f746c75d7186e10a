"""A survey as a value: who is asked what, in which words, and what they are told first.

A definition that exists is consistent: ids are unique, scales exist, conditions look back at questions and options that
are there. Whether it is *good* enough to publish is another matter: see `checks`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from engage.rules.marking import worded
from engage.rules.questionnaire.asked import Asker
from engage.rules.questionnaire.consistent import no_placeholders, question_problems
from engage.rules.questionnaire.freshness import Checked, Progress, progress
from engage.rules.questionnaire.kinds import AnyQuestion
from engage.rules.questionnaire.kinds.base import Column, InconsistentError, Option, Problem, Question
from engage.rules.questionnaire.kinds.choice import Listed, along
from engage.rules.questionnaire.media import Aided
from engage.rules.questionnaire.routing import Section, Step
from engage.rules.questionnaire.steps import steps_of
from engage.rules.questionnaire.texts import ENGLISH, Frozen, Language, Slug, Text

Audience = Literal["children", "young", "parents", "staff", "practitioners", "anyone"]
Threshold = Literal["children", "staff"]
LawfulBasis = Literal["public_task", "legal_obligation", "consent", "legitimate_interests"]

YOUNG_AUDIENCES: Final = frozenset({"children", "young", "anyone"})


class Intro(Aided):
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


class CheckedBy(Frozen):
    """Who last checked a language, and on which day. Never a child's name: a group, an organisation, a role."""

    who: Annotated[str, Field(min_length=1, max_length=200)]
    on: date


class Definition(Frozen):
    """One survey, or the tell-us form (`purpose: tell_us`).

    `threshold` names the group whose smallest publishable number applies (children 10, staff 11). `checked` says who
    has checked a language: a draft, a speaker, a child; English needs no entry. `ask_how`: whether a last page asks who
    was with them when they answered (by default where children answer a survey). `lawful_basis` is the ground for
    holding the answers (UK GDPR article 6); `expected` is about how many people will be asked. `bsl`: every part has a
    film in British Sign Language.
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
    checked_by: dict[Language, CheckedBy] = Field(default_factory=dict)
    bsl: bool = False
    ask_how: bool | None = None
    title: Text
    intro: Intro
    thanks: Text
    scales: dict[Slug, tuple[Text, ...]] = Field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    questions: Annotated[tuple[AnyQuestion, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> "Definition":
        problems = (*self._header_problems(), *self._question_problems())
        if problems:
            raise InconsistentError(problems)
        return self

    def _header_problems(self) -> Iterator[Problem]:
        if ENGLISH not in self.languages:
            yield Problem(("languages",), worded("has no en"), worded("English is always one of them"))
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            yield Problem(("age_min",), worded("is above age_max"), worded("write the younger age here"))
        for language in {**self.checked, **self.checked_by}:
            if language not in self.languages:
                yield Problem(
                    ("checked", language),
                    worded("is not one of the languages"),
                    worded("add it to languages: or remove it"),
                )

    def _question_problems(self) -> Iterator[Problem]:
        yield from question_problems(self.questions, self.sections, self.scales)
        known = {question.id for question in self.questions}
        for loc, text in self._common_texts():
            yield from no_placeholders(text, loc, known)

    def _common_texts(self) -> Iterator[tuple[tuple[str | int, ...], Text]]:
        """The texts that stand outside the questions, with their places."""
        yield ("title",), self.title
        yield from ((("intro", name), text) for name, text in self.intro.texts())
        yield ("thanks",), self.thanks
        for name, words in self.scales.items():
            yield from ((("scales", name, n), text) for n, text in enumerate(words))

    @cached_property
    def _by_id(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions that can be asked: all but those that still wait for supplied options."""
        return tuple(question for question in self.questions if question.options() != ())

    @cached_property
    def silent(self) -> frozenset[str]:
        """The ids of pages that ask nothing."""
        return frozenset(question.id for question in self.questions if not question.asks)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The questions that can be asked as the walk sees them, in written order."""
        return tuple(step for step in self.asker.steps.values() if self._by_id[step.id].options() != ())

    @cached_property
    def asker(self) -> Asker:
        """What makes a question as one person is asked it."""
        return Asker(self._by_id, {step.id: step for step in steps_of(self.questions, self.sections)})

    @cached_property
    def is_plain(self) -> bool:
        """Whether the walk knows no rule but `show_if`."""
        bends = (s.skips or s.ends or s.carry for s in self.steps)
        return not self.sections and not any(bends)

    @cached_property
    def is_mixed(self) -> bool:
        """Whether anything is asked in an order that each person has for themselves."""
        return any(section.order for section in self.sections) or any(step.is_shuffled for step in self.steps)

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

    @property
    def asks_how(self) -> bool:
        """Is there a last page about who was with them? By default where children answer a survey."""
        return self.ask_how if self.ask_how is not None else self.is_young and self.purpose == "survey"

    def supply(self, **options: tuple[Option, ...]) -> "Definition":
        """The same definition with run-time options in place: `supply(services=(Option(...), ...))`."""
        questions = tuple(
            q.supplied(options[q.options_from]) if isinstance(q, Listed) and q.options_from in options else q
            for q in self.questions
        )
        by_id = {question.id: question for question in questions}
        for question in questions:
            if isinstance(question, Listed) and question.carry is not None:
                by_id[question.id] = question.supplied(along(by_id[question.carry.question].options() or ()))
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return self.model_construct(**{**fields, "questions": tuple(by_id.values())})

    def texts(self) -> Iterator[tuple[str | None, str, Text]]:
        """Every text a person may read, as (question id or None, path, text)."""
        yield from ((None, ".".join(map(str, loc)), text) for loc, text in self._common_texts())
        for index, section in enumerate(self.sections):
            yield None, f"sections.{index}.title", section.title
            yield from ((None, f"sections.{index}.ends.{n}.say", end.say) for n, end in enumerate(section.ends))
        for index, question in enumerate(self.questions):
            yield from ((question.id, f"questions.{index}.{name}", text) for name, text in question.texts())
