"""What the gate found, in the language of the page: the sentences of a finding, and the place it is about."""

from functools import cache
from itertools import pairwise

from flask_babel import gettext as _

from engage.core import languages
from engage.rules.questionnaire.checks import Finding, Said, is_language
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.signed import SIGNED
from engage.rules.questionnaire.texts import ENGLISH
from engage.web.layout import language
from engage.web.words import apart as words_apart
from engage.web.words import language_name, listed


def said(finding: Finding) -> Said:
    """Its sentences as a page says them: the first begins with a capital letter."""
    found = finding.in_words(_, _told)
    return found._replace(what=found.what[:1].upper() + found.what[1:])


def whereabouts(finding: Finding, definition: Definition) -> str:
    """Which question it is about, and what in it; "" where it is about all of the survey."""
    question = finding.question if finding.question in definition else None
    asked = apart(definition.question(question).text.say(ENGLISH).text) if question is not None else ""
    return ": ".join(part for part in (asked, in_words(finding.place, definition)) if part)


def in_words(place: str, definition: Definition | None = None) -> str:
    """A place as somebody who made it would call it: "questions.3.hint.en.easy" -> "Hint, easy words".

    An answer, a line, a point of a scale is quoted where `definition` has it: "Answer 3 “Not at all”, easy words".
    """
    parts = place.split(".")
    named = _places()
    name = next((named[part] for part in reversed(parts) if part in named), "")
    numbered = _numbered(parts)
    if numbered:
        quoted = _quoted(place, definition)
        name = f"{numbered} “{apart(quoted)}”" if quoted else numbered
    details = [_called(part) for part in parts if part != ENGLISH and part in _codes()]
    if parts[-1] == "easy":
        details.append(_("easy words"))
    return listed((part for part in (name, *details) if part), language())


def apart(words: str) -> str:
    """English words inside a sentence that may run from right to left: first-strong isolates keep their own order."""
    return words_apart(words, language())


def _numbered(parts: list[str]) -> str:
    """ "Answer 3", where the place is one of several; else ""."""
    if parts[0] == "scales" and len(parts) > 2:
        return str(_("Scale %(name)s, point %(number)s", name=parts[1], number=int(parts[2]) + 1))
    for kind, at in pairwise(parts):
        if at.isdecimal() and kind in {"options", "rows", "words", "sections"}:
            numbered: dict[str, str] = {
                "options": _("Answer %(number)s", number=int(at) + 1),
                "rows": _("Line %(number)s", number=int(at) + 1),
                "words": _("Point %(number)s", number=int(at) + 1),
                "sections": _("Section %(number)s", number=int(at) + 1),
            }
            return numbered[kind]
    return ""


def _quoted(place: str, definition: Definition | None) -> str:
    """The English of the text at a place; "" where there is none."""
    texts = definition.texts() if definition is not None else ()
    return next((text.say(ENGLISH).text for _id, path, text in texts if f"{place}.".startswith(f"{path}.")), "")


def _told(param: str, value: str) -> str:
    return _called(value) if is_language(param) else apart(value)


def _called(code: str) -> str:
    return str(_("British Sign Language")) if code == SIGNED else language_name(code, language())


@cache
def _codes() -> frozenset[str]:
    return frozenset(language.code for language in languages.LANGUAGES)


def _places() -> dict[str, str]:
    return {
        "title": _("Title"),
        "who": _("Who is asking"),
        "why": _("Why we ask"),
        "known": _("What we know about them"),
        "reads": _("Who reads it"),
        "limits": _("When someone would have to be told"),
        "expectation": _("What it cannot change"),
        "after": _("What happens afterwards"),
        "minutes": _("How long it takes"),
        "thanks": _("Thanks"),
        "scales": _("Words of a scale"),
        "words": _("Words of the points"),
        "text": _("Question"),
        "hint": _("Hint"),
        "options": _("Answers"),
        "show_if": _("When it is asked"),
        "symbol": _("Symbol"),
        "bsl": _("Film in British Sign Language"),
        "audio": _("Recording"),
        "film": _("Film"),
        "picture": _("Picture"),
        "safety": _("Answers that raise a flag"),
        "background": _("Background questions"),
        "lawful_basis": _("Lawful basis"),
    }
