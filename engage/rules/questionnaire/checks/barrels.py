"""One question asks one thing. Looked for only where one answer is given for both."""

import re
from collections.abc import Iterator
from typing import Final

from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.checks.wordings import asked
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.choice import OneOf

DOUBLE_BARRELLED: Final = Code(
    "double_barrelled",
    "look",
    "Somebody for whom one half is true and the other is not has no right answer.",
    "ask two questions, or keep the half you will act on",
)
CODES: Final = (DOUBLE_BARRELLED,)

_JUDGED: Final = (
    r"(?:safe|happy|listened|listen|heard|helped|helpful|useful|kind|friendly|polite|warm|clean|quick|quickly|easy|clear|"
    r"clearly|fair|good|respected|respectful|welcome|welcoming|supported|supportive|cared|caring|trust|trusted|valued|"
    r"understood|understand|explained|explain|acted|act|told|included|involved|informed|confident|comfortable|calm|"
    r"worried|scared|sad|lonely|angry|bullied|private|accessible|timely|honest|open|responsive|enjoyable|relevant|well)"
)
_BOTH: Final = re.compile(
    rf"\b(?:{_JUDGED}\b(?:\s+\w+){{0,3}}?,?\s+(?:and|or|but)\s+(?:\w+\s+){{0,2}}?{_JUDGED})\b", re.I
)
_SLASH: Final = re.compile(r"\band/or\b", re.I)
_TWO_QUESTIONS: Final = re.compile(r"\?\s+\S.*\?")


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    for wording in asked(definition):
        if wording.question is None or not isinstance(definition.question(wording.question), OneOf):
            continue
        found = next((m for p in (_SLASH, _BOTH, _TWO_QUESTIONS) if (m := p.search(wording.words))), None)
        if found is not None:
            yield DOUBLE_BARRELLED.at(wording.question, f"asks two things at once: “{found[0].strip()}”", wording.place)
