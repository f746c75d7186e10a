"""What a browser shows is awaited: a page that is asked at once has not come yet where the machine is slow."""

import ast
from pathlib import Path

import pytest

from tests.conventions.tree import name_of, tracked

HASTY = {"is_visible", "is_hidden", "is_checked"}
CLOCK = {"fast_forward", "run_for"}  # moved on through `pass_time`, which waits until the page is at rest
BROWSING = [path for path in tracked((".py",), "tests") if "playwright" in path.read_text(encoding="utf-8")]


def hasty(source: str) -> list[str]:
    """What is asserted of a page without waiting for it (`expect` waits)."""
    return [
        f"{one.func.attr} in line {one.lineno}"
        for claim in ast.walk(ast.parse(source))
        if isinstance(claim, ast.Assert)
        for one in ast.walk(claim)
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr in HASTY
    ]


@pytest.mark.parametrize("path", BROWSING, ids=name_of)
def test_what_is_seen_is_awaited(path: Path) -> None:
    assert hasty(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", [path for path in BROWSING if path.parts[-2] == "journeys"], ids=name_of)
def test_time_passes_once_the_page_is_at_rest(path: Path) -> None:
    calls = [one for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(one, ast.Attribute)]
    assert [one.attr for one in calls if one.attr in CLOCK] == []


def test_a_hasty_look_is_found() -> None:
    assert hasty("assert page.get_by_text('Sent').is_visible()") == ["is_visible in line 1"]
    assert hasty("expect(page.get_by_text('Sent')).to_be_visible()") == []
