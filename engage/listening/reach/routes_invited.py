"""Staff pages of who is invited and when they are written to; and the public page that ends the reminders."""

import uuid

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.core import clock, languages
from engage.core.errors import Refused
from engage.core.transaction import transactional
from engage.listening.invited import queries, service
from engage.listening.invited.queries import Plan
from engage.listening.reach import invitations
from engage.listening.reach.forms import InviteForm, PlanForm
from engage.listening.reach.routes import definition_of, survey
from engage.listening.surveys.queries import SurveyRow
from engage.settings import Settings
from engage.web.access import Permission, public, requires, respondent
from engage.web.csrf import without_token
from engage.web.layout import language
from engage.web.refusals import sentence

bp = Blueprint("invited", __name__)
_PAGE = "/staff/surveys/<slug:name>/invited"
_STOP = "/<slug:partnership>/reminders/<uuid:invited>/<string:token>"


@bp.get(_PAGE)
@requires(Permission.MANAGE_SURVEYS)
def page(name: str) -> ResponseReturnValue:
    """Who is on the list, when they are written to, and what they will read."""
    row = survey(name)
    return _page(row, _invite_form(row), _plan_form(row))


@bp.post(f"{_PAGE}/add")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def add(name: str) -> ResponseReturnValue:
    """Add addresses; a line that is none is pointed at, and nothing is added."""
    row = survey(name)
    form = InviteForm(invitations.offered(row))
    found, wrong = service.read_list(form.people.data or "")
    if not form.validate_on_submit() or wrong:
        if wrong:
            form.people.errors = [form.wrong(wrong)]
        return _page(row, form, _plan_form(row)), 422
    try:
        added = service.invite(row.id, found, form.language.data)
    except Refused as refused:
        form.people.errors = [sentence(refused.reason, refused.params)]
        return _page(row, form, _plan_form(row)), 422
    return redirect(url_for("invited.page", name=name, added=added, passed=len(found) - added), 303)


@bp.post(f"{_PAGE}/plan")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def plan(name: str) -> ResponseReturnValue:
    """Change when they are written to."""
    row, form = survey(name), PlanForm()
    if not form.validate_on_submit():
        return _page(row, _invite_form(row), form), 422
    service.set_plan(row.id, Plan(bool(form.at_open.data), tuple(int(day) for day in form.days_before.data or ())))
    return redirect(url_for("invited.page", name=name), 303)


@bp.post(f"{_PAGE}/remove")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def remove(name: str) -> ResponseReturnValue:
    """Forget the whole list."""
    service.remove_all(survey(name).id)
    return redirect(url_for("invited.page", name=name), 303)


@bp.post(f"{_PAGE}/<uuid:invited>/remove")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def remove_one(name: str, invited: uuid.UUID) -> ResponseReturnValue:
    """Take one address off the list."""
    service.remove(survey(name).id, invited)
    return redirect(url_for("invited.page", name=name), 303)


@bp.get(_STOP)
@public
def ask_stop(invited: uuid.UUID, token: str) -> ResponseReturnValue:
    """One button that ends the reminders: reading changes nothing, so that a mail scanner can't press it."""
    return render_template("reach/stop.html", invited=invited, token=token, done=False)


@bp.post(_STOP)
@without_token  # no cookie: the link itself is the proof, and the Origin guard stands before it
@respondent
@transactional
def stop(invited: uuid.UUID, token: str) -> ResponseReturnValue:
    """Write to this address no more."""
    if not service.stop(invited, token):
        abort(404)
    return redirect(url_for("invited.stopped"), 303)


@bp.get("/<slug:partnership>/reminders/stopped")
@public
def stopped() -> ResponseReturnValue:
    """Said once it is done."""
    return render_template("reach/stop.html", done=True)


def _page(row: SurveyRow, form: InviteForm, plan_form: PlanForm) -> str:
    settings: Settings = current_app.extensions["engage_settings"]
    days = (row.closes_on or clock.today()).isoformat()
    return render_template(
        "reach/invited.html",
        survey=row,
        title=definition_of(row).title.say(language()).text,
        form=form,
        plan_form=plan_form,
        tongues={each.code: each.name for each in languages.LANGUAGES},
        people=queries.list_invited(row.id),
        previews=[invitations.preview(row, about, settings.site_url) for about in ("open", f"before-7-{days}")],
        added=request.args.get("added", type=int),
        passed=request.args.get("passed", 0, type=int),
        can_send=bool(settings.smtp_url and settings.mail_from and settings.site_url),
    )


def _invite_form(row: SurveyRow) -> InviteForm:
    return InviteForm(invitations.offered(row), formdata=None)


def _plan_form(row: SurveyRow) -> PlanForm:
    kept = queries.plan_of(row.id)
    return PlanForm(formdata=None, at_open=kept.at_open, days_before=[str(day) for day in kept.days_before])
