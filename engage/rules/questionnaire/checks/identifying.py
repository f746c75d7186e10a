"""A survey does not ask who somebody is: no name, school, date of birth, address, number."""

import re
from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.checks.wordings import asked
from engage.rules.questionnaire.definition import Definition

IDENTIFYING: Final = Code(
    "identifying",
    "must",
    to_translate("It shows who somebody is, while they were told that nobody asks."),
    to_translate(
        "leave it out; ask for a group instead (an age from 8 to 10, a part of the area), or use the tell-us form"
    ),
)
CODES: Final = (IDENTIFYING,)

_THING: Final = (
    r"(full name|first name|last name|names?|address|postcode|post code|phone|mobile|e-?mail|number|date of birth|"
    r"birthday|birth date|school(?:’s|'s)? name|street|social media|username|national insurance|nhs number)"
)
_ASKS: Final = r"(?:what(?:’s|'s| is| are| was)|tell us|give us|give|enter|type|write down|put)"
_WHOSE: Final = r"(?:your|their|his|her|the|(?:your|the) (?:child|son|daughter|worker|teacher|carer)(?:’s|'s))"
_PLACE: Final = r"(?:school|college|nursery|children’s home|street|road|village|team)"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_ASKS}\s+{_WHOSE}\s+(?:\w+\s+)?{_THING}\b",
        rf"\b(what|which) (?:\w+ )?{_PLACE} (do|does|did|are|is) (you|they|your|he|she)\b",
        r"\b(when (were|was) (you|they|your \w+) born|date of birth|postcode|home address)\b",
        r"\bwhere (exactly )?do you live\b",
        r"\bwho is your (\w+ )?(worker|teacher|carer|doctor|nurse|manager)\b",
        r"\bwhat (is|are) (your|the) (worker|teacher|manager|carer)(’s|'s)? called\b",
        r"\bwhat are you called\b",
        r"\bname of (your|the|their) \w+",
    )
)
_FORBIDS: Final = re.compile(r"\b(do not|don[’']t|without|leave out|no need|need not|never)\b", re.I)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    if definition.purpose != "survey":
        return
    for wording in asked(definition):
        for sentence in wording.sentences():
            found = next((match for pattern in _PATTERNS if (match := pattern.search(sentence))), None)
            if found is not None and not _FORBIDS.search(sentence[: found.start()]):
                says = to_translate("asks who somebody is: “{words}”")
                yield IDENTIFYING.at(wording.question, says, wording.place, words=found[0])
                break
