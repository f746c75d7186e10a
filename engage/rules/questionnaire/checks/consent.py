"""Consent as the ground where children answer: below an age fixed by law a parent or carer has to give it (P1).

UK GDPR article 8 with section 9 of the Data Protection Act 2018: 13. Section 72 of the Children's Wellbeing and Schools
Act 2026 lets regulations set another age, up to 16: such an age is a line of `AGES`, with the day from which it counts.
Preventive and counselling services are excepted, which is a reason to record. What children are asked before they
begin, whether they want to, is another thing: no age ends that.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

AGES: Final = ((date(2018, 5, 25), 13),)
"""(first day, youngest age that consents alone), the oldest first."""
NEEDS_A_PARENT: Final = Code(
    "needs_a_parent",
    "must",
    to_translate("By law a child of this age cannot agree alone: their yes is no ground to hold what they say."),
    to_translate(
        "choose another ground with your data protection officer (most partnerships: public task), ask older children "
        "only, or record how a parent or carer agrees"
    ),
)
CODES: Final = (NEEDS_A_PARENT,)


def age_on(day: date | None, ages: Sequence[tuple[date, int]] = AGES) -> int:
    """The youngest age that consents alone on a day; None: on whichever day that is latest."""
    known = [age for since, age in ages if day is None or since <= day]
    return known[-1] if known else ages[0][1]


def find(definition: Definition, facts: Facts) -> Iterator[Finding]:
    age = age_on(facts.today)
    if definition.lawful_basis == "consent" and definition.is_young and (definition.age_min or 0) < age:
        says = to_translate("rests on consent and asks children under {age}")
        yield NEEDS_A_PARENT.at(None, says, "lawful_basis", age=str(age))
