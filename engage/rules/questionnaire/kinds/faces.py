"""Faces with a word under each: three or five, the first a true negative (SAFETY A11: never all smiling)."""

from typing import ClassVar, Literal

from engage.rules.marking import worded
from engage.rules.questionnaire.kinds.choice import OnScale


class Faces(OnScale):
    """Option ids "1" (worst) to "3" or "5" (best)."""

    lengths: ClassVar[tuple[int, ...]] = (3, 5)
    points: ClassVar[str] = worded("three or five words")

    kind: Literal["faces"]
