"""The closed lists of words that ballots uses: stored by value, free for upper floors."""

from enum import StrEnum


class Entry(StrEnum):
    """Who may begin a survey: anybody with its link, whoever holds a code, or both."""

    OPEN = "open"
    CODES = "codes"
    BOTH = "both"
