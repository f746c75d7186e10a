"""The partnership's two colours can be read on each other: 7:1, WCAG 2.2 success criterion 1.4.6."""

from collections.abc import Iterator
from typing import Final

from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

LOW_CONTRAST: Final = Code(
    "low_contrast",
    "must",
    "People who see less well, or read in the sun, cannot read words in these colours.",
    "choose a darker and a lighter colour, until the contrast is at least 7 to 1",
)
CODES: Final = (LOW_CONTRAST,)
LEAST: Final = 7.0


def find(_definition: Definition, facts: Facts) -> Iterator[Finding]:
    if facts.brand is not None:
        ratio = contrast(*facts.brand)
        if ratio < LEAST:
            yield LOW_CONTRAST.at(
                None, f"the partnership’s two colours have a contrast of {ratio:.1f} to 1; at least 7"
            )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours "#rrggbb", 1.0 to 21.0 (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[n : n + 2], 16) / 255) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
