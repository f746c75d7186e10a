"""A film that tells something: with captions and its words, never playing by itself."""

from collections.abc import Iterator
from typing import Literal

from engage.rules.questionnaire.kinds.information import Told
from engage.rules.questionnaire.texts import Slug


class Video(Told):
    """`film` names one of the partnership's library, where every film has captions and its words.

    Whoever cannot watch it has `text` and `hint`; a film that was withdrawn leaves those standing.
    """

    kind: Literal["video"]
    film: Slug

    def library_names(self) -> Iterator[str]:
        yield from super().library_names()
        yield self.film
