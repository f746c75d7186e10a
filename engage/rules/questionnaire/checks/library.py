"""What a survey shows of the library is there, is what it is used as, and is there in every part (A13 A16).

Whether a film can be read by whoever cannot hear it stands here too: every other kind is answerable without seeing,
hearing, drawing or a mouse by how it is made (a test walks them all).
"""

from collections.abc import Iterator
from typing import Final

from engage.rules.languages import english_name
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding, Shown
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.signed import Use, audio_missing, bsl_missing, uses

NO_SIGNED_FILM: Final = Code(
    "no_signed_film",
    "must",
    "Somebody who was promised British Sign Language meets only words in the middle of it.",
    "choose a film for this part, or take away that the survey is in British Sign Language",
)
PARTLY_RECORDED: Final = Code(
    "partly_recorded",
    "look",
    "Somebody who listens hears a person on one page and a machine, or nothing, on the next.",
    "record this part too, or take the other recordings away",
)
NOT_IN_LIBRARY: Final = Code(
    "not_in_library",
    "must",
    "Whoever relies on the picture, the recording or the film finds an empty place.",
    "choose something that is in the library, or add it there",
)
NO_ACCESSIBLE_ROUTE: Final = Code(
    "no_accessible_route",
    "must",
    "Somebody who cannot hear the film does not learn what is said in it.",
    "add the film again with captions and words in every language the survey offers, or take the language off the list",
)
CODES: Final = (NO_SIGNED_FILM, NOT_IN_LIBRARY, NO_ACCESSIBLE_ROUTE, PARTLY_RECORDED)
_NAMES: Final = {"picture": "a picture", "sound": "a recording", "film": "a film"}


def find(definition: Definition, facts: Facts) -> Iterator[Finding]:
    for question in bsl_missing(definition):
        yield NO_SIGNED_FILM.at(question, "has no film in British Sign Language", _place(question, "bsl"))
    for language in definition.languages:
        for question in audio_missing(definition, language):
            message = f"nobody has read it aloud in {english_name(language)}, though other parts were"
            yield PARTLY_RECORDED.at(question, message, _place(question, f"audio.{language}"))
    if facts.library is not None:
        for use in uses(definition):
            yield from _looked_up(use, facts.library.get(use.slug), definition)


def _looked_up(use: Use, shown: Shown | None, definition: Definition) -> Iterator[Finding]:
    if shown is None:
        yield NOT_IN_LIBRARY.at(use.question, f"{use.slug} is not in the library, or was withdrawn", use.place)
    elif shown.sort != use.sort:
        message = f"{use.slug} is {_NAMES[shown.sort]}, and {_NAMES[use.sort]} belongs here"
        yield NOT_IN_LIBRARY.at(use.question, message, use.place)
    elif use.language not in {"", shown.language}:
        message = f"{use.slug} is in {english_name(shown.language)}, and {english_name(use.language)} belongs here"
        yield NOT_IN_LIBRARY.at(use.question, message, use.place)
    elif use.place.endswith(".film"):
        yield from _unheard(use, shown, definition)


def _unheard(use: Use, shown: Shown, definition: Definition) -> Iterator[Finding]:
    """A film that tells something, for readers of each language: a film in BSL is itself a second way."""
    for language in definition.languages:
        lacking = [
            name for name, there in (("captions", shown.captions), ("words", shown.words)) if language not in there
        ]
        if lacking:
            message = f"its film has no {' and no '.join(lacking)} in {english_name(language)}"
            yield NO_ACCESSIBLE_ROUTE.at(use.question, message, use.place)


def _place(question: str | None, name: str) -> str:
    return f"intro.{name}" if question is None else name
