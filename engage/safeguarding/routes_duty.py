"""Duty: when somebody reads, how soon, who is told when nobody has, and what is looked at again."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.core import scope
from engage.core.transaction import Saved, transactional
from engage.people import queries as people
from engage.safeguarding import forms, queries_duty, service_apart, service_duty, words_hours
from engage.safeguarding.forms_duty import DutyForm, filled
from engage.safeguarding.routes import OPENS
from engage.web.access import Permission, requires, signed_in

bp = Blueprint("duty", __name__)


@bp.get("/staff/safeguarding/duty")
@requires(Permission.TRIAGE_FLAGS, Permission.MANAGE_PARTNERSHIP)
def page() -> ResponseReturnValue:
    """Hours, clocks, and who is told in which order."""
    return _page(DutyForm(data=filled(queries_duty.duty())))


@bp.post("/staff/safeguarding/duty")
@requires(Permission.TRIAGE_FLAGS, Permission.MANAGE_PARTNERSHIP)
@transactional
def change() -> ResponseReturnValue:
    """Keep them."""
    form = _offered(DutyForm())
    if not form.validate_on_submit():
        return _page(form)
    service_duty.set_duty(form.duty)
    service_duty.set_order(form.order)
    return redirect(url_for("duty.page", saved=1), 303)


@bp.post("/staff/safeguarding/flags/<uuid:flag_id>/about")
@requires(*OPENS)
@transactional
def about(flag_id: uuid.UUID) -> ResponseReturnValue | Saved:
    """Say which people with an account a flag is about; they see nothing of it from now on."""
    service_apart.say_whom(flag_id, forms.ids(request.form.getlist("people")), signed_in().id)
    return redirect(url_for("safeguarding.flags", kept="apart"), 303)


@bp.post("/staff/safeguarding/flags/<uuid:flag_id>/followed-up")
@requires(*OPENS)
@transactional
def followed_up(flag_id: uuid.UUID) -> ResponseReturnValue:
    """It was looked at again."""
    service_apart.require(flag_id, signed_in().id)
    service_duty.follow_up_done(flag_id, signed_in().id)
    return redirect(url_for("safeguarding.flags"), 303)


def _offered(form: DutyForm) -> DutyForm:
    able = people.list_people_who(scope.current(), Permission.TRIAGE_FLAGS)
    return form.offer(able, queries_duty.order_told())


def _page(form: DutyForm) -> str:
    hours = queries_duty.duty().hours
    return render_template(
        "safeguarding/duty.html",
        form=_offered(form),
        hours=words_hours.on_days(hours),
        nobody=words_hours.nobody_there(hours),
        is_saved="saved" in request.args and not form.errors,
    )
