"""Bulk answers: a row is whole and valid, or told by line and reason; nothing is invented and nothing half-taken."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.rules.questionnaire.import_rows import ImportedRow, csv_columns, read_csv
from tests.unit.questionnaire.samples import PATIENT, option, sample

DEFINITION = sample(
    {"id": "safe", "kind": "faces", "scale": "five"},
    {"id": "tell", "kind": "multiple", "options": [option("family"), option("friend"), option("else", other=True)]},
    {"id": "low", "kind": "text", "most": 20, "show_if": {"question": "safe", "is": "1"}},
    {"id": "better", "kind": "text"},
    {"id": "you", "kind": "contact", "name_label": {"en": "n"}, "reach_label": {"en": "r"}},
    languages=["en", "ar"],
)


def test_the_columns_are_the_questions_and_three_about_the_row_but_never_a_name() -> None:
    assert csv_columns(DEFINITION) == (
        "safe",
        "tell",
        "tell.other",
        "low",
        "better",
        "language",
        "channel",
        "week",
    )


def test_good_rows_become_answers_and_what_is_not_there_stays_absent() -> None:
    text = (
        "\ufeffsafe,tell,tell.other,low,better,language,channel,week\r\n"
        '1,family|else,Gran,"two\nlines",rather-not,ar,paper,2026-W05\r\n'
        ",,,,,,,\r\n"
        "rather-not,,,,'=SUM(1),,,\r\n"
    )
    rows, problems = read_csv(DEFINITION, text)
    assert problems == ()
    assert rows == (
        ImportedRow(
            2,
            {
                "safe": {"value": "1"},
                "tell": {"values": ["family", "else"], "other": "Gran"},
                "low": {"text": "two\nlines"},
                "better": {"skipped": True},
            },
            "ar",
            "paper",
            "2026-W05",
        ),
        ImportedRow(5, {"safe": {"skipped": True}, "better": {"text": "=SUM(1)"}}),
    )


def test_things_to_order_that_were_brought_along_are_those_that_were_chosen() -> None:
    """A ranking of what somebody chose holds as many things as they chose: the rest is not missing."""
    options = [option("a"), option("b"), option("c"), option("none", exclusive=True)]
    carried = sample(
        {"id": "use", "kind": "multiple", "options": options},
        {"id": "first", "kind": "ranking", "carry": {"question": "use"}},
    )
    rows, problems = read_csv(carried, "use,first\na|c,c|a\na|c,c|b\na,a\n")
    assert [row.answers["first"] for row in rows] == [{"order": ["c", "a"]}]
    assert [problem.line for problem in problems] == [3, 4]


BAD_ROWS: list[tuple[str, str, str]] = [
    ("safe\n6\n", "safe", "'6' is not one of 1, 2, 3, 4, 5"),
    ("safe\n1|2\n", "safe", "'1|2' is not one of"),
    ("tell\nfamily|forged\n", "tell", "'family|forged' is not one of family, friend, else"),
    ("safe,low\n2,hello\n", "low", "these answers do not lead to this question"),
    (f"safe,low\n1,{'x' * 21}\n", "low", "Write at most 20 letters"),
    ("tell,tell.other\nfamily,Gran\n", "tell.other", "was not chosen"),
    ("tell,tell.other,safe\n,Gran,1\n", "tell.other", "tell has no answer"),
    ("safe,language\n1,cy\n", "language", "'cy' is not a language of this survey"),
    ("safe,channel\n1,telepathy\n", "channel", "'telepathy' is not one of link, qr"),
    ("safe,week\n1,2026-W54\n", "week", "'2026-W54' is not an ISO week"),
    ("safe,week\n1,2026-01-05\n", "week", "is not an ISO week such as 2026-W05"),
    ("safe,week\n,2026-W05\n", "", "has no answers"),
    ("safe,tell\n1\n", "", "has 1 cells where the first line has 2"),
    ('safe\n"1"x\n', "", "cannot be read as CSV"),
]


@pytest.mark.parametrize(("text", "column", "reason"), BAD_ROWS)
def test_a_bad_row_is_told_by_line_column_and_reason(text: str, column: str, reason: str) -> None:
    rows, problems = read_csv(DEFINITION, text)
    assert rows == ()
    assert [(problem.line, problem.column) for problem in problems] == [(2, column)]
    assert reason in problems[0].reason


@pytest.mark.parametrize(
    ("header", "column", "reason"),
    [
        ("safe,colour", "colour", "this survey has no such question"),
        ("safe,you", "you", "names and contact details cannot be imported"),
        ("safe,safe", "safe", "this column is there twice"),
        ("language,week", "", "the first line names no question"),
        ("", "", "the first line names no question"),
    ],
)
def test_a_wrong_first_line_stops_the_table(header: str, column: str, reason: str) -> None:
    rows, problems = read_csv(DEFINITION, f"{header}\n1,2\n")
    assert rows == ()
    assert (problems[0].line, problems[0].column) == (1, column)
    assert reason in problems[0].reason


def test_every_bad_row_is_listed_and_the_good_ones_between_them_stand() -> None:
    rows, problems = read_csv(DEFINITION, "safe,better\n9,x\n1,y\n8,z\n")
    assert [row.line for row in rows] == [3]
    assert [problem.line for problem in problems] == [2, 4]


def test_two_faults_in_one_row_are_both_told() -> None:
    _, problems = read_csv(DEFINITION, "safe,week\n9,never\n")
    assert [problem.column for problem in problems] == ["safe", "week"]


@PATIENT
@given(st.text(max_size=120), st.lists(st.lists(st.text(max_size=6), max_size=8), max_size=3))
def test_any_table_is_read_or_explained(text: str, cells: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(cells)
    for table in (text, ",".join(csv_columns(DEFINITION)) + "\n" + out.getvalue().replace("\x00", "")):
        rows, problems = read_csv(DEFINITION, table)
        assert not {row.line for row in rows} & {problem.line for problem in problems}
