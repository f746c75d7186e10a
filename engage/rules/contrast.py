"""How well one colour can be read on another: the contrast ratio of WCAG 2.2, success criterion 1.4.6 (enhanced)."""

from typing import Final

LEAST: Final = 7.0
"""The ratio every pair of text and ground has to reach."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours "#rrggbb", 1.0 to 21.0 (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[n : n + 2], 16) / 255) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
