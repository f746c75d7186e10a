"""Screening: a first list of worrying words, so that the gravest comments are read first.

Here: taking text to a plain form, finding the lists' lines in it, the order of a reading queue. Not here: who reads,
flags, alerts, and anything that decides that a comment needs no reading. Sentiment takes no part.
"""

from engage.rules.screening.measured import Found, Measured, measured
from engage.rules.screening.verdict import (
    LONGEST_TEXT,
    MEASURED_LANGUAGES,
    Outcome,
    Screening,
    categories,
    order_key,
    screen,
)

__all__ = [
    "LONGEST_TEXT",
    "MEASURED_LANGUAGES",
    "Found",
    "Measured",
    "Outcome",
    "Screening",
    "categories",
    "measured",
    "order_key",
    "screen",
]
