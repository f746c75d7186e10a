"""Can a question ever be shown? Found by walking every way that answers could make a difference to.

One walk forward through the whole definition: a state is where somebody stands and those of their answers that any
rule further on still looks at, so states that cannot be told apart any more are one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Final, NamedTuple

from engage.rules.questionnaire import supplied
from engage.rules.questionnaire.answers import Answer, option_ids, skipped
from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.kinds.choice import Listed
from engage.rules.questionnaire.kinds.multiple import Several
from engage.rules.questionnaire.routing import End, Step

MOST_TRIED: Final = 20_000
"""Where more states than this would have to be kept apart, the questions from there on are taken as reachable."""

_State = dict[str, Answer]


class _At(NamedTuple):
    """Where somebody goes on, whether they were asked anything in this section, and their answers that still count."""

    resume_at: int
    is_inside: bool
    state: _State


_States = dict[tuple[object, ...], _At]


def unreachable(definition: Definition) -> frozenset[str]:
    """The questions that no answers lead to: hidden, skipped over, or after an end, whatever anybody says."""
    return _Search(definition).unreachable


def is_reachable(definition: Definition, question: Question) -> bool:
    """False only when no answers to the earlier questions, themselves shown, lead to this one."""
    return question.id not in unreachable(definition)


@dataclass
class _Search:
    definition: Definition
    named: dict[str, set[str]] = field(default_factory=dict)
    last_read: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Which options any rule names, and after which question nothing looks at an answer any more."""
        for question in self.definition.questions:
            place = self._places[question.id]
            rules = [question.show_if, *(s.when for s in question.skips), *(e.when for e in question.ends)]
            self._read(rules, place)
            if isinstance(question, Listed) and question.carry is not None:
                self.last_read[question.carry.question] = place
        for section in self.definition.sections:
            inside = [self._places[q.id] for q in self.definition.questions if q.section == section.id]
            self._read([section.show_if, *(end.when for end in section.ends)], max(inside) + 1)
        for question in reversed(self.definition.questions):
            if isinstance(question, Listed) and question.carry is not None:
                passed_on = self.named.get(question.id, set())
                self.named.setdefault(question.carry.question, set()).update(passed_on)

    def _read(self, rules: list[Condition | None], place: int) -> None:
        for leaf in (leaf for rule in rules if rule is not None for leaf in rule.leaves()):
            name = leaf.question or ""
            self.named.setdefault(name, set()).update(leaf.option_ids())
            self.last_read[name] = max(place, self.last_read.get(name, 0))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {question.id: place for place, question in enumerate(self.definition.questions)}

    @cached_property
    def unreachable(self) -> frozenset[str]:
        all_steps = self.definition.asker.steps
        missing = set(all_steps)
        states: _States = {(): _At(0, is_inside=False, state={})}
        for number, steps in groupby(all_steps.values(), key=lambda step: step.section):
            for step in steps:
                states = self._after(step, states, missing)
                if len(states) > MOST_TRIED:
                    return frozenset(missing - {s.id for s in all_steps.values() if s.place > step.place})
            states = self._leave(number, states)
        return frozenset(missing)

    def _after(self, step: Step, states: _States, missing: set[str]) -> _States:
        after: _States = {}
        for at in states.values():
            resume_at, _, state = at
            if step.place < resume_at or not step.is_shown(state):
                self._keep(after, step.place, at)
                continue
            question = self.definition.asker.asked(step.id, state)
            is_supplied = self.definition.question(step.id).options() != ()
            if step.carry and is_supplied and not self.definition.asker.is_enough(question):
                self._keep(after, step.place, at)
                continue
            missing.discard(step.id)
            for answer in self._answers(question):
                answered = {**state, step.id: answer}
                led = step.leads(answered)
                if not isinstance(led, End):
                    self._keep(after, step.place, _At(led or resume_at, is_inside=True, state=answered))
        return after

    def _leave(self, number: int, states: _States) -> _States:
        """Without those whom the section's own rules send away."""
        ends = self.definition.sections[number].ends if number >= 0 else ()
        after: _States = {}
        for at in states.values():
            if not (at.is_inside and any(end.when.test(at.state) for end in ends)):
                self._keep(after, -1, at._replace(is_inside=False))
        return after

    def _keep(self, states: _States, place: int, at: _At) -> None:
        live = {name: answer for name, answer in at.state.items() if self.last_read.get(name, -1) > place}
        key = (at.resume_at, at.is_inside, *((name, _sign(live[name])) for name in sorted(live)))
        states[key] = at._replace(state=live)

    def _answers(self, question: Question) -> Iterator[Answer]:
        """Leaving it, and one answer for each way of differing in the named options (and in those that none names)."""
        yield skipped()
        if question.id not in self.last_read and not question.skips and not question.ends:
            return
        options = question.options()
        if options is None:
            yield Answer(text="words")
            return
        named = self.named.get(question.id, set())
        ids = [option.id for option in options if option.id in named]
        ids += [option.id for option in options if option.id not in named][:2]
        if supplied.waits(question):
            ids += sorted(named - set(ids))
        if not isinstance(question, Several):
            yield from (Answer(value=option_id) for option_id in ids)
            return
        yield from _several(question, ids)


def _several(question: Several, ids: list[str]) -> Iterator[Answer]:
    alone = {option.id for option in question.options() if option.exclusive}
    together: list[list[str]] = [[]]
    for option_id in (option_id for option_id in ids if option_id not in alone):
        together += [[*chosen, option_id] for chosen in together if len(chosen) < (question.most or len(ids))]
        if len(together) > MOST_TRIED:
            break
    yield from (Answer(values=chosen) for chosen in together if chosen)
    yield from (Answer(values=[option_id]) for option_id in ids if option_id in alone)


def _sign(answer: Answer) -> tuple[object, ...]:
    return (bool(answer.get("skipped")), *option_ids(answer))
