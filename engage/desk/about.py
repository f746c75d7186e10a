"""What is kept, how words are screened, who can use the site, whose drawings it uses: said plainly, to anybody."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from engage.assurance.accessibility import queries as access_tests
from engage.assurance.accessibility.forms import ENDING_LABELS, WAY_LABELS
from engage.desk.screened import claim
from engage.web.access import public

bp = Blueprint("about", __name__)


@bp.get("/<slug:partnership>/what-we-keep")
@public
def keep() -> ResponseReturnValue:
    """What is kept of an answer, for how long, who sees it; the cookies."""
    return render_template("desk/keep.html")


@bp.get("/<slug:partnership>/computer-check")
@public
def screened() -> ResponseReturnValue:
    """What the screening of words can and cannot do: the numbers of the last measurement, worst first (S9)."""
    return render_template("desk/screened.html", claim=claim())


@bp.get("/<slug:partnership>/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What was tested, how, and what was not: written from the register, so that nothing untested looks tested."""
    tests = access_tests.list_tests()
    return render_template(
        "desk/accessibility.html",
        tests=tests,
        untested=[WAY_LABELS[way] for way in access_tests.untested(tests)],
        ways=WAY_LABELS,
        endings=ENDING_LABELS,
    )


@bp.get("/<slug:partnership>/credits")
@public
def credits_page() -> ResponseReturnValue:
    """Whose drawings and letters these are, under which licence, and what was changed."""
    return render_template("desk/credits.html")
