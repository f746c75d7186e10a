"""One answer from a list."""

from typing import Literal

from engage.rules.questionnaire.kinds.choice import Listed, OneOf


class Single(Listed, OneOf):
    """`{"value": option id}`, with `other` where the option says "say what"."""

    kind: Literal["single"]
