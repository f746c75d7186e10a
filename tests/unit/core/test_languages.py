"""Languages: a code from outside never breaks a page."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from engage.core import languages


@pytest.mark.parametrize("language", languages.LANGUAGES, ids=lambda language: language.code)
def test_direction_and_code_are_what_babel_says(language: languages.Language) -> None:
    locale = Locale.parse(language.code)
    assert locale.text_direction == language.direction
    assert locale.get_display_name("en") == language.english_name


@pytest.mark.parametrize(
    ("requested", "allowed", "chosen"),
    [
        ("ar", None, "ar"),
        ("pl-PL", None, "pl"),
        ("CY_gb", None, "cy"),
        ("xx", None, "en"),
        ("", None, "en"),
        (None, None, "en"),
        (["xx", "ur", "en"], None, "ur"),
        ("cy", ["en", "ar"], "en"),
        ("cy", ["ar", "pl"], "ar"),
        ("cy", [], "en"),
        ("cy", ["xx"], "en"),
    ],
)
def test_resolve(requested: str | list[str] | None, allowed: list[str] | None, chosen: str) -> None:
    assert languages.resolve(requested, allowed) == chosen


@given(st.text(max_size=40))
def test_anything_asked_for_gives_a_language_there_is(requested: str) -> None:
    assert languages.resolve(requested) in languages.codes()
    assert languages.direction(requested) in {"ltr", "rtl"}


def test_english_and_arabic_are_complete() -> None:
    assert languages.complete_codes() == ("en", "ar")
