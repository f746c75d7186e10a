"""What the worker does for themes: freeze their numbers on the day from which they may move."""

from flask import current_app

from engage.core.jobs import job
from engage.core.transaction import transaction
from engage.understanding.themes import service


@job("count-themes", every_minutes=24 * 60)
def count_themes() -> None:
    """Count the themes whose numbers may move today; most days none may."""
    with transaction():
        service.freeze_counts(current_app.extensions["engage_settings"].release_day)
