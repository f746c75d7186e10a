"""Help now: numbers to call, without script or session."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engage.people import queries
from engage.web.access import public

bp = Blueprint("help", __name__)


@bp.get("/<slug:partnership>/help")
@public
def page() -> ResponseReturnValue:
    """The partnership's numbers."""
    return render_template("desk/help.html", numbers=queries.list_help_numbers())


@bp.get("/help")
@public
def built_in() -> ResponseReturnValue:
    """The numbers that work everywhere."""
    return render_template("desk/help.html", numbers=[])
