"""What the page to try a survey on is given: every page to go to, and what stands there beside its words."""

from collections.abc import Callable
from dataclasses import dataclass

from engage.listening.library import queries as library
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.media import Aided


@dataclass(frozen=True)
class TryPage:
    """One page; `words` "" for the one before question 1. `is_signed`: it has a film in British Sign Language that can
    be shown; `is_recorded`: somebody reads it out in the language it is tried in.
    """

    words: str
    href: str
    is_signed: bool
    is_recorded: bool


def pages(definition: Definition, language: str, link: Callable[..., str]) -> list[TryPage]:
    """Every page in order; `link(q=...)` gives the address of a question."""
    all_of_it = (definition.intro, *definition.asked)
    shown = library.shown({name for page in all_of_it for name in page.library_names()})

    def page(words: str, aided: Aided, href: str) -> TryPage:
        return TryPage(words, href, is_signed=aided.bsl in shown, is_recorded=aided.audio.get(language) in shown)

    asked = [page(each.text.say("en").text, each, link(q=each.id)) for each in definition.asked]
    return [page("", definition.intro, link()), *asked]
