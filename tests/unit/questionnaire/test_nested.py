"""What lies within what, because of whom something is asked."""

import itertools
from typing import Any

import pytest

from engage.rules.questionnaire.answers import SKIP
from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.nested import Within, can, within
from tests.unit.questionnaire.samples import sample

ALL = frozenset({"home", "away", SKIP, ""})
SERVICE = {"id": "service", "kind": "single", "background": True, "text": {"en": "Which service?"}, "options": [
    {"id": "home", "text": {"en": "Home"}}, {"id": "away", "text": {"en": "Away"}}]}  # fmt: skip


def asked(**more: Any) -> dict[str, Any]:
    """A question for the team, with more said of it."""
    options = [{"id": "red", "text": {"en": "Red"}}, {"id": "blue", "text": {"en": "Blue"}}]
    return {"id": "team", "kind": "single", "text": {"en": "Which team?"}, "options": options, **more}


@pytest.mark.parametrize(
    ("condition", "values"),
    [
        ({"question": "service", "is": "home"}, {"home"}),
        ({"question": "service", "any_of": ["home", "away"]}, {"home", "away"}),
        ({"question": "service", "is_not": "home"}, {"away"}),
        ({"question": "service", "not_answered": True}, {SKIP, ""}),
        ({"not": {"question": "service", "is": "home"}}, {"away", SKIP, ""}),
        ({"all": [{"question": "service", "answered": True}, {"question": "liked", "is": "yes"}]}, {"home", "away"}),
    ],
)
def test_d2_a_group_lies_within_those_who_can_be_asked_for_it(condition: dict[str, Any], values: set[str]) -> None:
    liked = {
        **asked(),
        "id": "liked",
        "options": [{"id": "yes", "text": {"en": "Yes"}}, {"id": "no", "text": {"en": "No"}}],
    }
    definition = sample(SERVICE, liked, asked(background=True, show_if=condition))
    assert list(within(definition)) == [Within("team", "service", frozenset(values))]


def test_d2_what_anybody_may_be_asked_lies_within_nothing() -> None:
    either = {"any": [{"question": "service", "is": "home"}, {"question": "liked", "is": "red"}]}
    definition = sample(SERVICE, {**asked(), "id": "liked"}, asked(show_if=either))
    assert list(within(definition)) == []


def test_what_a_condition_can_be_is_what_trying_every_answer_finds() -> None:
    """Brute force: every condition of two tests, over every answer to the other question."""
    leaves = [{"question": one, name: "home"} for one in ("service", "other") for name in ("is", "is_not")]
    leaves += [{"question": one, "not_answered": True} for one in ("service", "other")]
    said = {"home": {"value": "home"}, "away": {"value": "away"}, SKIP: {"skipped": True}}
    for group, one, other, is_turned in itertools.product(("all", "any"), leaves, leaves, (False, True)):
        together: dict[str, Any] = {group: [one, {"not": other} if is_turned else other]}
        condition = Condition.model_validate(together)
        for value in sorted(ALL):
            mine = {"service": said[value]} if value else {}
            tried = {condition.test({**mine, **({"other": said[more]} if more else {})}) for more in ALL}
            assert tried <= can(condition, "service", value)
