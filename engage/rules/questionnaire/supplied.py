"""Options that a definition takes from elsewhere: written into a version when it is published, left open before.

A version never changes, so it carries what could be chosen on its day; what will be the next version waits for the list
of its own day.
"""

from collections.abc import Callable, Mapping

from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Option, Question
from engage.rules.questionnaire.kinds.choice import Listed

Supplied = tuple[Option, ...] | None


def waits(question: Question) -> bool:
    """Whether its answers come from a list that was not written in yet."""
    return isinstance(question, Listed) and question.options_from is not None and question.published is None


def is_waiting(definition: Definition) -> bool:
    """Whether any question waits for its list."""
    return any(waits(question) for question in definition.questions)


def write_in(definition: Definition, lists: Mapping[str, tuple[Option, ...]]) -> Definition:
    """The definition with `lists` (by the name in `options_from`) in every question that waits for one."""

    def change(question: Question) -> Supplied:
        if not isinstance(question, Listed):
            return None
        return lists.get(question.options_from or "") if waits(question) else question.published

    return _changed(definition, change) if is_waiting(definition) else definition


def leave_open(definition: Definition) -> Definition:
    """The definition as it is made: without lists that were written into a version of it."""
    if not any(isinstance(each, Listed) and each.published is not None for each in definition.questions):
        return definition
    return _changed(definition, lambda _question: None)


def _changed(definition: Definition, change: Callable[[Question], Supplied]) -> Definition:
    tree = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    questions = []
    for part, question in zip(tree["questions"], definition.questions, strict=True):
        options = change(question)
        plain = {name: value for name, value in part.items() if name != "supplied"}
        questions.append(plain if options is None else {**plain, "supplied": [_plain(each) for each in options]})
    return Definition.model_validate({**tree, "questions": questions})


def _plain(option: Option) -> dict[str, object]:
    return option.model_dump(mode="json", by_alias=True, exclude_defaults=True)
