"""What the worker does for surveys: close what is past its last day, remove old drafts, render words as sound."""

from flask import current_app

from engage.adapters import speech
from engage.core.jobs import job
from engage.core.transaction import transaction
from engage.listening.surveys import drafts, service, speaking


@job("close-surveys", every_minutes=60)
def close_surveys() -> None:
    """Close surveys whose last day is past. (Nobody could answer them since: this makes it so in their state too.)"""
    with transaction():
        service.close_due()


@job("remove-old-drafts", every_minutes=24 * 60)
def remove_old_drafts() -> None:
    """Remove drafts that nobody has touched for weeks: their browser is long closed, and their key gone with it."""
    with transaction():
        drafts.delete_old()


@job("render-speech", every_minutes=15)
def render_speech() -> None:
    """Render some of what open surveys say, where a program for it is installed."""
    speaking.render(speech.from_settings(current_app.extensions["engage_settings"]))
