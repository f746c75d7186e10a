"""Edits of a definition: each gives the definition as it then is, or raises DefinitionError with every problem found.

What one edit doesn't name stays exactly as it was.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from engage.listening.making.rows import new_id
from engage.listening.making.shape import BEGINS
from engage.rules.marking import worded
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.load import DefinitionError, from_tree, tree_of
from engage.rules.questionnaire.texts import ENGLISH
from engage.rules.questionnaire.tree import Fault

Tree = dict[str, Any]
Edit = Callable[[Definition], Definition]

HEADER: Final = ""
"""Stands for everything around the questions where an edit says what it touches."""

_ID_MOST: Final = 40
_FEWEST_POINTS: Final = 2


def question_tree(definition: Definition, question_id: str) -> Tree:
    """One question as plain data, without defaults; KeyError where there is none."""
    return _questions(tree_of(definition))[_at(definition, question_id)]


def part_of(definition: Definition, touched: str) -> Tree | None:
    """What an edit of `touched` (a question's id, or HEADER) rests on; None where the question is gone."""
    if touched == HEADER:
        return {name: value for name, value in tree_of(definition).items() if name != "questions"}
    return question_tree(definition, touched) if touched in definition else None


def header(definition: Definition, tree: Tree) -> Definition:
    """Another header around the same questions."""
    return from_tree({**tree, "questions": tree_of(definition)["questions"]})


def put(definition: Definition, question_id: str, question: Tree) -> Definition:
    """One question as it is written now."""
    tree = tree_of(definition)
    at = _at(definition, question_id)
    _questions(tree)[at] = question
    return from_tree(_with_section_from(tree, at))


def add(definition: Definition, question: Tree, after: str | None) -> Definition:
    """One question more, after another; None: before all others."""
    tree = tree_of(definition)
    questions = _questions(tree)
    place = _at(definition, after) + 1 if after is not None else 0
    beside = questions[place - 1] if place else questions[0]
    if "section" in beside:
        question = {"section": beside["section"], **question}
    questions.insert(place, question)
    return from_tree(_with_section_from(tree, place))


def free_id(definition: Definition, question: Tree) -> str:
    """A name for a new question, from its English words."""
    words = question.get("text", {}).get(ENGLISH, {}).get("plain", "")
    return new_id(words, {each.id for each in definition.questions}, "question")


def copied(definition: Definition, question_id: str) -> Definition:
    """The question again, right after itself, under a name of its own."""
    taken = {each.id for each in definition.questions}
    count = 2
    while f"{question_id[: _ID_MOST - 4]}_{count}" in taken:
        count += 1
    copy = {**question_tree(definition, question_id), "id": f"{question_id[: _ID_MOST - 4]}_{count}"}
    return add(definition, copy, question_id)


def removed(definition: Definition, question_id: str) -> Definition:
    """Without that question."""
    tree = tree_of(definition)
    del _questions(tree)[_at(definition, question_id)]
    return from_tree(tree)


def moved(definition: Definition, question_id: str, step: int) -> Definition:
    """The question one place earlier (-1) or later (1); at a section's edge it first goes over into the next."""
    tree = tree_of(definition)
    questions = _questions(tree)
    at = _at(definition, question_id)
    to = at + step
    if not 0 <= to < len(questions):
        return definition
    mine, other = questions[at].get("section"), questions[to].get("section")
    if mine != other:
        questions[at] = _in_section(questions[at], other)
    else:
        questions[at], questions[to] = questions[to], questions[at]
    return from_tree(tree)


def with_scale(definition: Definition, name: str, words: Sequence[Tree]) -> Definition:
    """A named scale with these words; it is added where there is none of that name."""
    return from_tree({**tree_of(definition), "scales": {**scales_of(definition), name: list(words)}})


def add_scale(definition: Definition, words: Sequence[Tree]) -> Definition:
    """One scale more, under a name from the words of its last point."""
    if len(words) < _FEWEST_POINTS:
        problem = Fault(0, "scales.words", worded("has too few: at least {min_length}", min_length=_FEWEST_POINTS), "")
        raise DefinitionError("scales", (problem,))
    last = words[-1].get(ENGLISH, {}).get("plain", "")
    name = new_id(last, {each.replace("-", "_") for each in definition.scales}, "scale").replace("_", "-")
    return with_scale(definition, name, words)


def without_scale(definition: Definition, name: str) -> Definition:
    """Without that scale. DefinitionError while a question asks with it (`asking_with`)."""
    left = {each: words for each, words in scales_of(definition).items() if each != name}
    return from_tree({**tree_of(definition), "scales": left})


def asking_with(definition: Definition, scale: str) -> list[Question]:
    """The questions that are asked with a scale, in their order."""
    return [question for question in definition.questions if getattr(question, "scale", None) == scale]


def scales_of(definition: Definition) -> dict[str, object]:
    """Every named scale as the file has it."""
    found = tree_of(definition).get("scales")
    return dict(found) if isinstance(found, dict) else {}


def _with_section_from(tree: Tree, at: int) -> Tree:
    """A section that begins at this question, where its form says so: it takes those after it up to the next section.

    A section without a question can't be, so that one begins with the question that names it. What it is cut from keeps
    what it does: both are asked of the same people, and ends that counted after its last question do so now.
    """
    questions = _questions(tree)
    title = questions[at].get(BEGINS)
    questions[at] = {name: value for name, value in questions[at].items() if name != BEGINS}
    if not title:
        return tree
    before = list(tree.get("sections") or ())
    name = new_id(title.get(ENGLISH, {}).get("plain", ""), {each["id"] for each in before}, "section")
    old = questions[at].get("section")
    stop = next((n for n in range(at, len(questions)) if questions[n].get("section") != old), len(questions))
    questions[at:stop] = [_in_section(each, name) for each in questions[at:stop]]
    asked = [each.get("section") for each in questions]
    kept = [each for each in before if each["id"] in asked]
    later = [n for n, each in enumerate(kept) if each["id"] in asked[stop:]]
    place = min(later, default=len(kept))
    whole: dict[str, Any] = next((each for each in before if each["id"] == old), {})
    kept = [{part: of for part, of in each.items() if each is not whole or part != "ends"} for each in kept]
    return {**tree, "sections": [*kept[:place], {**whole, "id": name, "title": title}, *kept[place:]]}


def _in_section(question: Tree, section: str | None) -> Tree:
    rest = {name: value for name, value in question.items() if name != "section"}
    return {**rest, "section": section} if section else rest


def _questions(tree: dict[str, object]) -> list[Tree]:
    questions = tree["questions"]
    if not isinstance(questions, list):
        raise TypeError("a definition's questions are a list")
    return questions


def _at(definition: Definition, question_id: str) -> int:
    for index, question in enumerate(definition.questions):
        if question.id == question_id:
            return index
    raise KeyError(question_id)
