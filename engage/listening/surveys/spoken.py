"""Which languages this site reads aloud by itself, as the publish gate has to know."""

from flask import current_app

from engage.adapters import speech
from engage.rules.questionnaire.checks import Speech
from engage.settings import Settings


def spoken_here() -> Speech:
    """The languages the program that is installed reads, and those it would read if it were."""
    settings: Settings = current_app.extensions["engage_settings"]
    return Speech(speech.from_settings(settings).languages, frozenset(speech.VOICES))
