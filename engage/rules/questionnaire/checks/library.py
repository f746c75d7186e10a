"""What a survey shows of the library is there, is what it is used as, and is there in every part (A13 A16).

Whether a film can be read by whoever cannot hear it stands here too: every other kind is answerable without seeing,
hearing, drawing or a mouse by how it is made (a test walks them all).
"""

from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding, Shown
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.signed import Sort, Use, audio_missing, bsl_missing, uses

NO_SIGNED_FILM: Final = Code(
    "no_signed_film",
    "must",
    to_translate("Somebody who was promised British Sign Language meets only words in the middle of it."),
    to_translate("choose a film for this part, or take away that the survey is in British Sign Language"),
)
PARTLY_RECORDED: Final = Code(
    "partly_recorded",
    "look",
    to_translate("Somebody who listens hears a person on one page and a machine, or nothing, on the next."),
    to_translate("record this part too, or take the other recordings away"),
)
NOT_IN_LIBRARY: Final = Code(
    "not_in_library",
    "must",
    to_translate("Whoever relies on the picture, the recording or the film finds an empty place."),
    to_translate("choose something that is in the library, or add it there"),
)
NO_ACCESSIBLE_ROUTE: Final = Code(
    "no_accessible_route",
    "must",
    to_translate("Somebody who cannot hear the film does not learn what is said in it."),
    to_translate(
        "add the film again with captions and words in every language the survey offers, or take the language off the "
        "list"
    ),
)
CODES: Final = (NO_SIGNED_FILM, NOT_IN_LIBRARY, NO_ACCESSIBLE_ROUTE, PARTLY_RECORDED)
_OTHER_SORT: Final[dict[tuple[Sort, Sort], str]] = {
    ("picture", "sound"): to_translate("{name} is a picture, and a recording belongs here"),
    ("picture", "film"): to_translate("{name} is a picture, and a film belongs here"),
    ("sound", "picture"): to_translate("{name} is a recording, and a picture belongs here"),
    ("sound", "film"): to_translate("{name} is a recording, and a film belongs here"),
    ("film", "picture"): to_translate("{name} is a film, and a picture belongs here"),
    ("film", "sound"): to_translate("{name} is a film, and a recording belongs here"),
}
"""By what it is and what belongs there."""
_UNHEARD: Final = {
    (False, False): to_translate("its film has no captions and no words in {language}"),
    (False, True): to_translate("its film has no captions in {language}"),
    (True, False): to_translate("its film has no words in {language}"),
}
"""By whether it has captions, and words."""


def find(definition: Definition, facts: Facts) -> Iterator[Finding]:
    for question in bsl_missing(definition):
        yield NO_SIGNED_FILM.at(question, to_translate("has no film in British Sign Language"), _place(question, "bsl"))
    for language in definition.languages:
        for question in audio_missing(definition, language):
            says = to_translate("nobody has read it aloud in {language}, though other parts were")
            yield PARTLY_RECORDED.at(question, says, _place(question, f"audio.{language}"), language=language)
    if facts.library is not None:
        for use in uses(definition):
            yield from _looked_up(use, facts.library.get(use.slug), definition)


def _looked_up(use: Use, shown: Shown | None, definition: Definition) -> Iterator[Finding]:
    if shown is None:
        says = to_translate("{name} is not in the library, or was withdrawn")
        yield NOT_IN_LIBRARY.at(use.question, says, use.place, name=use.slug)
    elif shown.sort != use.sort:
        yield NOT_IN_LIBRARY.at(use.question, _OTHER_SORT[shown.sort, use.sort], use.place, name=use.slug)
    elif use.language not in {"", shown.language}:
        says = to_translate("{name} is in {language_there}, and {language} belongs here")
        yield NOT_IN_LIBRARY.at(
            use.question, says, use.place, name=use.slug, language_there=shown.language, language=use.language
        )
    elif use.place.endswith(".film"):
        yield from _unheard(use, shown, definition)


def _unheard(use: Use, shown: Shown, definition: Definition) -> Iterator[Finding]:
    """A film that tells something, for readers of each language: a film in BSL is itself a second way."""
    for language in definition.languages:
        has_captions, has_words = language in shown.captions, language in shown.words
        if not (has_captions and has_words):
            says = _UNHEARD[has_captions, has_words]
            yield NO_ACCESSIBLE_ROUTE.at(use.question, says, use.place, language=language)


def _place(question: str | None, name: str) -> str:
    return f"intro.{name}" if question is None else name
