"""The closed lists of words that themes uses: stored by value, free for upper floors."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a quote is not shown."""

    IDENTIFIES = "identifies"
    UPSETS = "upsets"
    TWISTS = "twists"
    WITHDRAWN = "withdrawn"


# A partnership's own list of names: how many it may hold, and how many characters each may have.
MOST_NAMES = 2000
LONGEST_NAME = 100

# The drawings that a theme may carry beside its words: what children speak about. Names of the symbol macro.
PICTURES = (
    "speech",
    "people",
    "family",
    "home",
    "school",
    "teacher",
    "change",
    "bus",
    "street",
    "park",
    "phone",
    "computer",
    "health",
    "police",
    "shield",
    "clock",
    "door",
    "moon",
    "music",
    "book",
    "listen",
    "idea",
    "worried",
    "happy",
)
