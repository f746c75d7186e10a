"""The publish gate: what must be put right, or overridden by a named person, before a survey goes live.

Loading already refuses what is inconsistent; this looks for what would let people down. One rule a file, each a pure
function of the definition and a few facts; what a rule says is found by `check`. A rule that cries wolf is worse than
none: every ready-made survey passes without a word.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from engage.rules.questionnaire.checks import (
    barrels,
    basis,
    combinations,
    consent,
    contrast,
    easy,
    identifying,
    idioms,
    jargon,
    languages,
    leading,
    length,
    level,
    library,
    negatives,
    passive,
    promises,
    reach,
    safety,
    sentences,
    services,
    skips,
    spoken,
    symbols,
)
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding, Said, Shown, Speech, Weight, is_language
from engage.rules.questionnaire.definition import Definition

__all__ = [
    "CODES",
    "CODE_BOOK",
    "Facts",
    "Finding",
    "Said",
    "Shown",
    "Speech",
    "Weight",
    "check",
    "is_language",
    "musts",
]

_RULES: Final = (
    promises,
    basis,
    consent,
    languages,
    easy,
    symbols,
    library,
    spoken,
    reach,
    services,
    skips,
    safety,
    identifying,
    combinations,
    length,
    level,
    sentences,
    jargon,
    negatives,
    leading,
    barrels,
    passive,
    idioms,
    contrast,
)
_FIND: Final[tuple[Callable[[Definition, Facts], Iterator[Finding]], ...]] = tuple(rule.find for rule in _RULES)
CODE_BOOK: Final[dict[str, Code]] = {code.name: code for rule in _RULES for code in rule.CODES}
"""What every code means, in the order the gate looks."""
CODES: Final = tuple(CODE_BOOK)
_NOTHING_KNOWN: Final = Facts()


def check(definition: Definition, facts: Facts = _NOTHING_KNOWN) -> tuple[Finding, ...]:
    """Everything the gate finds; () means that there is nothing to say."""
    return tuple(finding for find in _FIND for finding in find(definition, facts))


def musts(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stop a survey from going live without a named person's recorded reason."""
    return tuple(finding for finding in findings if finding.weight == "must")
