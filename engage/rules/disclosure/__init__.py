"""Disclosure control: the one place that decides what may be seen of a count.

Here: the rule, the published tables and their JSON, words and shares made from them, when a release may be frozen.
Not here: counting (releases), storing, drawing, and anything that looks at a single answer.
"""

from engage.rules.disclosure.lattice import TooManyFilters
from engage.rules.disclosure.releases import Decision, may_release, next_release_day, quote_allowed
from engage.rules.disclosure.rule import FLOOR, THRESHOLDS, Audience, Rule
from engage.rules.disclosure.suppress import publish
from engage.rules.disclosure.tables import (
    Cell,
    Filters,
    RawTable,
    Reason,
    Table,
    Tables,
    TablesJson,
    as_filters,
    from_json,
    values_of,
)
from engage.rules.disclosure.words import PERCENT_BASE, PROTECTED, Share, mean, reason_words, share, words_for

__all__ = [
    "FLOOR",
    "PERCENT_BASE",
    "PROTECTED",
    "THRESHOLDS",
    "Audience",
    "Cell",
    "Decision",
    "Filters",
    "RawTable",
    "Reason",
    "Rule",
    "Share",
    "Table",
    "Tables",
    "TablesJson",
    "TooManyFilters",
    "as_filters",
    "from_json",
    "may_release",
    "mean",
    "next_release_day",
    "publish",
    "quote_allowed",
    "reason_words",
    "share",
    "values_of",
    "words_for",
]
