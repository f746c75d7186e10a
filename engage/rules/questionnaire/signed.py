"""Whether a survey that says it is in British Sign Language is so in every part (A16), and which files it shows."""

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Question
from engage.rules.questionnaire.kinds.video import Video
from engage.rules.questionnaire.media import Aided

SIGNED: Final = "bfi"
"""British Sign Language (ISO 639-3)."""

Sort = Literal["picture", "sound", "film"]


class Use(NamedTuple):
    """A place where a definition shows something of the library: which part (None: before question 1) and where in it.

    `language`: what must be spoken or signed in it; "" where that is open.
    """

    question: str | None
    place: str
    slug: str
    sort: Sort
    language: str = ""


def bsl_missing(definition: Definition) -> tuple[str | None, ...]:
    """The parts without a film in a survey flagged `bsl: true`: question ids, None for the page before question 1."""
    if not definition.bsl:
        return ()
    before = () if definition.intro.bsl else (None,)
    return (*before, *(question.id for question in definition.questions if question.bsl is None))


def audio_missing(definition: Definition, language: str) -> tuple[str | None, ...]:
    """The parts that nobody recorded in `language`, where at least one part was."""
    parts = ((None, definition.intro), *((question.id, question) for question in definition.questions))
    without = tuple(name for name, part in parts if language not in part.audio)
    return without if len(without) < len(parts) else ()


def uses(definition: Definition) -> Iterator[Use]:
    """Everything of the library that a definition shows, place by place."""
    yield from _beside(None, "intro", definition.intro)
    for index, question in enumerate(definition.questions):
        yield from _beside(question.id, f"questions.{index}", question)
        yield from _in(question, f"questions.{index}")


def library_names(definition: Definition) -> frozenset[str]:
    """The slugs of everything in the library that a definition shows."""
    return frozenset(use.slug for use in uses(definition))


def _beside(part: str | None, place: str, aided: Aided) -> Iterator[Use]:
    for language, slug in aided.audio.items():
        yield Use(part, f"{place}.audio.{language}", slug, "sound", language)
    if aided.bsl is not None:
        yield Use(part, f"{place}.bsl", aided.bsl, "film", SIGNED)


def _in(question: Question, place: str) -> Iterator[Use]:
    if question.picture is not None:
        yield Use(question.id, f"{place}.picture", question.picture, "picture")
    for index, option in enumerate(question.options() or ()):
        if option.picture is not None:
            yield Use(question.id, f"{place}.options.{index}.picture", option.picture, "picture")
    if isinstance(question, Video):
        yield Use(question.id, f"{place}.film", question.film, "film")
