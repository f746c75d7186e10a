"""Easy words say who does what (easy read: active voice, A15)."""

import re
from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.checks.wordings import wordings
from engage.rules.questionnaire.definition import Definition

PASSIVE: Final = Code(
    "passive",
    "look",
    to_translate("Easy words that leave out who does it are hard to follow."),
    to_translate("say who does it: “a worker tells you” instead of “you are told”"),
)
CODES: Final = (PASSIVE,)

_PARTICIPLES: Final = (
    r"(?:[a-z]{2,}ed|told|given|made|taken|seen|shown|kept|sent|put|read|heard|found|written|known|done|held|brought|"
    r"spoken|chosen|left|paid|built|sold|thrown|stolen|spent|understood|dealt|led|shared|said)"
)
_FEELINGS: Final = (
    r"(?:scared|worried|tired|bored|excited|pleased|confused|upset|interested|disabled|married|trained|allowed|finished|"
    r"done|left|need|feed|red|bed|indeed|hundred|called|supposed|used|said|put|read|bullied|stressed|relaxed|frightened|"
    r"involved|related|closed|made|embarrassed|annoyed)\b"
)
"""States people are in, and words that only look like a passive: nobody reads them as something done to them."""

_FOUND: Final = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being|get|gets|got)\s+(?:(?:\w+ly|not|I|you|we|they|he|she|it)\s+)?"
    rf"(?!{_FEELINGS}){_PARTICIPLES}\b",
    re.I,
)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    for wording in wordings(definition):
        for found in _FOUND.finditer(wording.words) if wording.is_easy else ():
            says = to_translate("does not say who does it: “{words}”")
            yield PASSIVE.at(wording.question, says, wording.place, words=found[0])
