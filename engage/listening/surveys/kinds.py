"""The closed lists of words that surveys uses: stored by value, free for upper floors."""

from enum import StrEnum


class SurveyState(StrEnum):
    """Where a survey is in its life."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
