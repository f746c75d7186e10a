"""Today: what needs me now, in order of harm."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engage.web.access import requires

bp = Blueprint("today", __name__)


@bp.get("/staff/today")
@requires()
def page() -> ResponseReturnValue:
    """What waits for the person signed in."""
    return render_template("desk/today.html")
