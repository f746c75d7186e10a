"""What a document may be made of, and what JSON says of it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.adapters.documents import Chart, Heading, Table
from engage.adapters.documents.model import share
from engage.adapters.documents.outline import to_json
from engage.adapters.documents.text import clean, one_line
from tests.support.documents import ATTACKS, hostile, sample


@pytest.mark.parametrize("level", [0, 4, -1])
def test_a_heading_stands_below_the_title_and_no_deeper_than_three(level: int) -> None:
    with pytest.raises(ValueError, match="1 to 3"):
        Heading(level, "x")


def test_a_row_has_as_many_cells_as_the_header() -> None:
    with pytest.raises(ValueError, match="'Ages' needs 2 cells"):
        Table("Ages", ("Age", "People"), (("8", 10), ("9",)))


def test_d4_a_bar_is_as_long_as_its_share_of_the_longest_and_a_hidden_one_has_no_length() -> None:
    bars = Chart("x", "", (("a", 160), ("b", 40), ("c", None))).bars
    assert [share(number, bars) for _, number in bars] == [1, 0.25, 0]
    assert share(None, (("a", None),)) == share(0, (("a", 0),)) == 0


@given(st.text())
def test_w14_clean_text_holds_nothing_that_breaks_a_file_or_turns_a_line_around(text: str) -> None:
    kept = clean(text)
    assert not any(sign in kept for sign in "\x00\x1b\r\x7f\x9f\u202e\u202d\ufffe\uffff\ud800")
    kept.encode()
    assert clean(kept) == kept
    assert "\n" not in one_line(text)
    assert one_line(one_line(text)) == one_line(text)


def test_clean_text_keeps_what_languages_need() -> None:
    for text in ("می‌خواهم", "👩‍👩‍👧", "line\nline\ttab", "ağ ŵ ї", "\u200fعربي\u200e"):
        assert clean(text) == text


def test_json_says_everything_and_the_same_each_time() -> None:
    read = json.loads(to_json(sample()))
    assert read["format"] == "engage-document/1"
    assert read["language"] == "en"
    assert read["issued"] == "2026-11-22"
    assert [block["kind"] for block in read["blocks"]][:4] == ["heading", "paragraph", "table", "heading"]
    table = read["blocks"][2]
    assert table["rows"] == [["8 to 10", 55, None], ["11 to 13", 1060, 15]]
    assert to_json(sample()) == to_json(sample())


def test_w12_json_keeps_attacks_as_text() -> None:
    read = json.loads(to_json(hostile()))
    assert [block["text"] for block in read["blocks"] if block["kind"] == "paragraph"] == list(map(clean, ATTACKS))
