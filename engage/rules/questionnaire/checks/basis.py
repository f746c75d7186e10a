"""Why we may ask at all, and who reads what comes back: UK GDPR article 6, and a rota that is not empty."""

from collections.abc import Iterator
from typing import Final

from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

NO_LAWFUL_BASIS: Final = Code(
    "no_lawful_basis",
    "must",
    "People have a right to know on what ground you hold what they say.",
    "choose public task (most partnerships), legal obligation, consent or legitimate interests, as agreed with your "
    "data protection officer",
)
NO_READERS: Final = Code(
    "no_readers",
    "must",
    "We promise that a trained person reads every word. Words that nobody reads can hide a child in danger.",
    "give at least one account the role of reader before people can write",
)
CODES: Final = (NO_LAWFUL_BASIS, NO_READERS)


def find(definition: Definition, facts: Facts) -> Iterator[Finding]:
    if definition.lawful_basis is None:
        yield NO_LAWFUL_BASIS.at(None, "says no lawful basis for holding the answers", "lawful_basis")
    writes = next((q.id for q in definition.questions if q.takes_free_words), None)
    if writes is not None and not facts.has_readers:
        yield NO_READERS.at(writes, "people can write in their own words, but nobody here may read them")
