"""The partnership's two colours can be read on each other: 7:1, WCAG 2.2 success criterion 1.4.6."""

from collections.abc import Iterator
from typing import Final

from engage.rules.contrast import LEAST, contrast
from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

LOW_CONTRAST: Final = Code(
    "low_contrast",
    "must",
    to_translate("People who see less well, or read in the sun, cannot read words in these colours."),
    to_translate("choose a darker and a lighter colour, until the contrast is at least 7 to 1"),
)
CODES: Final = (LOW_CONTRAST,)


def find(_definition: Definition, facts: Facts) -> Iterator[Finding]:
    if facts.brand is not None:
        ratio = contrast(*facts.brand)
        if ratio < LEAST:
            says = to_translate("the partnership’s two colours have a contrast of {ratio} to 1; at least 7")
            yield LOW_CONTRAST.at(None, says, ratio=f"{ratio:.1f}")
