"""One help number: put it right, say when it was last rung, move it up."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.core import clock
from engage.core.errors import NotFound
from engage.core.transaction import transactional
from engage.people import queries, service
from engage.people.forms import HelpNumberEditForm
from engage.people.queries import HelpRow
from engage.web.access import Permission, requires

bp = Blueprint("help_numbers", __name__, url_prefix="/staff/partnership/help-numbers")


@bp.get("/<uuid:number_id>")
@requires(Permission.MANAGE_PARTNERSHIP)
def page(number_id: uuid.UUID) -> ResponseReturnValue:
    """The form of one number, checked today unless another day is given."""
    row = _found(number_id)
    filled = {"name": row.name, "number": row.number, "about": row.about, "checked_on": clock.today()}
    return _page(row, HelpNumberEditForm(formdata=None, data=filled))


@bp.post("/<uuid:number_id>")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def change(number_id: uuid.UUID) -> ResponseReturnValue:
    """Keep it; the help page shows it within a minute."""
    row, form = _found(number_id), HelpNumberEditForm()
    if not form.validate_on_submit():
        return _page(row, form)
    said = (form.name.data, form.number.data, form.about.data or "", form.checked_on.data)
    service.change_help_number(number_id, *said)
    return redirect(url_for("manage.partnership"), 303)


@bp.post("/<uuid:number_id>/up")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def move_up(number_id: uuid.UUID) -> ResponseReturnValue:
    """Show it before the one above it."""
    service.move_help_number_up(number_id)
    return redirect(url_for("manage.partnership"), 303)


def _found(number_id: uuid.UUID) -> HelpRow:
    row = next((each for each in queries.list_help_numbers() if each.id == number_id), None)
    if row is None:
        raise NotFound
    return row


def _page(row: HelpRow, form: HelpNumberEditForm) -> str:
    return render_template("people/number.html", row=row, form=form)
