"""What lies within what, because of whom something is asked."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from engage.rules.questionnaire.answers import SKIP
from engage.rules.questionnaire.conditions import Condition
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.nested import Within, can, within
from engage.rules.questionnaire.path import path_for
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


AWAY = {"question": "service", "is": "away"}
LIKED = {**asked(), "id": "liked"}
ENDS = [{"when": AWAY, "say": {"en": "That is all."}}]


def ways_through(definition: Definition, answers: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everybody there can be, answering or leaving every question they are led to."""
    asked_now = path_for(definition, answers).first_unanswered()
    if asked_now is None:
        yield answers
        return
    for option in definition.question(asked_now).options() or ():
        yield from ways_through(definition, {**answers, asked_now: {"value": option.id}})
    yield from ways_through(definition, {**answers, asked_now: {"skipped": True}})


@pytest.mark.parametrize(
    ("questions", "more", "values"),
    [
        ([{**SERVICE, "ends": ENDS}, LIKED, asked()], {}, {"home", SKIP}),
        (
            [{**SERVICE, "skips": [{"when": AWAY, "to": "last"}]}, asked(), {**asked(), "id": "last"}],
            {},
            {"home", SKIP},
        ),
        ([SERVICE, {**LIKED, "ends": ENDS}, asked()], {}, {"home", SKIP}),
        (
            [
                {**SERVICE, "skips": [{"when": {"question": "service", "is": "home"}, "to": "team"}], "ends": ENDS},
                LIKED,
                asked(),
            ],
            {},
            {"home", SKIP},
        ),
        (
            [{**SERVICE, "section": "who"}, {**LIKED, "section": "who"}, asked()],
            {"sections": [{"id": "who", "title": {"en": "Who"}, "ends": ENDS}]},
            {"home", SKIP},
        ),
        ([{**LIKED, "ends": [{**ENDS[0], "when": {"question": "liked", "is": "red"}}]}, SERVICE, asked()], {}, None),
    ],
)
def test_d2_nobody_answers_what_was_skipped_or_comes_after_their_end(
    questions: list[dict[str, Any]], more: dict[str, Any], values: set[str] | None
) -> None:
    """Brute force: everybody who can be; of those who are asked for their team, where they can be."""
    definition = sample(*questions, **more)
    found = {one.values - {""} for one in within(definition) if (one.column, one.name) == ("team", "service")}
    people = [answers for answers in ways_through(definition, {}) if "team" in answers]
    seen = {answers["service"].get("value", SKIP) for answers in people}
    assert found == ({frozenset(values)} if values else set())
    assert seen == (values or ALL - {""})
