"""Symbols: each that can be named is drawn and credited, and is found by the words somebody would type (A14)."""

import re

import pytest

from engage import paths
from engage.rules.questionnaire.symbols import OWN, search, symbols, unknown_symbols
from engage.web.drawings import drawing
from tests.patterns import draw
from tests.unit.questionnaire.samples import sample

MACRO = "{% from 'components/symbol.html' import symbol %}{{ symbol(name) }}"
FOLDERS = ("words", "more")


def test_a14_every_symbol_is_drawn_once_and_names_its_origin() -> None:
    """A14: the list is exactly what lies in the folders and in our own drawings; each vendored file has its source."""
    template = (paths.templates() / "components" / "drawings_symbols.html").read_text()
    own = set(re.findall(r"^  '([a-z-]+)':", template, re.MULTILINE))
    assert {name for name, symbol in symbols().items() if symbol.kept_in == OWN} == own
    for folder in FOLDERS:
        place = paths.static() / "symbols" / folder
        files = {path.stem for path in place.glob("*.svg")}
        sources = {line.split()[0] for line in (place / "SOURCES.txt").read_text().splitlines()}
        assert files == sources
        assert {name for name, symbol in symbols().items() if symbol.kept_in == folder} == files - own
    text = (paths.static() / "symbols" / "CREDITS").read_text()
    assert "CC BY-SA 4.0" in text
    assert "Changes:" in text


@pytest.mark.parametrize("name", ["home", "hedgehog", "thinking"])
def test_a14_a_symbol_is_hidden_beside_its_words(name: str) -> None:
    assert draw(MACRO, name=name).count('aria-hidden="true"') == 1


def test_no_drawing_holds_what_a_page_must_not() -> None:
    """Put into the page as they are, so: no script, no link, no style, no id that could stand twice."""
    for name in symbols():
        assert not re.search(r"<script|<style|href|\bid=|\bon\w+=|style=|<image|<foreignObject", drawing(name)), name


def test_an_unknown_name_draws_nothing() -> None:
    assert draw(MACRO, name="no-such-thing") == ""
    assert draw(MACRO, name="../../CREDITS") == ""


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("school", "school"),
        ("talk", "speech"),
        ("police", "police"),
        ("scared", "frightened"),
        ("wheelch", "wheelchair"),
        ("social worker", "worker"),
        ("AFRAID", "worried"),
        ("dog", "dog"),
    ],
)
def test_the_chooser_finds_by_word(typed: str, wanted: str) -> None:
    assert wanted in [symbol.name for symbol in search(typed)]


def test_own_drawings_come_first_and_nonsense_finds_nothing() -> None:
    assert search("", most=5) == tuple(symbols().values())[:5]
    assert {symbol.kept_in for symbol in search("", most=20)} == {OWN}
    assert search("school")[0].name == "school"
    assert search("qwertyuiop") == ()
    assert search("school qwertyuiop") == ()


def test_a_survey_may_name_only_what_is_drawn() -> None:
    question = {"id": "a", "kind": "text", "text": {"en": "Why?"}, "symbol": "no-such-thing"}
    assert list(unknown_symbols(sample(question))) == [("a", "no-such-thing")]
    assert list(unknown_symbols(sample({**question, "symbol": "hedgehog"}))) == []
