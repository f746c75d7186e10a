"""The administrator's page of keys for machines: made, shown once, withdrawn."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.core.transaction import Saved, transactional
from engage.people import queries_keys, service_keys
from engage.people.forms import KeyForm
from engage.web.access import Permission, requires, signed_in

bp = Blueprint("api_keys", __name__, url_prefix="/staff/partnership/keys")


@bp.get("")
@requires(Permission.MANAGE_PARTNERSHIP)
def page() -> ResponseReturnValue:
    """Every key, and the form for one more."""
    return _page(KeyForm())


@bp.post("")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def make() -> ResponseReturnValue | Saved:
    """Make a key and show it, once."""
    form = KeyForm()
    if not form.validate_on_submit():
        return _page(form)
    name = form.name.data.strip()
    key = service_keys.make_key(name, int(form.days.data), signed_in().id)
    return Saved(render_template("people/key.html", name=name, key=key))


@bp.post("/<uuid:key_id>/withdraw")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def withdraw(key_id: uuid.UUID) -> ResponseReturnValue:
    """End a key now."""
    service_keys.withdraw_key(key_id)
    return redirect(url_for("api_keys.page"), 303)


def _page(form: KeyForm) -> str:
    return render_template("people/keys.html", form=form, keys=queries_keys.list_keys())
