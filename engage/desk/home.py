"""Who is here, and a partnership's public home."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engage.people import queries
from engage.web.access import public

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def front() -> ResponseReturnValue:
    """The partnerships here."""
    return render_template("desk/front.html", partnerships=queries.list_partnerships())


@bp.get("/<slug:partnership>/")
@public
def partnership_home() -> ResponseReturnValue:
    """The doors of one partnership."""
    return render_template("desk/home.html")
