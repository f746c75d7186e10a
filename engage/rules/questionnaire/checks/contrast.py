"""The partnership's two colours can be read on each other: 7:1, WCAG 2.2 success criterion 1.4.6."""

from collections.abc import Iterator
from typing import Final

from engage.rules.contrast import LEAST, contrast
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

LOW_CONTRAST: Final = Code(
    "low_contrast",
    "must",
    "People who see less well, or read in the sun, cannot read words in these colours.",
    "choose a darker and a lighter colour, until the contrast is at least 7 to 1",
)
CODES: Final = (LOW_CONTRAST,)


def find(_definition: Definition, facts: Facts) -> Iterator[Finding]:
    if facts.brand is not None:
        ratio = contrast(*facts.brand)
        if ratio < LEAST:
            yield LOW_CONTRAST.at(
                None, f"the partnership’s two colours have a contrast of {ratio:.1f} to 1; at least 7"
            )
