"""What changed between two definitions, question by question; and which results can be compared."""

from typing import Any

import pytest

from engage.rules.questionnaire.changes import QuestionChange, compare, same_question
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import from_tree, tree_of
from tests.factories.surveys import ready_made

Tree = dict[str, Any]


@pytest.fixture
def before() -> Definition:
    return ready_made("your-voice")


def edited(definition: Definition, edit: Any) -> Definition:
    tree = tree_of(definition)
    edit(tree)
    return from_tree(tree)


def question(tree: Tree, question_id: str) -> Tree:
    return next(each for each in tree["questions"] if each["id"] == question_id)


def changed(before: Definition, after: Definition) -> list[QuestionChange]:
    return [each for each in compare(before, after).questions if each.what != "same" or each.is_moved]


def test_the_same_definition_has_no_changes(before: Definition) -> None:
    assert compare(before, from_tree(tree_of(before))).is_empty


def test_everything_of_a_first_version_is_added(before: Definition) -> None:
    changes = compare(None, before)
    assert {each.what for each in changes.questions} == {"added"}
    assert [each.id for each in changes.questions] == [each.id for each in before.questions]
    assert not changes.is_empty


def test_added_removed_and_moved_are_told_apart_in_the_new_order(before: Definition) -> None:
    ids = [each.id for each in before.questions]

    def edit(tree: Tree) -> None:
        last = tree["questions"].pop()
        assert "show_if" not in last
        tree["questions"].insert(0, tree["questions"].pop(1))
        tree["questions"].insert(0, {**last, "id": "brand_new"})

    found = changed(before, edited(before, edit))
    assert [(each.id, each.what, each.is_moved) for each in found] == [
        ("brand_new", "added", False),
        (ids[1], "same", True),
        (ids[-1], "removed", False),
    ]


def test_words_are_told_by_language_and_way(before: Definition) -> None:
    first = before.questions[0].id

    def edit(tree: Tree) -> None:
        text = question(tree, first)["text"]
        text["ar"]["plain"] = "جديد"
        text["en"].pop("easy")
        tree["title"]["en"]["plain"] = "New title"

    changes = compare(before, edited(before, edit))
    [one] = [each for each in changes.questions if each.what != "same"]
    told = {(words.language, words.easy, words.what) for words in one.words}
    assert told == {("ar", False, "changed"), ("en", True, "removed")}
    assert one.is_same
    assert [(words.place, words.after) for words in changes.words] == [("title", "New title")]


def test_options_routing_and_settings_are_told_apart(before: Definition) -> None:
    asked = next(each for each in before.questions if each.kind == "single" and each.show_if is None)

    def edit(tree: Tree) -> None:
        mine = question(tree, asked.id)
        mine["options"].insert(0, {"id": "new", "text": {"en": {"plain": "New"}}})
        mine["options"][1], mine["options"][2] = mine["options"][2], mine["options"][1]
        mine["required"] = not asked.required
        mine["show_if"] = {"question": before.questions[0].id, "answered": "true"}

    [one] = changed(before, edited(before, edit))
    assert [option.id for option in one.options_added] == ["new"]
    assert one.options_moved
    assert one.routing == ("show_if",)
    assert one.settings == ("required",)
    assert {words.place for words in one.words} == {"options.new"}
    assert not one.is_same


@pytest.mark.parametrize(
    ("edit", "is_same"),
    [
        (lambda q: q["text"]["en"].update(easy="Other easy words"), True),
        (lambda q: q["text"]["en"].update(plain="  HOW safe do you feel at home "), True),
        (lambda q: q["text"]["en"].update(plain="How happy do you feel at home?"), False),
        (lambda q: q.update(hint={"en": "A hint"}, symbol="star", required=False), True),
        (lambda q: q.update(id="other_id"), False),
        (lambda q: q.update(scale="good"), False),
    ],
)
def test_results_are_compared_only_where_the_question_stayed_the_same(
    before: Definition, edit: Any, *, is_same: bool
) -> None:
    tree = tree_of(before)
    tree["questions"] = [question(tree, "safe_home")]
    alone = from_tree(tree)
    edit(tree["questions"][0])
    after = from_tree(tree)
    assert same_question(alone.questions[0], after.questions[0]) is is_same
