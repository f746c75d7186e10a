"""The path is a value of the definition and the answers, and nothing off the path is ever sent."""

import pytest
from hypothesis import given

from engage.rules.questionnaire.answers import Answer, Answers
from engage.rules.questionnaire.conditions import holds
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.path import on_path, path_for
from engage.rules.questionnaire.split import split
from tests.unit.questionnaire.samples import ANSWERS, PATIENT, option, routed, sample


@PATIENT
@given(definition=routed(), answers=ANSWERS)
def test_the_path_is_deterministic_and_walks_forward_and_back_alike(definition: Definition, answers: Answers) -> None:
    path = path_for(definition, answers)
    assert path == path_for(definition, dict(reversed(answers.items())))
    assert path.about == len(path.ids) == len(set(path.ids))
    for position, question_id in enumerate(path.ids, start=1):
        assert path.position(question_id) == position
        after = path.next(question_id)
        assert after is None or path.previous(after) == question_id
    assert path.first_unanswered() == next((i for i in path.ids if i not in path.kept), None)


@PATIENT
@given(definition=routed(), answers=ANSWERS)
def test_answers_on_the_path_hold_no_hidden_question_and_change_nothing_when_taken_again(
    definition: Definition, answers: Answers
) -> None:
    kept = on_path(definition, answers)
    path = path_for(definition, answers)
    carriers = {step.id for step in definition.steps if step.carry}  # they keep only what still can be chosen
    assert set(kept) - carriers == {question_id for question_id in path.ids if question_id in answers} - carriers
    assert on_path(definition, kept) == kept
    assert path_for(definition, kept).ids == path.ids
    for question_id in path.ids:
        condition = definition.question(question_id).show_if
        assert condition is None or holds(condition, kept)


def test_changing_an_earlier_answer_drops_what_hung_on_it_and_on_that_again() -> None:
    definition = sample(
        {"id": "a", "kind": "single", "options": [option("yes"), option("no")]},
        {"id": "b", "kind": "single", "options": [option("x"), option("y")], "show_if": {"question": "a", "is": "yes"}},
        {"id": "c", "kind": "text", "show_if": {"question": "b", "answered": True}},
        {"id": "d", "kind": "text"},
    )
    answers: dict[str, Answer] = {
        "a": {"value": "no"},
        "b": {"value": "x"},
        "c": {"text": "gone"},
        "d": {"text": "stays"},
    }
    assert on_path(definition, answers) == {"a": {"value": "no"}, "d": {"text": "stays"}}
    assert path_for(definition, {**answers, "a": {"value": "yes"}}).ids == ("a", "b", "c", "d")
    assert "b" not in path_for(definition, answers)
    with pytest.raises(KeyError):
        path_for(definition, answers).position("b")


def test_an_empty_path_end_has_no_neighbours() -> None:
    path = path_for(sample({"id": "a", "kind": "text"}), {"a": {"skipped": True}})
    assert (path.previous("a"), path.next("a"), path.first_unanswered()) == (None, None, None)


def test_what_is_sent_is_sorted_so_that_words_names_and_choices_never_share_a_place() -> None:
    parts = split(
        sample(),
        {
            "safe": {"value": "2"},
            "service": {"skipped": True},
            "tell": {"values": ["family", "else"], "other": "Gran"},
            "better": {"text": "More lights"},
            "you": {"name": "Sam", "reach": "at school"},
            "forged": {"text": "never asked"},
        },
    )
    assert parts.closed == {
        "safe": {"value": "2"},
        "service": {"skipped": True},
        "tell": {"values": ["family", "else"]},
    }
    assert [(said.question_id, said.words) for said in parts.voices] == [("tell", "Gran"), ("better", "More lights")]
    assert parts.contact == {"you": {"name": "Sam", "reach": "at school"}}
    assert parts.raised == ("safe",)
    assert "Gran" not in str(parts.closed)


def test_a_background_question_gives_its_options_and_a_skipped_text_leaves_its_skip() -> None:
    definition = sample(
        {"id": "age", "kind": "single", "background": True, "options": [option("8-10"), option("11-13")]},
        {"id": "why", "kind": "text"},
    )
    parts = split(definition, {"age": {"value": "8-10"}, "why": {"skipped": True}})
    assert parts.background == {"age": ("8-10",)}
    assert parts.closed["why"] == {"skipped": True}
    assert parts.voices == ()
