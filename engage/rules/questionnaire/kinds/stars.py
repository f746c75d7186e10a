"""One to five stars, each with words ("1 star - very bad"): radios, not a widget (SAFETY A10)."""

from typing import ClassVar, Literal

from engage.rules.marking import worded
from engage.rules.questionnaire.kinds.choice import OnScale


class Stars(OnScale):
    """Option ids "1" (worst) to "5" (best)."""

    lengths: ClassVar[tuple[int, ...]] = (5,)
    points: ClassVar[str] = worded("five words, one for each number of stars")

    kind: Literal["stars"]
