"""The closed lists of words that safeguarding uses: stored by value, free for upper floors."""

from enum import StrEnum


class FlagReason(StrEnum):
    """Why a flag was raised."""

    WORDS = "words"
    LOW_ANSWER = "low_answer"
    NOT_CHECKED = "not_checked"
    READER = "reader"
    HANDLER = "handler"


ASKED_FOR_HELP = "help-now"
"""Somebody pressed Help now as they answered. It stands among the questions of a low answer: none can be called so."""


class Decision(StrEnum):
    """What the safeguarding lead decided."""

    NO_CONCERN = "no_concern"
    SIGNPOST = "signpost"
    REPLY = "reply"
    REFER = "refer"
    EMERGENCY = "emergency"
    LADO = "lado"
    WHISTLEBLOWING = "whistleblowing"


APART = frozenset({Decision.LADO, Decision.WHISTLEBLOWING})
"""Decisions after which the words stay with those who decided: no reader and no analyst meets them."""


class Subject(StrEnum):
    """What a matter of employment is about."""

    PAY = "pay"
    WORKLOAD = "workload"
    MANAGEMENT = "management"
    TREATMENT = "treatment"
    CONDITIONS = "conditions"
    OTHER = "other"
