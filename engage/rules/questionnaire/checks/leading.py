"""A question does not say which answer would please."""

import re
from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.checks.wordings import asked
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.faces import Faces
from engage.rules.questionnaire.kinds.stars import Stars
from engage.rules.questionnaire.texts import ENGLISH

LEADING: Final = Code(
    "leading",
    "must",
    to_translate("It tells people what you hope to hear. Children above all say what pleases."),
    to_translate("ask openly, so that good and bad are equally easy to say: “How was ...?”"),
)
ALL_POSITIVE: Final = Code(
    "all_positive",
    "must",
    to_translate("A child for whom it was bad has no answer that says so."),
    to_translate("let the first point say clearly that it was bad, or was not so"),
)
CODES: Final = (LEADING, ALL_POSITIVE)

_LEADS: Final = re.compile(
    r"\b(?:(?:do|did|would|should|could|is|are|was|were|have|has|wo|ca)n[’']t (?:you|we|it|they)\b|"
    r"(?:do|would) you agree|would you not agree|surely|obviously|of course|clearly,|as you know|"
    r"every(?:one|body) (?:knows|agrees|thinks)|"
    r"most (?:people|children|families|staff) (?:say|think|agree|like|love)|"
    r"how much (?:do|did) you (?:enjoy|like|love|value|benefit)|"
    r"how (?:much )?(?:better|safer|happier) (?:do|did|are|is|has|have|was|were)|"
    r"how (?:great|brilliant|wonderful|excellent|amazing|fantastic|delighted|pleased|grateful|satisfied)|"
    r"(?:our|your|the) (?:excellent|wonderful|amazing|brilliant|fantastic|dedicated|caring|hard-?working|friendly|"
    r"helpful|poor|terrible|awful)\b|"
    r"why (?:do|did) you (?:like|love|enjoy|hate|dislike)|what do you (?:like|love) best about|right\?$)",
    re.I,
)
_BAD: Final = re.compile(
    r"\b(not|no|never|none|nothing|bad|badly|poor|poorly|worse|worst|unsafe|unhappy|sad|angry|hard|disagree|awful|"
    r"terrible|hardly|rarely|little|wrong|scared|worried|difficult|late|too|least|useless|unhelpful|very un\w+|"
    r"dis\w+)\b",
    re.I,
)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    for wording in asked(definition):
        found = _LEADS.search(wording.words)
        if found is not None:
            yield LEADING.at(
                wording.question, to_translate("leads to an answer: “{words}”"), wording.place, words=found[0]
            )
    for question in definition.questions:
        if isinstance(question, Faces | Stars):
            worst = question.options()[0].text.say(ENGLISH).text
            if not _BAD.search(worst):
                says = to_translate("its lowest point is “{words}”, which is not bad")
                yield ALL_POSITIVE.at(question.id, says, "words", words=worst)
