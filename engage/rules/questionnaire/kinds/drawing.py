"""A drawing made on the page, or a photo of one made on paper, or words that describe it."""

from typing import ClassVar, Literal

from engage.rules.questionnaire.kinds.attached import Attached


class Drawing(Attached):
    """One picture. "Describe it instead" is a box of words that is always on the page: nobody has to draw."""

    media: ClassVar[tuple[str, ...]] = ("photo",)

    kind: Literal["drawing"]
