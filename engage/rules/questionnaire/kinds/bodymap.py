"""Parts of the body, chosen in a list; a drawing of front and back beside it shows and takes the same choices."""

from typing import Final, Literal

from pydantic import model_validator

from engage.rules.marking import worded
from engage.rules.questionnaire.kinds.base import InconsistentError, Problem
from engage.rules.questionnaire.kinds.multiple import Several

_PAIRED: Final = tuple(f"{side}-{part}" for part in ("arm", "hand", "leg", "foot") for side in ("left", "right"))
FRONT: Final = ("head", "neck", "chest", "tummy", "hips", *_PAIRED)
BACK: Final = ("back-of-head", "neck", "upper-back", "lower-back", "bottom", *_PAIRED)
REGIONS: Final = tuple(dict.fromkeys((*FRONT, *BACK)))
"""What the drawing has, left and right as the person has them; other options stand in the list alone."""


class BodyMap(Several):
    """`{"values": [option ids in the order of the definition]}`. Options whose ids are `REGIONS` are drawn as well."""

    kind: Literal["bodymap"]

    @model_validator(mode="after")
    def _has_regions(self) -> "BodyMap":
        if sum(option.id in REGIONS for option in self.choices) < 2:
            write = worded("write at least two of: {ids}", ids=", ".join(REGIONS))
            raise InconsistentError((Problem(("options",), worded("names no parts of the body"), write),))
        return self
