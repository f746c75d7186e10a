"""Why we may ask at all, and who reads what comes back: UK GDPR articles 6 and 35, and a rota that is not empty."""

from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

NO_LAWFUL_BASIS: Final = Code(
    "no_lawful_basis",
    "must",
    to_translate("People have a right to know on what ground you hold what they say."),
    to_translate(
        "choose public task (most partnerships), legal obligation, consent or legitimate interests, as agreed with "
        "your data protection officer"
    ),
)
NO_READERS: Final = Code(
    "no_readers",
    "must",
    to_translate(
        "We promise that a trained person reads every word. Words that nobody reads can hide a child in danger."
    ),
    to_translate("give at least one account the role of reader before people can write"),
)
NO_DECIDERS: Final = Code(
    "no_deciders",
    "look",
    to_translate(
        "A worry that is raised goes to the administrators, who may not read it and have to find somebody first."
    ),
    to_translate("give at least one account the role of safeguarding lead, and say on the duty page who is told first"),
)
NO_IMPACT: Final = Code(
    "no_impact_assessment",
    "must",
    to_translate(
        "Children have a right that somebody thinks about what could go wrong for them before they are asked."
    ),
    to_translate(
        "sign a data protection impact assessment; another audience, ground or sort of question needs a new one"
    ),
)
CODES: Final = (NO_LAWFUL_BASIS, NO_READERS, NO_DECIDERS, NO_IMPACT)


def find(definition: Definition, facts: Facts) -> Iterator[Finding]:
    if definition.lawful_basis is None:
        yield NO_LAWFUL_BASIS.at(None, to_translate("says no lawful basis for holding the answers"), "lawful_basis")
    writes = next((q.id for q in definition.questions if q.takes_free_words), None)
    if writes is not None and not facts.has_readers:
        yield NO_READERS.at(writes, to_translate("people can write in their own words, but nobody here may read them"))
    flagged = next((q.id for q in definition.questions if q.safety), writes)
    if flagged is not None and not facts.has_deciders:
        yield NO_DECIDERS.at(
            flagged, to_translate("an answer here can say that a child is in danger, but nobody here may decide on it")
        )
    if not facts.has_impact:
        yield NO_IMPACT.at(None, to_translate("nobody has signed an impact assessment for what it asks now"))
