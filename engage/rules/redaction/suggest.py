"""Everything that may identify in what somebody wrote, for a person who decides about each."""

from typing import Final

from engage.rules.redaction.findings import Finding, together
from engage.rules.redaction.patterns import patterns
from engage.rules.redaction.people import names
from engage.rules.redaction.places import Gazetteer, by_ending

_NOTHING: Final = Gazetteer()


def find(text: str, gazetteer: Gazetteer = _NOTHING) -> tuple[Finding, ...]:
    """The places to look at, in the order of the text; they never overlap. They miss things."""
    return together([*patterns(text), *names(text), *by_ending(text), *gazetteer.find(text)])
