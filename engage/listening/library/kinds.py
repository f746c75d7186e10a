"""The closed lists of words that the library uses."""

from enum import StrEnum


class ItemKind(StrEnum):
    """What a thing in the library is."""

    PICTURE = "picture"
    SOUND = "sound"
    FILM = "film"
