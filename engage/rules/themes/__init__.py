"""Themes without a database: what a codebook suggests for a text, and how large a theme must be before its number or
its words may be shown.

Here: pure functions on texts and counts. Not here: who coded what (understanding), what a number may look like
(disclosure), what in a text shows who wrote it (redaction), and any judgement about danger (screening); a suggestion
is never a finding.
"""

from engage.rules.themes.counts import may_recount, may_show_quote
from engage.rules.themes.groups import Group, group_of, rule_for
from engage.rules.themes.matching import Codebook, Entry, Suggestion

__all__ = [
    "Codebook",
    "Entry",
    "Group",
    "Suggestion",
    "group_of",
    "may_recount",
    "may_show_quote",
    "rule_for",
]
