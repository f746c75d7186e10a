"""What stands beside the words for people who do not read them: files of the partnership's library, by their slugs."""

from collections.abc import Iterator

from pydantic import Field

from engage.rules.questionnaire.texts import Frozen, Language, Slug


class Aided(Frozen):
    """Something that is shown in other ways than words.

    `audio`: language -> a recording of all its words (for a question: with its answers). `bsl`: a film in British Sign
    Language.
    """

    audio: dict[Language, Slug] = Field(default_factory=dict)
    bsl: Slug | None = None

    def library_names(self) -> Iterator[str]:
        """The slugs of everything in the library that this shows."""
        yield from self.audio.values()
        if self.bsl is not None:
            yield self.bsl
