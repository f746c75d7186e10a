"""Words mean what they say: no figures of speech where children, families or somebody new to English read."""

import re
from collections.abc import Iterator
from typing import Final

from engage.rules.marking import to_translate
from engage.rules.questionnaire.checks.findings import Code, Facts, Finding
from engage.rules.questionnaire.checks.wordings import STAFF, wordings
from engage.rules.questionnaire.definition import Definition

IDIOM: Final = Code(
    "idiom",
    "look",
    to_translate("Somebody who takes words as they are said, or who is new to English, is lost."),
    to_translate("say plainly what you mean"),
)
CODES: Final = (IDIOM,)

PHRASES: Final = (
    "at the end of the day", "touch base", "on the same page", "piece of cake", "red tape", "in the loop",
    "out of the loop", "fall through the cracks", "fell through the cracks", "fall through the net",
    "slip through the net", "pillar to post", "safe pair of hands", "under the weather", "over the moon",
    "out of the blue", "keep an eye on", "hit the ground running", "big picture", "ball rolling", "going forward",
    "moving forward", "think outside the box", "low-hanging fruit", "on board", "get off your chest",
    "got off your chest", "feeling blue", "down in the dumps", "bottle up", "bottled up", "open up about",
    "reach out", "lend an ear", "all ears", "in your shoes", "walk in your shoes", "in the same boat", "rocky road",
    "ups and downs", "up in the air", "on top of things", "bend over backwards", "cut corners",
    "elephant in the room", "last straw", "tip of the iceberg", "level playing field", "lost for words",
    "beat around the bush", "heart of the matter", "make ends meet", "once in a blue moon", "tick the box",
    "tick-box", "at the drop of a hat", "a foot in the door", "back to square one", "safety net",
    "one size fits all", "part and parcel",
)  # fmt: skip
_FOUND: Final = re.compile(r"\b(" + "|".join(map(re.escape, PHRASES)) + r")\b", re.I)


def find(definition: Definition, _facts: Facts) -> Iterator[Finding]:
    if definition.audience in STAFF:
        return
    for wording in wordings(definition):
        for found in _FOUND.finditer(wording.words):
            says = to_translate("is a figure of speech: “{words}”")
            yield IDIOM.at(wording.question, says, wording.place, words=found[0])
