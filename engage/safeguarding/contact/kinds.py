"""The closed lists of words that the contact lane uses."""

from enum import StrEnum


class Outcome(StrEnum):
    """How a request to be contacted ended."""

    SPOKEN = "spoken"
    REFERRED = "referred"
    NOT_REACHED = "not_reached"
    WITHDRAWN = "withdrawn"
    NOT_REAL = "not_real"
