"""How the way through a questionnaire may bend: sections, skipping ahead, ending early, options brought along.

Models only; what of them fits together is in `consistent`, and who is led where in `path`.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from engage.rules.questionnaire.answers import Answers
from engage.rules.questionnaire.conditions import Condition, Test
from engage.rules.questionnaire.texts import Frozen, Text

SectionId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=40)]


class End(Frozen):
    """Where the condition holds there is nothing more to ask, and `say` tells why.

    `nothing_kept`: what was answered so far is removed and nothing is sent (somebody did not agree to take part).
    Without it the answers are checked and sent as at the end of every survey.
    """

    when: Condition
    say: Text
    nothing_kept: bool = False


class Skip(Frozen):
    """Where the condition holds, the next question is `to`: a later question, or the first of a later section."""

    when: Condition
    to: str


class Carry(Frozen):
    """Options brought along from an earlier question: those that were chosen there, or those that were not.

    Options that stand alone ("none of these") are never brought along, nor what somebody wrote beside one.
    """

    question: str
    take: Literal["chosen", "not_chosen"] = "chosen"


class Section(Frozen):
    """A part of a survey. `order: random` asks its questions in an order of their own for each person."""

    id: SectionId
    title: Text
    show_if: Condition | None = None
    order: Literal["random"] | None = None
    ends: tuple[End, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One question as the walk sees it, put together once for each definition.

    `place` counts the written questions from 0, `section` the sections (-1: none). `shown`: every condition that must
    hold. `skips`: (condition, place to go on from). `pipes`: questions whose chosen options its words name.
    """

    id: str
    place: int
    section: int
    shown: tuple[Test, ...]
    skips: tuple[tuple[Test, int], ...]
    ends: tuple[tuple[Test, End], ...]
    carry: Carry | None
    pipes: tuple[str, ...]
    is_shuffled: bool

    def is_shown(self, kept: Answers) -> bool:
        """Whether the answers so far lead here (carried options apart)."""
        return all(test(kept) for test in self.shown)

    def leads(self, kept: Answers) -> int | End | None:
        """Where the question's own rules lead once it is answered or left: to a place, to the end, or just on."""
        for test, end in self.ends:
            if test(kept):
                return end
        return next((place for test, place in self.skips if test(kept)), None)

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The questions whose answers change what stands on this one's page."""
        return (*self.pipes, self.carry.question) if self.carry else self.pipes
