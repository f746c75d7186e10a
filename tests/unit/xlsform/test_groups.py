"""Groups of an XLSForm are sections; rows outside them stay where they stand, and what fits nowhere is told."""

import pytest

from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.path import path_for
from engage.rules.xlsform.reading import read_xlsform
from engage.rules.xlsform.writing import write_xlsform
from tests.unit.questionnaire.samples import option, sample, words
from tests.unit.xlsform.books import like, read

Row = dict[str, object]


def begin(name: str, **cells: object) -> Row:
    return {"type": "begin_group", "name": name, **cells}


def ask(name: str, **cells: object) -> Row:
    return {"type": "text", "name": name, **cells}


END: Row = {"type": "end_group", "name": None, "label::English (en)": None}


def taken(*rows: Row) -> Definition:
    found = read(*rows)
    assert found.definition is not None, found.refused
    return found.definition


MIXED = (
    ask("before"),
    begin("first"),
    ask("in_one"),
    ask("in_two"),
    END,
    ask("between"),
    ask("between_too"),
    begin("second", relevant="${between} != ''"),
    ask("in_three"),
    END,
    ask("after"),
)


def test_rows_before_between_and_after_groups_keep_their_place_and_only_grouped_ones_have_a_section() -> None:
    definition = taken(*MIXED)
    assert [(question.id, question.section) for question in definition.questions] == [
        ("before", None),
        ("in_one", "first"),
        ("in_two", "first"),
        ("between", None),
        ("between_too", None),
        ("in_three", "second"),
        ("after", None),
    ]
    assert [section.id for section in definition.sections] == ["first", "second"]


def test_whoever_answers_walks_them_in_that_order_and_is_told_of_parts_inside_parts_only() -> None:
    definition = taken(*MIXED)
    path = path_for(definition, {"between": {"text": "x"}})
    assert path.ids == tuple(question.id for question in definition.questions)
    parts = [(part.at, part.of) if part else None for part in map(path.part, path.ids)]
    assert parts == [None, (1, 2), (1, 2), None, None, (2, 2), None]
    assert "in_three" not in path_for(definition, {}), "the group's own condition looks at a row between"


def test_what_was_mixed_goes_out_and_comes_in_the_same() -> None:
    definition = taken(*MIXED)
    again = read_xlsform(write_xlsform(definition).content, like())
    assert again.definition is not None, again.refused
    assert again.definition.sections == definition.sections
    assert again.definition.questions == definition.questions
    assert again.definition.survey == definition.survey


def test_a_group_none_of_whose_questions_can_go_out_is_told_and_the_rest_comes_back() -> None:
    parts = [{"id": name, "title": words(name)} for name in ("one", "two")]
    gone = {"id": "q1", "kind": "matrix", "section": "one", "rows": [option("r"), option("s")]}
    matrix = {**gone, "words": [words("Bad"), words("Good")]}
    definition = sample(matrix, {"id": "q2", "kind": "text", "section": "two"}, sections=parts)
    exported = write_xlsform(definition)
    assert any(told.place == "one" and "none of its questions" in told.reason for told in exported.lost)
    back = read_xlsform(exported.content, like())
    assert back.definition is not None, back.refused
    assert [section.id for section in back.definition.sections] == ["two"]


HOSTILE: dict[str, tuple[tuple[Row, ...], int, str, str]] = {
    "a group in a group": ((begin("a"), begin("b"), ask("q"), END, ask("r"), END), 3, "A type", "inside a group"),
    "three deep": ((begin("a"), begin("b"), begin("c"), ask("q"), END, END, END), 4, "A type", "inside a group"),
    "ends twice": ((begin("a"), ask("q"), END, END), 5, "A type", "never began"),
    "ends first": ((END, ask("q")), 2, "A type", "never began"),
    "never ends": ((ask("q"), begin("a"), ask("r")), 3, "A type", "never ends"),
    "two never end": ((begin("a"), begin("b"), ask("r")), 2, "A type", "never ends"),
    "empty": ((ask("q"), begin("a"), END, ask("r")), 3, "B name", "has no question"),
    "comes back": ((begin("a"), ask("q"), END, ask("r"), begin("a"), ask("s"), END), 6, "B name", "there twice"),
    "named like a question": ((ask("a"), begin("a"), ask("q"), END), 3, "B name", "there twice"),
    "named like a later one": ((begin("a"), ask("q"), END, ask("a")), 5, "B name", "also a section"),
    "no name": ((begin(""), ask("q"), END), 2, "B name", "use letters"),
    "no words": ((begin("a", **{"label::English (en)": None}), ask("q"), END), 2, "B name", "needs words"),
    "looks into itself": ((begin("a", relevant="${q} = ''"), ask("q"), END), 2, "G relevant", "no question above"),
    "looks ahead": (
        (begin("a", relevant="${r} = ''"), ask("q"), END, ask("r")),
        2,
        "G relevant",
        "no question above",
    ),
    "repeats in it": (
        (begin("a"), {"type": "begin_repeat", "name": "b"}, ask("q"), {"type": "end_repeat"}, END),
        3,
        "A type",
        "several times",
    ),
}


@pytest.mark.parametrize(("rows", "row", "column", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_groups_that_fit_nowhere_are_refused_by_row_and_column(
    rows: tuple[Row, ...], row: int, column: str, reason: str
) -> None:
    found = read(*rows)
    assert found.definition is None
    told = [one for one in found.refused if one.place.row == row and reason in one.reason]
    assert told, found.refused
    if "words" not in reason:
        assert told[0].place.column == column


def test_an_inner_group_closes_itself_and_not_the_one_around_it() -> None:
    found = read(begin("a"), begin("b"), ask("q"), END, ask("r"), END, ask("s"))
    assert [(one.place.row, one.reason.partition(":")[0]) for one in found.refused] == [
        (3, "is a group inside a group")
    ], "one fault, told once"


def test_cells_that_say_nothing_about_a_group_are_told() -> None:
    found = read(
        begin("a", required="yes", appearance="field-list", **{"hint::English (en)": "Read", "media::image": "a.png"}),
        ask("q"),
        {**END, "name": "another", "relevant": "${q} = ''"},
    )
    assert found.definition is not None, found.refused
    told = {(one.place.row, one.place.column.partition(" ")[2]): one.reason for one in found.findings}
    for head in ("required", "appearance", "hint::English (en)", "media::image"):
        assert "nothing about a group" in told[2, head]
    assert "the row that ends a group" in told[4, "relevant"]
    assert "this ends a" in told[4, "name"]
