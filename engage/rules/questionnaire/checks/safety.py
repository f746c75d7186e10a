"""A child who says they are not safe is heard at once, not when results are made."""

import re
from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.multiple import Several
from engage.rules.questionnaire.texts import ENGLISH

UNFLAGGED_SAFETY: Final = Code(
    "unflagged_safety",
    "must",
    to_translate("A child who says here that they are not safe waits until results are made, weeks later."),
    to_translate("mark the worst answers as those that a person looks at on the next working day"),
)
CODES: Final = (UNFLAGGED_SAFETY,)

_ABOUT_SAFETY: Final = re.compile(
    r"\b(how safe|(feel|feels|are you|are they|is it|is home|is school) safe|safe place|not safe|unsafe|hurts? you)\b",
    re.I,
)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    if not definition.is_young:
        return
    for question in definition.questions:
        chosen = question.options() is not None and not isinstance(question, Several) and not question.background
        if chosen and not question.safety and _ABOUT_SAFETY.search(question.text.say(ENGLISH).text):
            says = to_translate("asks about safety, but no answer raises a flag")
            yield UNFLAGGED_SAFETY.at(question.id, says, "safety")
