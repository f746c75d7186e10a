"""What only people can test, and how a test ended."""

from enum import StrEnum


class Way(StrEnum):
    """A way of using the product that no program can stand in for."""

    SCREEN_READER_PHONE = "screen-reader-phone"
    SCREEN_READER_COMPUTER = "screen-reader-computer"
    SWITCH = "switch"
    VOICE_CONTROL = "voice-control"
    MAGNIFIER = "magnifier"
    BSL = "bsl"
    LEARNING_DISABILITY = "learning-disability"
    DYSLEXIA = "dyslexia"
    YOUNGEST = "youngest"
    ANOTHER_LANGUAGE = "another-language"
    RIGHT_TO_LEFT = "right-to-left"
    ON_PAPER = "on-paper"


class Ending(StrEnum):
    """What a test came to. A problem stays one until somebody says on which day it was mended."""

    WORKS = "works"
    PROBLEM = "problem"
    MENDED = "mended"
