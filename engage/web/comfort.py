"""Make it easier to use, and leave this page quickly: both work without script."""

from flask import Blueprint, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engage.web import cookies, places
from engage.web.access import public, respondent
from engage.web.appearance import CHOICES, appearance, read
from engage.web.csrf import without_token

bp = Blueprint("comfort", __name__)
_YEAR = 365 * 24 * 3600


@bp.get("/comfort")
@public
def page() -> ResponseReturnValue:
    """The choices, with the present ones marked."""
    g.engage_place = places.place_of(_back())
    return render_template("web/comfort.html", choices=CHOICES, now=appearance(), back=_back())


@bp.post("/comfort")
@without_token  # no cookie to bind a token to; guarded by Origin
@respondent
def keep() -> ResponseReturnValue:
    """Keep the choices in the one appearance cookie and go back to where somebody was."""
    chosen = read({name: request.form.get(name, "") for name in (*CHOICES, "language")})
    response = redirect(_back(), 303)
    cookies.set_cookie(request, response, cookies.LOOK, chosen.to_cookie(), max_age=_YEAR)
    return response


@bp.get("/leave")
@public
def leave() -> ResponseReturnValue:
    """Leave quickly: the answering secret goes, so its draft can't be read any more, then on to a neutral page."""
    response = redirect(current_app.config["ENGAGE_EXIT"], 303)
    cookies.expire_cookie(request, response, cookies.ANSWER)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _back() -> str:
    # Only an address of ours: one slash at the start and nothing that a browser reads as another host (W16).
    wanted = request.values.get("back", "/")
    safe = wanted.startswith("/") and not wanted.startswith("//") and wanted.isprintable() and "\\" not in wanted
    return wanted if safe else "/"
