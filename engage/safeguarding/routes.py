"""Triage: flags in order of harm, each opened by POST and decided with a reason."""

import uuid

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.core import audit, scope
from engage.core.errors import Conflict
from engage.core.transaction import Saved, transactional
from engage.people import queries as people
from engage.safeguarding import forms, queries, service_files, views
from engage.safeguarding import service_triage as triage
from engage.safeguarding.forms import DecisionForm
from engage.safeguarding.kinds import Decision
from engage.safeguarding.views import FlagPage
from engage.safeguarding.views_reading import unread
from engage.voices import queries as heard
from engage.web.access import Permission, requires, signed_in
from engage.web.paging import page_number

bp = Blueprint("safeguarding", __name__)
_PAGE = 50


@bp.get("/staff/safeguarding")
@requires(Permission.TRIAGE_FLAGS, Permission.READ_VOICES)
def flags() -> ResponseReturnValue:
    """The triage queue; somebody who only reads goes to what waits to be read."""
    if not signed_in().can(Permission.TRIAGE_FLAGS):
        return redirect(url_for("reading.waiting"), 303)
    page = page_number()
    waiting = queries.count_open()
    return render_template(
        "safeguarding/flags.html",
        groups=views.flag_groups(queries.list_open(_PAGE, (page - 1) * _PAGE), _names()),
        lede=views.lede(waiting),
        unread=unread(heard.count_unread_by_concern()),
        page=page,
        pages=-(-waiting.matters // _PAGE),
        decided=_just_decided(),
    )


@bp.post("/staff/safeguarding/flags/<uuid:flag_id>")
@requires(Permission.TRIAGE_FLAGS)
@transactional
def flag(flag_id: uuid.UUID) -> Saved:
    """Open one flag: what was said, what may be done, the form to decide with. Written down."""
    return _flag_page(flag_id, DecisionForm(formdata=None))


@bp.post("/staff/safeguarding/flags/<uuid:flag_id>/decision")
@requires(Permission.TRIAGE_FLAGS)
@transactional
def decide(flag_id: uuid.UUID) -> ResponseReturnValue | Saved:
    """Decide; a mistake or somebody quicker shows the flag again with everything that was typed."""
    form = DecisionForm()
    if not form.validate_on_submit():
        return _flag_page(flag_id, form)
    seen = forms.ids(request.form.getlist("seen"))
    decision, message = Decision(form.decision.data), form.message.data or ""
    try:
        triage.decide(flag_id, decision, form.note.data, by=signed_in().id, seen=seen, message=message)
    except Conflict:
        return _flag_page(flag_id, form, was_changed=True)
    return redirect(url_for("safeguarding.flags", decided=decision.value), 303)


@bp.get("/staff/safeguarding/decided")
@requires(Permission.TRIAGE_FLAGS)
def decided() -> ResponseReturnValue:
    """Flags that were decided: by whom, and what. Opened like any other."""
    page = page_number()
    rows = queries.list_decided(_PAGE, (page - 1) * _PAGE)
    pages = -(-queries.count_decided() // _PAGE)
    items = views.decided_lines(rows, _names())
    return render_template("safeguarding/decided.html", items=items, page=page, pages=pages)


def _flag_page(flag_id: uuid.UUID, form: DecisionForm, *, was_changed: bool = False) -> Saved:
    opened = triage.open_flag(flag_id, signed_in().id)
    names = _names()
    files = service_files.hand_out([row.id for row, _ in opened.said], signed_in().id)
    page: FlagPage = views.flag_page(opened, names, files)
    form = form if page.can_reply else form.without_reply()
    steps = views.trail(audit.trail(flag_id), names)
    shown = render_template(
        "safeguarding/flag.html", page=page, form=form, steps=steps, flag_id=flag_id, was_changed=was_changed
    )
    return Saved((shown, 409) if was_changed else shown)


def _names() -> dict[uuid.UUID, str]:
    return people.names_of(scope.current())


def _just_decided() -> str | None:
    made = request.args.get("decided", "")
    return views.decision(Decision(made)) if made in set(Decision) else None
