"""The closed lists of words that you said uses: stored by value, free for upper floors."""

from enum import StrEnum


class Verdict(StrEnum):
    """What came of what was said. Not yet is an honest promise of an answer, and is still owed."""

    DID = "did"
    DOING = "doing"
    DID_NOT = "did_not"
    NOT_YET = "not_yet"


class Reason(StrEnum):
    """Why something was not done: the truest, not the kindest."""

    LAW = "law"
    MONEY = "money"
    NOT_OURS = "not_ours"
    HARM = "harm"
    DISAGREED = "disagreed"
    DECIDING = "deciding"


class TakenDown(StrEnum):
    """Why a published answer was taken off the public page."""

    WRONG = "wrong"
    OUT_OF_DATE = "out_of_date"
    IDENTIFIES = "identifies"
    REWRITE = "rewrite"
