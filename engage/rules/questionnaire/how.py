"""How somebody answered: who was with them, and in which modes. Closed words only, never about one person's results.

They are the background of a response: shown only through a release, each by itself, and blanked when a survey closes
where a group is too small.
"""

from collections.abc import Mapping
from typing import Final

from engage.rules.questionnaire.answers import Form

COMPANY: Final = ("alone", "friend", "carer", "worker", "interpreter")
YES_NO: Final = ("yes", "no")
ASKED: Final[Mapping[str, tuple[str, ...]]] = {"company": COMPANY, "adult": YES_NO}
"""What the page about it asks: name -> the words it takes."""

MODES: Final = ("easy", "symbols", "read_aloud", "large_print", "bsl")
USED: Final = ("read_aloud", "bsl")
USED_FIELD: Final = "used-modes"
"""Modes that are known only because a page says that they were used."""

SEEN: Final = ("easy", "symbols", "large_print")
"""Modes that are known from how a page looks."""

ABOUT: Final[Mapping[str, tuple[str, ...]]] = {**ASKED, **dict.fromkeys(MODES, YES_NO)}
"""Everything kept of it beside language and channel: name -> its words; "" is not known."""

_PREFIX: Final = "how-"

AGAIN_FIELD: Final = f"{_PREFIX}again"
"""Says that a page asked again because of a clash: it asks no third time."""


def field(name: str) -> str:
    """The form field of what is asked."""
    return f"{_PREFIX}{name}"


def read(form: Form) -> dict[str, str]:
    """What was said, by name; whatever was left out, skipped or is no word of ours is not there."""
    sent = {name: form.get(field(name), ()) for name in ASKED}
    return {name: values[0] for name, values in sent.items() if len(values) == 1 and values[0] in ASKED[name]}


def clashes(said: Mapping[str, str]) -> bool:
    """Whether it cannot all be so: nobody answers alone with an adult there."""
    return said.get("company") == "alone" and said.get("adult") == "yes"


def asks_again(form: Form) -> bool:
    """Whether a page is to be shown once more, because what it says cannot all be so."""
    return clashes(read(form)) and AGAIN_FIELD not in form


def settled(said: Mapping[str, str]) -> dict[str, str]:
    """What is kept of it: where two things cannot both be so, neither."""
    return {name: value for name, value in said.items() if name not in ASKED or not clashes(said)}


def seen(said: Mapping[str, str]) -> dict[str, str]:
    """In which modes pages looked, as a device says: mode -> "yes" or "no". Whatever is no word of ours is left out."""
    return {name: said[name] for name in SEEN if said.get(name) in YES_NO}


def used(form: Form) -> frozenset[str]:
    """The modes that a page says were used on it."""
    return frozenset(form.get(USED_FIELD, ())) & set(USED)
