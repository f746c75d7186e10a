"""No question says no twice, and no statement is disagreed with by saying that something is not so."""

import re
from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.checks.wordings import asked
from engage.rules.questionnaire.definition import Definition

DOUBLE_NEGATIVE: Final = Code(
    "double_negative",
    "must",
    to_translate("Nobody can be sure whether yes means yes, so the answers mean nothing."),
    to_translate("say it the other way round: what is so, instead of what is not"),
)
CODES: Final = (DOUBLE_NEGATIVE,)

_NO: Final = r"(?:not|never|no|nobody|no one|nothing|none|neither|cannot|hardly|\w+n[’']t)"
_UN: Final = (
    r"(?:un(?:able|happy|safe|sure|fair|kind|clear|likely|helpful|welcome|comfortable|aware|willing|wanted|heard)|"
    r"im(?:possible|polite)|in(?:sufficient|adequate|visible)|"
    r"dis(?:agree\w*|like\w*|satisfied|honest|trust\w*|respect\w*)|"
    r"without|lack(?:ed|s)?|fail(?:ed|s)?|refus(?:e|ed|es)|prevent(?:ed|s)?|avoid(?:ed|s)?|"
    r"nothing|nobody|no one|none|never|no)"
)
_TWICE: Final = re.compile(rf"\b{_NO}\b[^.?!;,]{{0,40}}?\b{_UN}\b", re.I)
_ONCE: Final = re.compile(rf"\b{_NO}\b", re.I)
_INNOCENT: Final = re.compile(
    r"\b(no matter|sa(?:y|ys|id) no|not sure|not only|nobody or|no or|yes or no|whether or not|if not)\b",
    re.I,
)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    for wording in asked(definition):
        words = _INNOCENT.sub(" ", wording.words)
        twice = _TWICE.search(words)
        if twice is not None:
            says = to_translate("says no twice: “{words}”")
            yield DOUBLE_NEGATIVE.at(wording.question, says, wording.place, words=twice[0])
        elif _is_statement(definition, wording.question) and (once := _ONCE.search(words)):
            says = to_translate("to disagree with “{words}” is to say no to a no")
            yield DOUBLE_NEGATIVE.at(wording.question, says, wording.place, words=once[0])


def _is_statement(definition: Definition, question: str | None) -> bool:
    """Is it something to agree or disagree with?"""
    return question is not None and definition.question(question).kind == "agreement"
