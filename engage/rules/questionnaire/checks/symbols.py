"""Every symbol named is there; where children up to 7 are asked, one stands beside every question and answer."""

from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import READS_LITTLE, Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.choice import Listed
from engage.rules.questionnaire.symbols import unknown_symbols

NO_SYMBOL: Final = Code(
    "no_symbol",
    "must",
    to_translate("A child who cannot read yet has nothing to hold on to."),
    to_translate("choose a symbol that shows what the words say"),
)
NO_ANSWER_SYMBOL: Final = Code(
    "no_answer_symbol",
    "look",
    to_translate("A child who cannot read yet has to remember which answer was which."),
    to_translate("choose a symbol for each answer, or use faces or a pair"),
)
UNKNOWN_SYMBOL: Final = Code(
    "unknown_symbol",
    "must",
    to_translate("Who relies on the picture sees an empty place."),
    to_translate("choose a symbol that is there, or upload a picture of your own"),
)
CODES: Final = (UNKNOWN_SYMBOL, NO_SYMBOL, NO_ANSWER_SYMBOL)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    for question_id, name in unknown_symbols(definition):
        says = to_translate("names a symbol that nobody has drawn: {name}")
        yield UNKNOWN_SYMBOL.at(question_id, says, "symbol", name=name)
    if not definition.is_young or (definition.age_min or 25) > READS_LITTLE:
        return
    for question in definition.questions:
        if question.symbol is None:
            yield NO_SYMBOL.at(question.id, to_translate("has no symbol beside it"), "symbol")
        if isinstance(question, Listed) and any(o.symbol is None and o.picture is None for o in question.choices):
            yield NO_ANSWER_SYMBOL.at(question.id, to_translate("some of its answers have no symbol"), "options")
