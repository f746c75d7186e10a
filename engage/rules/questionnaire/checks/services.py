"""Where answers come from a list that the partnership keeps, there is something on it."""

from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.choice import Listed

NO_SERVICES: Final = Code(
    "no_services",
    "must",
    to_translate("The place they mean is not there to choose."),
    to_translate("have the services of this partnership written down first, or write the answers here"),
)
CODES: Final = (NO_SERVICES,)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    for question in definition.questions:
        if not isinstance(question, Listed) or question.published is None:
            continue
        if not question.published:
            yield NO_SERVICES.at(question.id, to_translate("there are no services to choose from"), "options")
        elif len(question.options()) < question.fewest:
            yield NO_SERVICES.at(question.id, to_translate("there is one answer only to choose"), "options")
