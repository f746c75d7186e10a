"""A question as one person is asked it: their earlier choices in its words and options, its options in their order.

Everything else about a question stays as it is written; results and columns are always those of the written one.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from engage.rules.questionnaire.answers import Answer, Answers, Form, Mistake, option_ids
from engage.rules.questionnaire.kinds.base import Option, Question
from engage.rules.questionnaire.kinds.choice import Listed
from engage.rules.questionnaire.piping import piped
from engage.rules.questionnaire.routing import Step
from engage.rules.questionnaire.texts import Text

STAY_LAST: Final = frozenset({"none", "none-of-these", "other", "else", "something-else", "dont_know", "not-sure"})
"""Options with these ids keep their place at the end when the others are shuffled."""

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Asker:
    """Makes questions as they are asked, from the written ones and the steps of one definition (by id)."""

    written: Mapping[str, Question]
    steps: Mapping[str, Step]

    def asked(self, question_id: str, kept: Answers, seed: bytes = b"") -> Question:
        """The question for somebody who has answered `kept`; `seed` is theirs (b"": the written order)."""
        step, question = self.steps[question_id], self.written[question_id]
        if not (step.carry or step.pipes or step.is_shuffled):
            return question
        if isinstance(question, Listed) and step.carry:
            carried = self._carried(step, kept)
            own = {option.id for option in question.choices}
            question = question.only(tuple(o for o in question.options() if o.id in carried or o.id in own))
        if step.pipes:
            question = self._named(question, kept)
        if isinstance(question, Listed) and step.is_shuffled and seed:
            question = question.only(_mixed(question.options(), seed, step.id))
        return question

    def brought(self, question_id: str, kept: Answers) -> Question:
        """The question with the options these answers bring along; as it is written where they bring too few to ask."""
        asked = self.asked(question_id, kept)
        return asked if self.steps[question_id].carry and self.is_enough(asked) else self.written[question_id]

    def is_enough(self, question: Question) -> bool:
        """Whether there is something to choose from, after options were carried: "none of these" alone is nothing."""
        options = [option for option in question.options() or () if not option.exclusive]
        return not isinstance(question, Listed) or len(options) >= question.fewest

    def chosen(self, question_id: str, kept: Answers) -> tuple[Text, ...]:
        """The texts of the options chosen at a question, in their written order; never what somebody wrote."""
        ids = _ids(kept.get(question_id))
        return tuple(option.text for option in self.written[question_id].options() or () if option.id in ids)

    def fill(self, text: Text, kept: Answers) -> Text:
        """`text` with the options that were chosen in place of its placeholders."""
        return piped(text, lambda name: self.chosen(name, kept))

    def _carried(self, step: Step, kept: Answers) -> set[str]:
        """Ids of the options that come along; none where the earlier question was left or not asked."""
        if step.carry is None or not (chosen := _ids(kept.get(step.carry.question))):
            return set()
        source = self.asked(step.carry.question, kept)
        offered = {option.id for option in source.options() or () if not option.exclusive}
        return offered & chosen if step.carry.take == "chosen" else offered - chosen

    def _named(self, question: Question, kept: Answers) -> Question:
        changed: dict[str, object] = {"text": self.fill(question.text, kept)}
        if question.hint is not None:
            changed["hint"] = self.fill(question.hint, kept)
        filled = question.model_copy(update=changed)
        if not isinstance(filled, Listed):
            return filled
        return filled.only(tuple(o.model_copy(update={"text": self.fill(o.text, kept)}) for o in filled.options()))


def fits(question: Question, answer: Answer) -> bool:
    """Whether the question, as it is asked now, would take this answer."""
    return not isinstance(question.parse(question.filled(answer)), Mistake)


def parse(written: Question, as_asked: Question, form: Form) -> Answer | Mistake:
    """The answer in the form to the question as it was asked; several options stand in their written order."""
    given = as_asked.parse(form)
    if not isinstance(given, Mistake) and "values" in given:
        chosen = set(given["values"])
        given["values"] = [option.id for option in written.options() or () if option.id in chosen]
    return given


def shuffled(things: Iterable[Thing], seed: bytes, name: str, keys: Iterable[str]) -> list[Thing]:
    """`things` in an order that `seed` and `name` give; the same for ever, and telling nothing about the seed."""
    weights = [hashlib.sha256(b"\0".join((seed, name.encode(), key.encode()))).digest() for key in keys]
    return [thing for _, thing in sorted(zip(weights, things, strict=True), key=lambda pair: pair[0])]


def stays_last(option: Option) -> bool:
    """Whether an option keeps its place after all others."""
    return option.exclusive or option.other or option.id in STAY_LAST


def _mixed(options: tuple[Option, ...], seed: bytes, name: str) -> tuple[Option, ...]:
    moving = [option for option in options if not stays_last(option)]
    last = [option for option in options if stays_last(option)]
    return (*shuffled(moving, seed, name, [option.id for option in moving]), *last)


def _ids(answer: Answer | None) -> set[str]:
    return set(option_ids(answer)) if answer is not None else set()
