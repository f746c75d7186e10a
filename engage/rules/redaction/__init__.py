"""Redaction: what in somebody's words may show who they are.

Here: the few sure patterns a page points out before it is sent, and the many that are suggested to whoever prepares a
quote. Not here: who decides, who releases, and anything that changes words by itself: a finding is a place to look, and
silence promises nothing.
"""

from engage.rules.redaction.findings import DIRECT, KINDS, Finding, hide
from engage.rules.redaction.parts import parts
from engage.rules.redaction.places import Entry, Gazetteer, PlaceKind
from engage.rules.redaction.suggest import find

__all__ = ["DIRECT", "KINDS", "Entry", "Finding", "Gazetteer", "PlaceKind", "find", "hide", "parts"]
