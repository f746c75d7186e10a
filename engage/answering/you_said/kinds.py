"""The closed lists of words that you said uses: stored by value, free for upper floors."""

from enum import StrEnum


class Verdict(StrEnum):
    """What came of what was said."""

    DID = "did"
    DOING = "doing"
    DID_NOT = "did_not"
