"""The closed lists of words that the contact lane uses."""

from enum import StrEnum


class Mistaken(StrEnum):
    """Why a request is not about somebody it was kept from."""

    NAMESAKE = "namesake"
    ORDINARY_WORD = "ordinary_word"
    TICKED_WRONGLY = "ticked_wrongly"


class Outcome(StrEnum):
    """How a request to be contacted ended."""

    SPOKEN = "spoken"
    REFERRED = "referred"
    NOT_REACHED = "not_reached"
    WITHDRAWN = "withdrawn"
    NOT_REAL = "not_real"
