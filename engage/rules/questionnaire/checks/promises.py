"""C1, C2: people are told when someone would have to be told, what cannot change, and nothing nobody can keep."""

from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

NO_LIMITS: Final = Code(
    "no_limits",
    "must",
    to_translate("Somebody may write that they are being hurt, and must know first that we would have to act on it."),
    to_translate("say when you would have to tell someone, whom, and how to get help now"),
)
NO_EXPECTATION: Final = Code(
    "no_expectation",
    "must",
    to_translate("People who hope for what cannot happen feel let down, and do not answer again."),
    to_translate("say what the answers cannot change, and who can talk about that"),
)
BANNED_WORDS: Final = Code(
    "banned_words",
    "must",
    to_translate("Nobody can keep this promise: a person’s own words can show who they are."),
    to_translate("say what you do not ask and do not keep, and that their own words could still show who they are"),
)
CODES: Final = (NO_LIMITS, NO_EXPECTATION, BANNED_WORDS)

BANNED: Final = (
    "completely anonymous",
    "totally anonymous",
    "fully anonymous",
    "100%",
    "100 per cent",
    "untraceable",
    "no one will ever know",
    "nobody will ever know",
    "مجهول تمامًا",
    "١٠٠٪",
    "%100",
)
"""Promises nobody can keep: a person's own words, their device or a hostile operator can show who they are (C2)."""


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    yield from _limits(definition)
    if definition.intro.expectation is None:
        says = to_translate("nothing says what the answers cannot change")
        yield NO_EXPECTATION.at(None, says, "intro.expectation")
    for question, place, text in definition.texts():
        for _language, _easy, wording in text.all():
            says = to_translate("promises too much: {words}")
            yield from (BANNED_WORDS.at(question, says, place, words=phrase) for phrase in _banned(wording))


def _limits(definition: Definition) -> Iterator[Finding]:
    """C1: before anyone writes in their own words they are told when someone would have to be told."""
    writes = next((q.id for q in definition.questions if q.takes_free_words or q.store == "contact"), None)
    if writes is not None and definition.intro.limits is None:
        says = to_translate("people can write in their own words, but nothing says when you would have to tell someone")
        yield NO_LIMITS.at(writes, says, "intro.limits")


def _banned(wording: str) -> list[str]:
    low = wording.lower()
    found = [phrase for phrase in BANNED if phrase in low]
    return [*found, "confidential (without unless)"] if "confidential" in low and "unless" not in low else found
