"""Every symbol named is there; where children up to 7 are asked, one stands beside every question and answer."""

from collections.abc import Iterator
from typing import Final

from engage.rules.questionnaire.checks.findings import READS_LITTLE, Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.choice import Listed
from engage.rules.questionnaire.symbols import unknown_symbols

NO_SYMBOL: Final = Code(
    "no_symbol",
    "must",
    "A child who cannot read yet has nothing to hold on to.",
    "choose a symbol that shows what the words say",
)
NO_ANSWER_SYMBOL: Final = Code(
    "no_answer_symbol",
    "look",
    "A child who cannot read yet has to remember which answer was which.",
    "choose a symbol for each answer, or use faces or a pair",
)
UNKNOWN_SYMBOL: Final = Code(
    "unknown_symbol",
    "must",
    "Who relies on the picture sees an empty place.",
    "choose a symbol that is there, or upload a picture of your own",
)
CODES: Final = (UNKNOWN_SYMBOL, NO_SYMBOL, NO_ANSWER_SYMBOL)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    for question_id, name in unknown_symbols(definition):
        yield UNKNOWN_SYMBOL.at(question_id, f"names a symbol that nobody has drawn: {name}", "symbol")
    if not definition.is_young or (definition.age_min or 25) > READS_LITTLE:
        return
    for question in definition.questions:
        if question.symbol is None:
            yield NO_SYMBOL.at(question.id, "has no symbol beside it", "symbol")
        if isinstance(question, Listed) and any(o.symbol is None and o.picture is None for o in question.choices):
            yield NO_ANSWER_SYMBOL.at(question.id, "some of its answers have no symbol", "options")
