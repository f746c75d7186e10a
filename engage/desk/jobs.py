"""What the worker does for the desk: keep each partnership's help page as its numbers are."""

from flask import current_app

from engage.core import scope
from engage.core.jobs import job
from engage.desk import help as help_now
from engage.people import queries


@job("render-help", every_minutes=1)
def render_help() -> None:
    """Render the present partnership's help page anew, so that a changed number shows within a minute."""
    row = queries.get_partnership_by_id(scope.current())
    if row is not None:
        help_now.render(current_app, row)
