"""The staff page of the register."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.assurance.accessibility import queries, service
from engage.assurance.accessibility.forms import ENDING_LABELS, WAY_LABELS, AccessTestForm
from engage.assurance.accessibility.kinds import Ending, Way
from engage.core.transaction import transactional
from engage.web.access import Permission, requires

bp = Blueprint("access_tests", __name__, url_prefix="/staff/accessibility")


@bp.get("")
@requires(Permission.MANAGE_PARTNERSHIP)
def register() -> ResponseReturnValue:
    """Every test by people, what nobody has tried, and the form for one more."""
    return _page(AccessTestForm())


@bp.post("")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def add() -> ResponseReturnValue:
    """Write a test down."""
    form = AccessTestForm()
    if not form.validate_on_submit():
        return _page(form)
    service.record(
        service.Tested(
            way=Way(form.way.data),
            tested_on=form.tested_on.data,
            testers=form.testers.data,
            equipment=form.equipment.data or "",
            found=form.found.data or "",
            is_problem=form.ending.data == Ending.PROBLEM,
        )
    )
    return redirect(url_for("access_tests.register"), 303)


@bp.post("/<uuid:test_id>/mended")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def mend(test_id: uuid.UUID) -> ResponseReturnValue:
    """Say that what a test found is mended."""
    service.mend(test_id)
    return redirect(url_for("access_tests.register"), 303)


def _page(form: AccessTestForm) -> str:
    tests = queries.list_tests()
    return render_template(
        "accessibility/register.html",
        form=form,
        tests=tests,
        untested=[WAY_LABELS[way] for way in queries.untested(tests)],
        ways=WAY_LABELS,
        endings=ENDING_LABELS,
    )
