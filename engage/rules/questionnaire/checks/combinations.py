"""Could the background questions together show who somebody is?

Arithmetic, stated so that anybody can repeat it. With n people and P combinations of answers (the product of the
numbers of options, "I would rather not say" left out), spread evenly, a person is alone in their combination with
probability (1 - 1/P) ** (n - 1): nobody else has it. Real people are not spread evenly, so the true share is higher:
this is the best case. Above one in five the gate stops; below that, the release hides small groups anyway.
"""

from collections.abc import Iterator
from math import prod
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

REIDENTIFYING: Final = Code(
    "reidentifying",
    "must",
    to_translate("Somebody who knows a person’s age, area and history could pick out that person’s answers."),
    to_translate("ask fewer of them, or with fewer answers each (ages 8 to 10 instead of each year)"),
)
SMALL_GROUPS: Final = Code(
    "small_groups",
    "look",
    to_translate("People are asked about themselves for nothing: groups this small are never shown."),
    to_translate("put groups together until each can be expected to hold enough people, or leave the question out"),
)
CODES: Final = (REIDENTIFYING, SMALL_GROUPS)

_UNLESS_MANY: Final = to_translate(
    "its {count} background questions make {combinations} combinations ({sum}); fewer than {needed} people would leave "
    "one in five alone in theirs"
)
_ALONE: Final = to_translate(
    "its {count} background questions make {combinations} combinations ({sum}); of {expected} people about {alone} "
    "would be alone in theirs, even if everybody were spread evenly"
)
_DIVIDES: Final = to_translate(
    "divides about {expected} people into {count} groups; a group of fewer than {least} is not shown"
)

LEAST_SHOWN: Final = {"children": 10, "staff": 11}
_MOST_ALONE: Final = 0.2
_MOST_COMBINATIONS: Final = 250
"""When nobody says how many are expected: with 250 combinations one in five would be alone even among 400 people."""


def find(definition: Definition, facts: Facts) -> Iterator[Finding]:
    groups = [(column.key, len(column.options)) for column in definition.dividing]
    expected = facts.expected or definition.expected
    combinations = prod(count for _, count in groups)
    if expected is None:
        if combinations > _MOST_COMBINATIONS:
            yield _told(groups, _UNLESS_MANY, needed=f"{people_needed(combinations):,}")
        return
    if len(groups) > 1 and share_alone(combinations, expected) > _MOST_ALONE:
        alone = round(expected * share_alone(combinations, expected))
        yield _told(groups, _ALONE, expected=f"{expected:,}", alone=f"{alone:,}")
    least = LEAST_SHOWN[definition.threshold]
    for question, count in groups:
        if expected < count * least:
            yield SMALL_GROUPS.at(
                question, _DIVIDES, "background", expected=f"{expected:,}", count=str(count), least=str(least)
            )


def _told(groups: list[tuple[str, int]], says: str, **params: str) -> Finding:
    """A finding about all of the background questions, with the sum it rests on."""
    counts = [count for _, count in groups]
    params |= {"count": str(len(groups)), "combinations": f"{prod(counts):,}", "sum": " × ".join(map(str, counts))}
    return REIDENTIFYING.at(None, says, "background", weight=None, write="", **params)


def share_alone(combinations: int, people: int) -> float:
    """The share of people nobody else shares a combination with, spread evenly; 0.0 to 1.0."""
    return float((1 - 1 / combinations) ** (people - 1)) if combinations > 1 else 0.0


def people_needed(combinations: int) -> int:
    """From how many people on at most one in five is alone in their combination (evenly spread)."""
    people = 1
    while share_alone(combinations, people) > _MOST_ALONE:
        people += max(1, combinations // 100)
    return people
