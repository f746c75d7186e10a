"""The closed lists of words that voices uses: stored by value, free for upper floors."""

from enum import StrEnum


class Channel(StrEnum):
    """Through which door a voice came."""

    SURVEY = "survey"
    CASE = "case"
    INSPECTION = "inspection"


class Concern(StrEnum):
    """How the screening ordered a voice for reading. It clears nothing: everything is read."""

    RED = "red"
    AMBER = "amber"
    NOT_CHECKED = "not_checked"
    NONE = "none"


# In which order unread voices are shown: what nobody checked may hold anything, so it comes before what was weighed.
CONCERN_ORDER = {Concern.RED: 0, Concern.NOT_CHECKED: 1, Concern.AMBER: 2, Concern.NONE: 3}
