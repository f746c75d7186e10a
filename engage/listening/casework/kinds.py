"""The closed lists of words that casework uses: stored by value, free for upper floors."""

from enum import StrEnum


class CaseKind(StrEnum):
    """What somebody came to say."""

    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    WORRY = "worry"
    IDEA = "idea"


class Outcome(StrEnum):
    """How a case ended."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    PASSED_ON = "passed_on"
    TAKEN_UP = "taken_up"
    NOT_TAKEN_UP = "not_taken_up"


class Way(StrEnum):
    """How somebody told a member of staff, where it did not come through the page."""

    PHONE = "phone"
    LETTER = "letter"
    IN_PERSON = "in-person"


class GlassState(StrEnum):
    """Where a request to see who a confidential case is from stands."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    LAPSED = "lapsed"


class Reply(StrEnum):
    """What a second person says to such a request."""

    TELL = "tell"
    NOT_TELL = "not-tell"
    REFUSE = "refuse"
