"""The way through a questionnaire: a value computed from the definition and the answers, never stored.

The walk goes forward only, through the questions in their order, so every path ends. A shuffled section has its order
from `seed`; what is asked in it is the same whatever the order, because nothing inside looks at anything inside.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from engage.rules.questionnaire.answers import Answer, Answers, Form, Mistake, option_ids
from engage.rules.questionnaire.asked import fits, parse, shuffled
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.routing import End, Section, Step
from engage.rules.questionnaire.texts import Text


@dataclass(frozen=True)
class Part:
    """Where a question stands among the sections of a path: "Part 2 of 4"."""

    at: int
    of: int
    section: Section


@dataclass(frozen=True)
class Path:
    """The questions these answers lead through, in order. An id that is off the path is a KeyError.

    `kept`: the answers on the path. `end`: the rule that ended it early, if one did.
    """

    ids: tuple[str, ...]
    kept: Mapping[str, Answer]
    end: End | None
    definition: Definition = field(compare=False, repr=False)
    seed: bytes = field(default=b"", compare=False, repr=False)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {question_id: n for n, question_id in enumerate(self.ids, start=1)}

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._positions

    @property
    def about(self) -> int:
        """How many questions there are as far as one can tell now ("Question 3 of about 9")."""
        return len(self.ids)

    def position(self, question_id: str) -> int:
        """1 for the first question."""
        return self._positions[question_id]

    def next(self, question_id: str) -> str | None:
        """The question after this one; None after the last."""
        place = self._positions[question_id]
        return self.ids[place] if place < len(self.ids) else None

    def previous(self, question_id: str) -> str | None:
        """The question before this one; None before the first."""
        place = self._positions[question_id]
        return self.ids[place - 2] if place > 1 else None

    def first_unanswered(self) -> str | None:
        """The first question neither answered nor skipped; None when everything is."""
        return next((question_id for question_id in self.ids if question_id not in self.kept), None)

    @property
    def is_dropped(self) -> bool:
        """Whether somebody chose not to take part, so that nothing of theirs may be kept."""
        return self.end is not None and self.end.nothing_kept

    @property
    def farewell(self) -> Text | None:
        """Why it ends here, with chosen options named; None at the usual end."""
        return self.definition.asker.fill(self.end.say, self.kept) if self.end is not None else None

    def question(self, question_id: str) -> Question:
        """The question as this person is asked it: chosen options in its words, its options carried and in order."""
        _ = self._positions[question_id]
        return self.definition.asker.asked(question_id, self.kept, self.seed)

    def parse(self, question_id: str, form: Form) -> Answer | Mistake:
        """The answer in the form to the question as it is asked here."""
        return parse(self.definition.question(question_id), self.question(question_id), form)

    def variant(self, question_id: str) -> tuple[tuple[str, ...], ...] | None:
        """What makes the question's page another one than somebody else's: chosen options; None: it is theirs alone."""
        step = self.definition.asker.steps[question_id]
        if step.is_shuffled and self.seed:
            return None
        return tuple(option_ids(self.kept.get(name, {})) for name in step.rests_on)

    def part(self, question_id: str) -> Part | None:
        """The section a question stands in and its number among those on the path; None outside the sections."""
        here = self.definition.asker.steps[question_id].section
        if here < 0:
            return None
        return Part(self._parts.index(here) + 1, len(self._parts), self.definition.sections[here])

    @cached_property
    def _parts(self) -> list[int]:
        steps = self.definition.asker.steps
        inside = (steps[question_id].section for question_id in self.ids)
        return list(dict.fromkeys(section for section in inside if section >= 0))


def on_path(definition: Definition, answers: Answers) -> dict[str, Answer]:
    """The answers to questions that are shown, in order. What fell off the path, or is no question, is dropped."""
    return _walk(definition, answers, b"").kept


def path_for(definition: Definition, answers: Answers, seed: bytes = b"") -> Path:
    """The path these answers make for the person whose `seed` it is. Answers to hidden questions count for nothing."""
    walk = _walk(definition, answers, seed)
    return Path(tuple(walk.ids), walk.kept, walk.end, definition, seed)


def order_for(definition: Definition, seed: bytes) -> Iterable[Step]:
    """All steps in the order in which this person walks them."""
    if not seed or not any(section.order for section in definition.sections):
        return definition.steps
    ordered: list[Step] = []
    for number, group in groupby(definition.steps, key=lambda step: step.section):
        steps = list(group)
        section = definition.sections[number] if number >= 0 else None
        is_mixed = section is not None and section.order is not None
        ordered += shuffled(steps, seed, section.id, [s.id for s in steps]) if section and is_mixed else steps
    return ordered


@dataclass
class _Walk:
    """One walk: what is on the path so far, and where it goes on."""

    definition: Definition
    answers: Answers
    ids: list[str] = field(default_factory=list)
    kept: dict[str, Answer] = field(default_factory=dict)
    end: End | None = None
    resume_at: int = 0
    section: int = -1
    is_whole: bool = False

    def enter(self, step: Step) -> None:
        """Leave the section before, where this step stands in another: its own rule may end the walk."""
        if step.section != self.section:
            self.leave_section()
            self.section = -1

    def leave_section(self) -> None:
        """A section's rules count once everything asked in it is answered or left."""
        if self.section >= 0 and self.is_whole and self.end is None:
            ends = self.definition.sections[self.section].ends
            self.end = next((end for end in ends if end.when.test(self.kept)), None)

    def take(self, step: Step) -> None:
        """Put the question on the path, with its answer, and go where its rules lead."""
        answer = self.answers.get(step.id)
        if step.carry is not None:
            question = self.definition.asker.asked(step.id, self.kept)
            if not self.definition.asker.is_enough(question):
                return
            answer = answer if answer is not None and fits(question, answer) else None
        self.ids.append(step.id)
        self.is_whole = answer is not None and (self.is_whole or self.section < 0)
        self.section = step.section
        if answer is None:
            return
        self.kept[step.id] = answer
        led = step.leads(self.kept)
        if isinstance(led, End):
            self.end = led
        elif led is not None:
            self.resume_at = led


def _walk(definition: Definition, answers: Answers, seed: bytes) -> _Walk:
    walk = _Walk(definition, answers)
    if definition.is_plain:
        return _straight(walk)
    for step in order_for(definition, seed):
        if step.place < walk.resume_at or not step.is_shown(walk.kept):
            continue
        walk.enter(step)
        if walk.end is None:
            walk.take(step)
        if walk.end is not None:
            return walk
    walk.leave_section()
    return walk


def _straight(walk: _Walk) -> _Walk:
    """The same where questions are only shown or not: nearly every survey, so it is kept quick."""
    ids, kept, answers = walk.ids, walk.kept, walk.answers
    for step in walk.definition.steps:
        if step.shown and not step.is_shown(kept):
            continue
        ids.append(step.id)
        if step.id in answers:
            kept[step.id] = answers[step.id]
    return walk
