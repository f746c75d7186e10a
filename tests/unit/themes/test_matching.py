"""Suggestions: whole words in any case and accent, plain plurals, stars; why and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.rules.themes import Codebook, Entry
from engage.rules.themes.matching import tidy

BOOK = Codebook([
    Entry("night", ("night staff", "shout*")),
    Entry("bus", ("bus", "café")),
    Entry("empty", ()),
    Entry("arabic", ("باص",)),
])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The NIGHT-staff are nice", {"night": ["NIGHT-staff"]}),
        ("They shouted, the night staff", {"night": ["shouted", "night staff"]}),
        ("buses and the cafe’s door", {"bus": ["buses", "cafe’s"]}),
        ("a busy business", {}),
        ("ＢＵＳ", {"bus": ["ＢＵＳ"]}),
        ("cafe\u0301!", {"bus": ["cafe\u0301"]}),
        ("bus", {"bus": ["bus"]}),
        ("فاتني باص المدرسة", {"arabic": ["باص"]}),
        ("", {}),
    ],
)
def test_phrases_are_found_as_words(text: str, found: dict[str, list[str]]) -> None:
    said = {one.key: [text[start:end] for start, end in one.spans] for one in BOOK.suggest(text)}
    assert said == found


def test_a_suggestion_names_the_phrases_as_written_and_the_fullest_comes_first() -> None:
    first, second = BOOK.suggest("The bus. Night staff shouted, shouting.")
    assert (first.key, first.phrases) == ("night", ("night staff", "shout*"))
    assert (second.key, second.phrases) == ("bus", ("bus",))
    assert [one.key for one in BOOK.suggest("bus and night staff", most=1)] == ["bus"]


def test_one_phrase_may_suggest_two_themes() -> None:
    book = Codebook([Entry("a", ("sleep",)), Entry("b", ("Sleep",))])
    assert {one.key for one in book.suggest("no sleep")} == {"a", "b"}


def test_an_empty_codebook_suggests_nothing() -> None:
    assert Codebook([]).suggest("night staff") == ()


def test_phrases_are_kept_tidy() -> None:
    assert tidy(["  night   staff ", "night staff", "!!", "*", "", "bus*"]) == ["night staff", "bus*"]


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_safe_and_spans_lie_inside_it(before: str, after: str) -> None:
    text = f"{before} night staff {after}"
    spans = [span for one in BOOK.suggest(text) for span in one.spans]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert "night staff" in [text[start:end] for start, end in spans]


@given(st.lists(st.text(max_size=20), max_size=5), st.text(max_size=60))
def test_any_codebook_is_safe(phrases: list[str], text: str) -> None:
    Codebook([Entry("any", tuple(phrases))]).suggest(text)
