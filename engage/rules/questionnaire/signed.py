"""Whether a survey that says it is in British Sign Language is so in every part (A16), and which files it shows."""

from engage.rules.questionnaire.definition import Definition


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


def library_names(definition: Definition) -> frozenset[str]:
    """The slugs of everything in the library that a definition shows."""
    names = {*definition.intro.library_names()}
    return frozenset(names.union(*(question.library_names() for question in definition.questions)))
