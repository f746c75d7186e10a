"""How long things are kept: periods, the list before deleting, two people, legal holds."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from engage.core import holds, retention
from engage.core.holds import HoldOn, Target
from engage.core.transaction import transactional
from engage.desk.rights.forms import ON_LABELS, HoldForm, PeriodForm
from engage.desk.rights.kinds import FIXED, KINDS, WORDS
from engage.listening.casework import queries as casework
from engage.listening.surveys import queries as surveys
from engage.people import queries as people
from engage.safeguarding import queries_apart as apart
from engage.web.access import Permission, requires, signed_in

bp = Blueprint("rights", __name__, url_prefix="/staff/data")


@bp.get("")
@requires(Permission.MANAGE_PARTNERSHIP)
def keeping() -> ResponseReturnValue:
    """How long each kind is kept, what is old today, and the run that waits."""
    return _keeping_page(_period_form())


@bp.post("/periods")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def set_period() -> ResponseReturnValue:
    """Set how long one kind is kept."""
    form = _period_form()
    if not form.validate_on_submit():
        return _keeping_page(form)
    retention.set_period(KINDS, form.kind.data, form.months.data or 0)
    return redirect(url_for("rights.keeping"), 303)


@bp.post("/runs")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def propose() -> ResponseReturnValue:
    """Propose that what is old today is deleted."""
    retention.propose(KINDS, signed_in().id)
    return redirect(url_for("rights.keeping"), 303)


@bp.post("/runs/<uuid:run_id>/approve")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def approve(run_id: uuid.UUID) -> ResponseReturnValue:
    """Approve what somebody else proposed."""
    retention.approve(run_id, signed_in().id)
    return redirect(url_for("rights.keeping"), 303)


@bp.post("/runs/<uuid:run_id>/drop")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def drop(run_id: uuid.UUID) -> ResponseReturnValue:
    """Take a proposal off again."""
    retention.drop(run_id)
    return redirect(url_for("rights.keeping"), 303)


@bp.get("/holds")
@requires(Permission.MANAGE_PARTNERSHIP)
def all_holds() -> ResponseReturnValue:
    """What must be kept whatever its period, and why."""
    return _holds_page(_hold_form())


@bp.post("/holds")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def place() -> ResponseReturnValue:
    """Put a hold on something."""
    form = _hold_form()
    target = _target(form) if form.validate_on_submit() else None
    if target is None:
        return _holds_page(form)
    holds.place(target, form.reason.data or "", signed_in().id)
    return redirect(url_for("rights.all_holds"), 303)


@bp.post("/holds/<uuid:hold_id>/lift")
@requires(Permission.MANAGE_PARTNERSHIP)
@transactional
def lift(hold_id: uuid.UUID) -> ResponseReturnValue:
    """End a hold."""
    holds.lift(hold_id, signed_in().id, _hidden())
    return redirect(url_for("rights.all_holds"), 303)


def _target(form: HoldForm) -> Target | None:
    """What the form names; None where there is no such thing, which the form then says."""
    on, key = HoldOn(form.on.data), (form.key.data or "").strip()
    if on is HoldOn.PARTNERSHIP:
        return Target(on)
    if on is HoldOn.SURVEY:
        survey = surveys.get_survey(key)
        found = Target(on, survey.id, survey.slug) if survey else None
    else:
        case = next(iter(casework.list_cases(casework.Narrowed(reference=key))), None) if key else None
        found = Target(on, case.id, case.reference) if case and case.id not in _hidden() else None
    if found is None:
        form.key.errors = [_("There is none of that name. Look at its address or its page")]
    return found


def _hidden() -> frozenset[uuid.UUID]:
    """What whoever asks may not know of: cases that are about them, or about somebody they manage (C6)."""
    return apart.hidden_from(signed_in().id)


def _period_form() -> PeriodForm:
    form = PeriodForm(prefix="period")
    form.kind.choices = [SelectChoice(kind.key, WORDS[kind.key].name) for kind in KINDS]
    return form


def _hold_form() -> HoldForm:
    form = HoldForm(prefix="hold")
    form.on.choices = [SelectChoice(on.value, label) for on, label in ON_LABELS.items()]
    return form


def _keeping_page(form: PeriodForm) -> str:
    return render_template(
        "rights/keeping.html",
        form=form,
        lines=retention.dry_run(KINDS),
        words=WORDS,
        fixed=FIXED,
        waiting=retention.waiting(),
        done=retention.list_done(),
        held=holds.held(),
        names=people.names_of(signed_in().partnership_id),
        me=signed_in().id,
    )


def _holds_page(form: HoldForm) -> str:
    names, shown = people.names_of(signed_in().partnership_id), holds.list_holds(_hidden())
    return render_template("rights/holds.html", form=form, holds=shown, labels=ON_LABELS, names=names)
