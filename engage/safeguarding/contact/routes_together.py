"""Several requests looked through at once, and those closed that are not real; and one opened again that was."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.core.transaction import Saved, transactional
from engage.safeguarding.contact import service_together
from engage.safeguarding.contact.forms import UnrealForm
from engage.safeguarding.forms import ids
from engage.web.access import Permission, requires, signed_in

bp = Blueprint("contact_together", __name__)


@bp.post("/staff/safeguarding/contact/together")
@requires(Permission.TRIAGE_FLAGS)
@transactional
def look() -> ResponseReturnValue | Saved:
    """Look at several: who they are and how to reach them, side by side. Each is written down; their clocks go on."""
    return _page(UnrealForm(formdata=None))


@bp.post("/staff/safeguarding/contact/together/not-real")
@requires(Permission.TRIAGE_FLAGS)
@transactional
def close() -> ResponseReturnValue | Saved:
    """Close those that are ticked as not real, with one reason for all."""
    form, ticked = UnrealForm(), ids(request.form.getlist("unreal"))
    if not form.validate_on_submit() or not ticked:
        return _page(form)
    count = service_together.close_unreal(ticked, form.reason.data, signed_in().id)
    return redirect(url_for("contact_queue.waiting", unreal=count), 303)


@bp.post("/staff/safeguarding/contact/<uuid:request_id>/reopen")
@requires(Permission.TRIAGE_FLAGS)
@transactional
def reopen(request_id: uuid.UUID) -> ResponseReturnValue:
    """It was real after all: it waits again."""
    service_together.reopen(request_id, signed_in().id)
    return redirect(url_for("contact_queue.waiting"), 303)


def _page(form: UnrealForm) -> ResponseReturnValue | Saved:
    opened = service_together.open_all(ids(request.form.getlist("request")), signed_in().id)
    if not opened:
        return redirect(url_for("contact_queue.waiting"), 303)
    ticked = set(ids(request.form.getlist("unreal")))
    is_none_ticked = form.is_submitted() and "reason" in request.form and not ticked
    page = render_template(
        "contact/together.html", opened=opened, form=form, ticked=ticked, is_none_ticked=is_none_ticked
    )
    return Saved(page)
