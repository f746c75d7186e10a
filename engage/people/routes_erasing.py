"""Erase who somebody was, once their account is closed."""

import uuid

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.core.transaction import transactional
from engage.people import service_erasing
from engage.web.access import Permission, requires

bp = Blueprint("erasing_people", __name__)


@bp.post("/staff/people/<uuid:account_id>/erase")
@requires(Permission.MANAGE_PEOPLE)
@transactional
def erase(account_id: uuid.UUID) -> ResponseReturnValue:
    """Their name goes for good; refused with the reason while the account is open or must be kept."""
    service_erasing.erase_account(account_id)
    return redirect(url_for("manage.people"), 303)
