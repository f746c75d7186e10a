"""The audit of a release: what can somebody prove who holds everything published and knows the rule?

Here: the populations that fit what is published (worlds), the solver that looks for them, and the verdict.
Not here: what to publish instead (ladder), true counts (the audit reads published tables only), and storing.
"""

from engage.rules.disclosure.audit.budget import Budget
from engage.rules.disclosure.audit.facts import ANSWERED, UNKNOWN, Facts, Leaves, Nested, Part, Source, Truth
from engage.rules.disclosure.audit.verdict import Find, Verdict, audit, can_be
from engage.rules.disclosure.audit.worlds import TooLarge

__all__ = [
    "ANSWERED",
    "UNKNOWN",
    "Budget",
    "Facts",
    "Find",
    "Leaves",
    "Nested",
    "Part",
    "Source",
    "TooLarge",
    "Truth",
    "Verdict",
    "audit",
    "can_be",
]
