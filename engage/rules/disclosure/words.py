"""Words, shares and means made from published tables and nothing else: what is hidden stays hidden in every form."""

from collections.abc import Mapping
from dataclasses import dataclass

from engage.rules.disclosure.rule import Rule
from engage.rules.disclosure.tables import Reason, Table

PERCENT_BASE = 20  # under this many people a percentage promises more than it knows

REASONS: dict[Reason, str] = {
    "small": "Hidden: fewer than {threshold}, or nobody",
    "complement": "Hidden: with the other groups it would show a group of fewer than {threshold}",
    "same_answer": "Hidden: all of them, or nearly all, gave the same answer",
    "secondary": "Hidden: it would let somebody work out a number that is hidden",
}
PROTECTED = "hidden to protect people"


@dataclass(frozen=True)
class Share:
    """percent: whole per cent of the published base, None when it may not be said. words: always fit to print."""

    percent: int | None
    words: str


def words_for(count: int | None, rule: Rule, reason: Reason | None = "small") -> str:
    """A published count in words. `reason` is the table's: every hidden cell of a table reads the same."""
    if count is not None:
        return str(count)
    return f"fewer than {rule.threshold}" if reason in {"small", None} else PROTECTED


def reason_words(reason: Reason, rule: Rule) -> str:
    """Why something is hidden, in a sentence for staff."""
    return REASONS[reason].format(threshold=rule.threshold)


def share(table: Table, option: str, rule: Rule) -> Share:
    """How much of the base gave `option`: per cent of the published numbers, or words when the base is small."""
    count, base = table.count(option), table.base
    if count is None or base is None:
        return Share(None, words_for(None, rule, table.reason))
    percent = min(100, round(100 * count / base))
    if base < PERCENT_BASE:
        return Share(None, "most" if percent > 50 else "some")
    return Share(percent, f"{percent}%")


def mean(table: Table, scores: Mapping[str, int]) -> float | None:
    """Mean score to one decimal, from the published counts; None while any scored option is hidden.

    scores: option -> value; options without a score (a "rather not say") are left out.
    """
    counts = [(table.count(option), value) for option, value in scores.items()]
    shown = [(count, value) for count, value in counts if count is not None]
    people = sum(count for count, _ in shown)
    if len(shown) < len(counts) or not people:
        return None
    return round(sum(count * value for count, value in shown) / people, 1)
