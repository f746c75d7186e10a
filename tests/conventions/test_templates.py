"""W4, A17: no page carries style or script inside it, and our styles name no side that a script's direction turns."""

import re
from pathlib import Path

import pytest

from tests.conventions.tree import name_of, tracked

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
INLINE = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^<>]*\sstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"<[^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    # Only our own drawings, constants of a template, may be put out as they are.
    "text that is not escaped": re.compile(
        r"\{\{(?! (?:FACES|ICONS|SYMBOLS)[.\[])[^}]*\|\s*safe\b|\bautoescape\s+false", re.IGNORECASE
    ),
}
PHYSICAL = re.compile(
    r"""(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)
      | border-(?:top|bottom)-(?:left|right)-radius
      | (?:^|[\s;{])(?:left|right)\s*:
      | (?:text-align|float|clear)\s*:\s*(?:left|right)""",
    re.VERBOSE,
)
STYLE_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


def found_inline(text: str) -> list[str]:
    bare = COMMENT.sub("", text)
    return [what for what, pattern in INLINE.items() if pattern.search(bare)]


@pytest.mark.parametrize("path", tracked((".html", ".svg", ".xml", ".txt"), "templates"), ids=name_of)
def test_w4_templates_carry_nothing_inline(path: Path) -> None:
    assert found_inline(path.read_text(encoding="utf-8")) == []


def test_a17_styles_use_logical_properties() -> None:
    physical = {
        name_of(path): found
        for path in tracked((".scss",), "static/src")
        if (found := PHYSICAL.findall(STYLE_COMMENT.sub("", path.read_text(encoding="utf-8"))))
    }
    assert physical == {}


@pytest.mark.parametrize(
    "text",
    ["<style>p{}</style>", '<p class="a" style="color:red">', "<button\n onclick='go()'>", "<script>go()</script>",
     '<a href="javascript:go()">', "{{ text | safe }}"],
)  # fmt: skip
def test_the_check_sees_what_it_looks_for(text: str) -> None:
    assert found_inline(text) != []


@pytest.mark.parametrize("rule", ["margin-left: 1px", "a{left:0}", "text-align: right", "border-top-left-radius: 2px"])
def test_so_does_the_style_check(rule: str) -> None:
    assert PHYSICAL.search(rule)
    assert not PHYSICAL.search(
        "margin-inline-start: 1px; inset-inline: 0; text-align: start; background: left-to-right"
    )
