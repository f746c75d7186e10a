"""Every pair of colours that carries words keeps 7:1, and every outline 3:1, in each theme a reader can choose."""

import re

import pytest

from tests.patterns import ROOT

TOKENS = (ROOT / "static" / "src" / "scss" / "_tokens.scss").read_text()
COLOUR = re.compile(r"--engage-([\w-]+): (#[0-9a-f]{6});")
WORDS = [
    ("ink", ground)
    for ground in ("paper", "surface", "sunk", "teal-tint", "marigold-tint", "harm-tint", "good-tint", "wait-tint")
]
WORDS += [("ink-soft", ground) for ground in ("paper", "surface", "sunk")]
WORDS += [("action", ground) for ground in ("paper", "surface", "teal-tint")]
WORDS += [(tone, f"{tone}-tint") for tone in ("harm", "good", "wait", "clay", "quiet")]
WORDS += [("harm", "paper"), ("harm", "surface"), ("on-action", "action"), ("focus-edge", "focus"), ("paper", "harm")]
WORDS += [("part-ink", f"part-{n}") for n in range(1, 5)] + [("on-action", "part-5")]
EDGES = [("edge", "paper"), ("edge", "surface"), ("action", "surface"), ("ink", "marigold-tint")]


def themes() -> dict[str, dict[str, str]]:
    """Each theme's colours by name; what a theme leaves out it takes from paper."""
    paper = dict(COLOUR.findall(TOKENS.split("@mixin dark", 1)[0]))
    found = {
        "paper": paper,
        "dark": paper | dict(COLOUR.findall(TOKENS.split("@mixin dark", 1)[1].split("\n}\n", 1)[0])),
    }
    for name, block in re.findall(r':root\[data-theme="(\w+)"\] \{(.*?)\n\}', TOKENS, re.S):
        if name != "dark":
            found[name] = paper | dict(COLOUR.findall(block))
    return found


def light(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_five_themes_are_there() -> None:
    assert set(themes()) == {"paper", "white", "cream", "dark", "contrast"}


@pytest.mark.parametrize("theme", sorted(themes()))
def test_words_keep_seven_to_one(theme: str) -> None:
    colours = themes()[theme]
    low = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 1) for pair in WORDS}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 7} == {}


@pytest.mark.parametrize("theme", sorted(themes()))
def test_outlines_keep_three_to_one(theme: str) -> None:
    """A5: what shows an edge, a choice or the focus."""
    colours = themes()[theme]
    low = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 1) for pair in EDGES}
    low |= {("focus", "focus-edge"): round(contrast(colours["focus"], colours["focus-edge"]), 1)}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 3} == {}
