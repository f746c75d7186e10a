"""A definition's questions as the walk sees them: conditions put together, names turned into places."""

from collections.abc import Sequence

from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.kinds.choice import Listed
from engage.rules.questionnaire.piping import names
from engage.rules.questionnaire.routing import Section, Step
from engage.rules.questionnaire.texts import Text


def steps_of(questions: Sequence[Question], sections: Sequence[Section]) -> tuple[Step, ...]:
    """A step for each question, in written order."""
    places = {question.id: place for place, question in reversed(list(enumerate(questions)))}
    for place, question in reversed(list(enumerate(questions))):
        if question.section is not None:
            places[question.section] = place  # a section begins at its first question
    numbers = {section.id: number for number, section in enumerate(sections)}
    return tuple(
        _step(question, place, sections, numbers.get(question.section or "", -1), places)
        for place, question in enumerate(questions)
    )


def _step(question: Question, place: int, sections: Sequence[Section], number: int, places: dict[str, int]) -> Step:
    conditions = [sections[number].show_if] if number >= 0 else []
    listed = question if isinstance(question, Listed) else None
    return Step(
        id=question.id,
        place=place,
        section=number,
        shown=tuple(c.test for c in (*conditions, question.show_if) if c is not None),
        skips=tuple((skip.when.test, places[skip.to]) for skip in question.skips),
        ends=tuple((end.when.test, end) for end in question.ends),
        carry=listed.carry if listed is not None else None,
        pipes=tuple(sorted({name for text in _pipeable(question) for name in names(text)})),
        is_shuffled=listed is not None and listed.order is not None,
    )


def _pipeable(question: Question) -> list[Text]:
    texts = [question.text, *([question.hint] if question.hint is not None else [])]
    return texts + [option.text for option in question.options() or ()] if isinstance(question, Listed) else texts
