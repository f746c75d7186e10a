"""The way through a questionnaire: a value computed from the definition and the answers, never stored."""

from dataclasses import dataclass
from functools import cached_property

from engage.rules.questionnaire.answers import Answer, Answers
from engage.rules.questionnaire.definition import Definition


@dataclass(frozen=True)
class Path:
    """The questions these answers lead through, in order. An id that is off the path is a KeyError."""

    ids: tuple[str, ...]
    done: frozenset[str]

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
        return next((question_id for question_id in self.ids if question_id not in self.done), None)


def on_path(definition: Definition, answers: Answers) -> dict[str, Answer]:
    """The answers to questions that are shown, in order. What fell off the path, or is no question, is dropped."""
    return _walk(definition, answers)[1]


def path_for(definition: Definition, answers: Answers) -> Path:
    """The path these answers make. Answers to hidden questions count for nothing."""
    ids, kept = _walk(definition, answers)
    return Path(tuple(ids), frozenset(kept))


def _walk(definition: Definition, answers: Answers) -> tuple[list[str], dict[str, Answer]]:
    ids: list[str] = []
    kept: dict[str, Answer] = {}
    for question_id, shown in definition.steps:
        if shown is None or shown(kept):
            ids.append(question_id)
            if question_id in answers:
                kept[question_id] = answers[question_id]
    return ids, kept
