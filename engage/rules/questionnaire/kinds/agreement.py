"""How much someone agrees: five worded points and "I do not know", which is not a point."""

from typing import ClassVar, Final, Literal

from engage.rules.marking import worded
from engage.rules.questionnaire.kinds.choice import OnScale

DONT_KNOW: Final = "dont_know"


class Agreement(OnScale):
    """Option ids "1" (strongly disagree) to "5" (strongly agree), then "dont_know"; the sixth words are for that."""

    lengths: ClassVar[tuple[int, ...]] = (6,)
    points: ClassVar[str] = worded("six words: five points, then the words for “I do not know”")

    kind: Literal["agreement"]

    def _ids(self, count: int) -> list[str]:
        return [*super()._ids(count - 1), DONT_KNOW]
