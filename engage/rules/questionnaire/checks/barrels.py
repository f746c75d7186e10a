"""One question asks one thing. Looked for only where one answer is given for both.

What is only likely is advice. A child's survey stops for what is certain: a feeling or a judgement joined to another by
"and", or one of two places, where the answer is a yes, a no or a point on a scale.
"""

import re
from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding, Weight
from engage.rules.questionnaire.checks.wordings import asked
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.kinds.choice import OneOf

DOUBLE_BARRELLED: Final = Code(
    "double_barrelled",
    "look",
    to_translate("Somebody for whom one half is true and the other is not has no right answer."),
    to_translate("ask two questions, or keep the half you will act on"),
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
_AND: Final = (
    r",?\s+and\s+(?:(?:also|very|really|how|do|does|did|are|is|was|were|you|i|we|they|it|feel|felt|feels)\s+){0,3}"
)
_OBJECT: Final = r"(?:\s+(?:to|with|for|by|on|about))?(?:\s+(?:you|me|us|them|him|her|it))?"
_PLACE: Final = (
    r"(?:at|in|on|inside|outside)\s+(?:(?:the|your|my|this)\s+)?"
    r"(?:home|school|college|nursery|class|club|hospital|park|street|playground|garden|bus|online|internet)"
)
_CERTAIN: Final = (
    re.compile(rf"\b{_JUDGED}{_OBJECT}{_AND}{_JUDGED}\b(?!\s+of\b)", re.I),
    re.compile(rf"\b{_JUDGED}\s+{_PLACE},?\s+and\s+(?:also\s+)?{_PLACE}\b", re.I),
    re.compile(r"\band/or\b", re.I),
)
_ASIDE: Final = re.compile(
    r"\b(?:when|whenever|if|after|before|while|because|since|how to)\b[^,?!.;]*"
    r"|(?<!you )(?<!are )(?<!am )(?<!were )\b(?:being|feeling)\b[^,?!.;]*"
    r"|(?<=\w )(?:who|that)\s+(?:are|is|feel|feels|was|were|felt)\b[^,?!.;]*"
    rf"|\b(?:an?|any|some|somewhere|something|someone|somebody)\s+{_JUDGED}\s+and\s+{_JUDGED}\b"
    r"|[“‘\"(][^”’\")]*[”’\")]|\bkinds?\s+of\b",
    re.I,
)
"""What is said around a question: when it is so, who is meant, what it is about, a name in quotation marks."""
_TOGETHER: Final = re.compile(
    r"\b(?:both|between|same|differen\w*|each other|together|(?<!/)or|than|more|less|most|least|safe and well|"
    r"well and truly)\b|^(?:which|who|whose|whom|what|where)\b",
    re.I,
)
"""The two are meant together, or compared, or the answer is somebody or something."""
_NAME: Final = re.compile(r"(?<!^)(?<![.?!:] )\b[A-Z][a-z]+ and [A-Z][a-z]+")
_SCALE: Final = frozenset({"faces", "stars", "agreement", "slider", "pair"})
_YES_OR_NO: Final = frozenset({"yes", "no"})

_SLASH: Final = re.compile(r"\band/or\b", re.I)
_TWO_QUESTIONS: Final = re.compile(r"\?\s+\S.*\?")


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    for wording in asked(definition):
        if wording.question is None or not isinstance(definition.question(wording.question), OneOf):
            continue
        question = definition.question(wording.question)
        sure = _certain(question, wording.words) if definition.is_young else None
        found = sure or next((m for p in (_SLASH, _BOTH, _TWO_QUESTIONS) if (m := p.search(wording.words))), None)
        if found is not None:
            says = to_translate("asks two things at once: “{words}”")
            weight: Weight = "must" if sure else "look"
            yield DOUBLE_BARRELLED.at(wording.question, says, wording.place, weight=weight, words=found[0].strip())


def _certain(question: Question, words: str) -> re.Match[str] | None:
    """Two things that one yes, no or point on a scale answers, and nothing around them that makes them one."""
    is_yes_or_no = {option.id for option in question.options() or ()} >= _YES_OR_NO
    if question.kind not in _SCALE and not is_yes_or_no:
        return None
    bare = _ASIDE.sub(" ", words)
    if _TOGETHER.search(bare) or _NAME.search(bare):
        return None
    return next((found for pattern in _CERTAIN if (found := pattern.search(bare))), None)
