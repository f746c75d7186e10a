"""Redaction: what in somebody's words may show who they are.

Here: the few sure patterns a page points out before it is sent, and the many that are suggested to whoever prepares a
quote. Not here: who decides, who releases, and anything that changes words by itself: a finding is a place to look, and
silence promises nothing.
"""

from engage.rules.redaction.parts import parts

__all__ = ["parts"]
