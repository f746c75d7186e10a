"""What the loader found, in words for somebody who sees a form and not a file."""

import re
from collections.abc import Callable
from typing import Final

from flask_babel import gettext as _

from engage.web.layout import language
from engage.web.words import said_in

_SENTENCES: Final[tuple[tuple[str, Callable[[str, re.Match[str]], str]], ...]] = (
    (
        r"is missing|^is empty$",
        lambda label, _m: _("Write something here: %(label)s", label=label),
    ),
    (r"has fewer than two|has too few: at least 2", lambda _l, _m: _("Write at least two answers to choose from")),
    (
        r"has too many letters: at most (\d+)",
        lambda label, m: _("%(label)s: write at most %(most)s letters", label=label, most=m[1]),
    ),
    (r"is no whole number", lambda label, _m: _("%(label)s: write a whole number", label=label)),
    (r"is too low: at least (\d+)", lambda label, m: _("%(label)s: at least %(least)s", label=label, least=m[1])),
    (r"is too high: at most (\d+)", lambda label, m: _("%(label)s: at most %(most)s", label=label, most=m[1])),
    (
        r"contains control characters",
        lambda label, _m: _("%(label)s: holds signs that nobody can see. Write it again", label=label),
    ),
    (r"has two options with a box", lambda _l, _m: _("Only one answer can open a box to say what")),
    (r"is above age_max", lambda _l, _m: _("The youngest age is above the oldest")),
    (r"^has (\d+) words$", lambda label, m: _("%(label)s: there are %(count)s", label=label, count=m[1])),
    (r"needs the words of its points", lambda _l, _m: _("Choose a scale, or write the words of its points")),
    (
        r"which comes later|there is no question",
        lambda _l, _m: _("Another question is asked only after this one. Change first when that one is asked"),
    ),
    (r"has no option", lambda _l, _m: _("Another question is asked only if this answer was chosen. Change that first")),
    (
        r"is not an option of this question",
        lambda label, _m: _("%(label)s: one of them is not an answer any more", label=label),
    ),
    (
        r"\bhas no question$",
        lambda _l, _m: _("A section begins at a question: name it there, among the settings of that question"),
    ),
    (r"has too few: at least 1", lambda _l, _m: _("A survey asks one thing at least. Add another question first")),
)


def plainly(message: str, write: str, label: str) -> str:
    """One sentence; the loader's own words where there is no plainer one."""
    for pattern, say in _SENTENCES:
        found = re.search(pattern, message)
        if found is not None:
            words = say(label or _("a text"), found)
            return f"{words}: {said_in(write, language())}" if pattern.startswith("^has") and write else words
    parts = [said_in(part, language()) for part in (message, write) if part]
    return f"{label}: {'; '.join(parts)}" if label else "; ".join(parts)
