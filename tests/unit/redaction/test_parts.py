"""D6: what a page points out before it is sent is what the table of cases says, and nothing makes it run for ever."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.paths import surveys
from engage.rules.redaction import parts

CASES: list[dict[str, Any]] = json.loads((surveys() / "identifying.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["words"])[:40])
def test_d6_what_is_pointed_out_is_what_the_table_says(case: dict[str, Any]) -> None:
    assert list(parts(case["words"])) == case["parts"]


@given(st.text(max_size=200))
def test_d6_any_text_is_safe_and_each_part_stands_in_it(text: str) -> None:
    found = parts(text)
    assert all(part and part in text for part in found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    "text", ["a" * 3000, "1 " * 1500, "@" * 3000, "my name is " * 270, "a." * 1500, "snap is " * 370]
)
def test_d6_the_longest_text_comes_to_an_end(text: str) -> None:
    """A pattern that tries the same letters again and again would not end before the run's own limit."""
    assert all(part in text for part in parts(text))
