"""What is kept and what is not, who can use the site, whose drawings and letters it uses: said plainly, to anybody."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engage.web.access import public

bp = Blueprint("about", __name__)


@bp.get("/<slug:partnership>/what-we-keep")
@public
def keep() -> ResponseReturnValue:
    """What is kept of an answer, for how long, who sees it; the cookies."""
    return render_template("desk/keep.html")


@bp.get("/<slug:partnership>/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What was tested, how, and what was not."""
    return render_template("desk/accessibility.html")


@bp.get("/<slug:partnership>/credits")
@public
def credits_page() -> ResponseReturnValue:
    """Whose drawings and letters these are, under which licence, and what was changed."""
    return render_template("desk/credits.html")
