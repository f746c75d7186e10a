"""Could the background questions together show who somebody is?

Arithmetic, stated so that anybody can repeat it. With n people and P combinations of answers (the product of the
numbers of options, "I would rather not say" left out), spread evenly, a person is alone in their combination with
probability (1 - 1/P) ** (n - 1): nobody else has it. Real people are not spread evenly, so the true share is higher:
this is the best case. Above one in five the gate stops; below that, the release hides small groups anyway.
"""

from collections.abc import Iterator
from math import prod
from typing import Final

from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.definition import Definition

REIDENTIFYING: Final = Code(
    "reidentifying",
    "must",
    "Somebody who knows a person’s age, area and history could pick out that person’s answers.",
    "ask fewer of them, or with fewer answers each (ages 8 to 10 instead of each year)",
)
SMALL_GROUPS: Final = Code(
    "small_groups",
    "look",
    "People are asked about themselves for nothing: groups this small are never shown.",
    "put groups together until each can be expected to hold enough people, or leave the question out",
)
CODES: Final = (REIDENTIFYING, SMALL_GROUPS)

LEAST_SHOWN: Final = {"children": 10, "staff": 11}
_MOST_ALONE: Final = 0.2
_MOST_COMBINATIONS: Final = 250
"""When nobody says how many are expected: with 250 combinations one in five would be alone even among 400 people."""


def find(definition: Definition, facts: Facts) -> Iterator[Finding]:
    groups = [(column.key, len(column.options)) for column in definition.dividing]
    expected = facts.expected or definition.expected
    combinations = prod(count for _, count in groups)
    sum_ = " × ".join(str(count) for _, count in groups)
    if expected is None:
        if combinations > _MOST_COMBINATIONS:
            needed = people_needed(combinations)
            message = (
                f"its {len(groups)} background questions make {combinations:,} combinations ({sum_}); "
                f"fewer than {needed:,} people would leave one in five alone in theirs"
            )
            yield REIDENTIFYING.at(None, message, "background")
        return
    if len(groups) > 1 and share_alone(combinations, expected) > _MOST_ALONE:
        alone = round(expected * share_alone(combinations, expected))
        message = (
            f"its {len(groups)} background questions make {combinations:,} combinations ({sum_}); of {expected:,} "
            f"people about {alone:,} would be alone in theirs, even if everybody were spread evenly"
        )
        yield REIDENTIFYING.at(None, message, "background")
    least = LEAST_SHOWN[definition.threshold]
    for question, count in groups:
        if expected < count * least:
            message = (
                f"divides about {expected:,} people into {count} groups; a group of fewer than {least} is not shown"
            )
            yield SMALL_GROUPS.at(question, message, "background")


def share_alone(combinations: int, people: int) -> float:
    """The share of people nobody else shares a combination with, spread evenly; 0.0 to 1.0."""
    return float((1 - 1 / combinations) ** (people - 1)) if combinations > 1 else 0.0


def people_needed(combinations: int) -> int:
    """From how many people on at most one in five is alone in their combination (evenly spread)."""
    people = 1
    while share_alone(combinations, people) > _MOST_ALONE:
        people += max(1, combinations // 100)
    return people
