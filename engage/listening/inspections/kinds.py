"""The closed lists of words that inspections uses: stored by value, free for upper floors."""

from enum import StrEnum


class InspectionState(StrEnum):
    """Where an inspection is. A service may decline: that is reported, not hidden."""

    PLANNED = "planned"
    TOGETHER = "together"
    PUBLISHED = "published"
    DECLINED = "declined"


class Finding(StrEnum):
    """What a team writes down about a service, beside the star."""

    STRENGTH = "strength"
    CONSIDERATION = "consideration"


# What a form sends for "I could not see this today"; stored as no value.
NOT_SEEN = "not-seen"
