"""The closed lists of words that safeguarding uses: stored by value, free for upper floors."""

from enum import StrEnum


class FlagReason(StrEnum):
    """Why a flag was raised."""

    WORDS = "words"
    LOW_ANSWER = "low_answer"
    NOT_CHECKED = "not_checked"
    READER = "reader"
    HANDLER = "handler"


class Decision(StrEnum):
    """What the safeguarding lead decided."""

    NO_CONCERN = "no_concern"
    SIGNPOST = "signpost"
    REPLY = "reply"
    REFER = "refer"
    EMERGENCY = "emergency"
