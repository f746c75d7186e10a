"""Pages of supporters: plan a visit, record a no, end the scoring, publish. No score before the team sees it.

A supporter knows who was on the team: whoever a note of a visit is about, and their managers, find no visit there (C6).
"""

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from engage.core import clock, scope
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.transaction import transactional
from engage.listening.inspections import queries, scoring, service, views
from engage.listening.inspections.criteria import get_set, list_sets
from engage.listening.inspections.forms import DeclinedForm, DeclineForm, FindingForm, InspectorForm, PlanForm
from engage.listening.inspections.kinds import Finding, InspectionState
from engage.listening.inspections.views_staff import STATES, Narrowed, listing, staff_visit
from engage.listening.inspections.views_together import Together, together
from engage.people import queries as people
from engage.people.kinds import Role
from engage.safeguarding import queries_apart as apart
from engage.web.access import Permission, principal, requires, signed_in

bp = Blueprint("inspection_planning", __name__, url_prefix="/staff/inspections")


@bp.before_request
def _keep_apart() -> None:
    """Whoever a note of a visit is about, and their managers, find nothing at its address (C6)."""
    inspection_id, who = (request.view_args or {}).get("inspection_id"), principal()
    if inspection_id is not None and who is not None and inspection_id in apart.hidden_from(who.id):
        abort(404)


@bp.get("")
@requires(Permission.PLAN_INSPECTIONS)
def visits() -> ResponseReturnValue:
    """Every visit that is not kept from whoever looks, narrowed by the address."""
    found = listing(Narrowed.read(request.args), apart.hidden_from(signed_in().id))
    return render_template("inspections/staff_list.html", listing=found, states=STATES)


@bp.get("/new")
@requires(Permission.PLAN_INSPECTIONS)
def new() -> ResponseReturnValue:
    """The form that plans a visit."""
    return _plan_page(_offered(PlanForm()))


@bp.post("/new")
@requires(Permission.PLAN_INSPECTIONS)
@transactional
def plan() -> ResponseReturnValue:
    """Plan it."""
    form = _offered(PlanForm())
    if not form.validate_on_submit():
        return _plan_page(form)
    key, _space, version = form.criteria.data.rpartition(" ")
    team = [uuid.UUID(account_id) for account_id in form.team.data]
    made = service.plan_visit(uuid.UUID(form.service.data), (key, int(version)), form.visit_on.data, team)
    return redirect(url_for(".visit", inspection_id=made), 303)


@bp.get("/declined")
@requires(Permission.PLAN_INSPECTIONS)
def new_declined() -> ResponseReturnValue:
    """The form for a service that said no."""
    form = DeclinedForm(asked_on=clock.today())
    return _declined_page(form)


@bp.post("/declined")
@requires(Permission.PLAN_INSPECTIONS)
@transactional
def declined() -> ResponseReturnValue:
    """Record it."""
    form = DeclinedForm()
    form.service.choices = _services()
    if not form.validate_on_submit():
        return _declined_page(form)
    made = service.record_declined(uuid.UUID(form.service.data), form.because.data, form.asked_on.data)
    return redirect(url_for(".visit", inspection_id=made), 303)


@bp.get("/<uuid:inspection_id>")
@requires(Permission.PLAN_INSPECTIONS)
def visit(inspection_id: uuid.UUID) -> ResponseReturnValue:
    """One visit: who has locked, what can be done now; once scoring is over, what the team saw."""
    return _visit_page(inspection_id, InspectorForm(), DeclineForm(), FindingForm())


@bp.post("/<uuid:inspection_id>/inspectors")
@requires(Permission.PLAN_INSPECTIONS)
@transactional
def add_inspector(inspection_id: uuid.UUID) -> ResponseReturnValue:
    """One more on the team."""
    form = InspectorForm()
    form.inspector.choices = _inspectors()
    if not form.validate_on_submit():
        return _visit_page(inspection_id, form, DeclineForm(formdata=None), FindingForm(formdata=None))
    service.add_inspector(inspection_id, uuid.UUID(form.inspector.data))
    return _back_to(inspection_id)


@bp.post("/<uuid:inspection_id>/decline")
@requires(Permission.PLAN_INSPECTIONS)
@transactional
def decline(inspection_id: uuid.UUID) -> ResponseReturnValue:
    """The service said no after all."""
    form = DeclineForm()
    if not form.validate_on_submit():
        return _visit_page(inspection_id, InspectorForm(formdata=None), form, FindingForm(formdata=None))
    service.decline(inspection_id, form.because.data)
    return _back_to(inspection_id)


@bp.post("/<uuid:inspection_id>/close")
@requires(Permission.PLAN_INSPECTIONS)
@transactional
def close(inspection_id: uuid.UUID) -> ResponseReturnValue:
    """End the wait for whoever has not locked."""
    scoring.close_scoring(inspection_id)
    return _back_to(inspection_id)


@bp.post("/<uuid:inspection_id>/findings")
@bp.post("/<uuid:inspection_id>/findings/remove", endpoint="remove_finding")
@requires(Permission.PLAN_INSPECTIONS)
@transactional
def add_finding(inspection_id: uuid.UUID) -> ResponseReturnValue:
    """Write down a strength or something to think about for the team, or take one off."""
    form = FindingForm()
    if not form.validate_on_submit():
        return _visit_page(inspection_id, InspectorForm(formdata=None), DeclineForm(formdata=None), form)
    verb = service.remove_finding if request.endpoint == f"{bp.name}.remove_finding" else service.add_finding
    verb(inspection_id, form.finding, form.words.data)
    return redirect(url_for(".visit", inspection_id=inspection_id, _anchor=form.finding), 303)


@bp.post("/<uuid:inspection_id>/publish")
@requires(Permission.PLAN_INSPECTIONS)
@transactional
def publish(inspection_id: uuid.UUID) -> ResponseReturnValue:
    """Publish the star, frozen from here on."""
    service.publish(inspection_id)
    return _back_to(inspection_id)


@bp.errorhandler(Refused)
@bp.errorhandler(Conflict)
def refused(error: Refused | Conflict) -> ResponseReturnValue:
    """A rule said no, in words, with the way back."""
    return render_template("inspections/staff_refused.html", words=views.refusal(error)), 409


def _back_to(inspection_id: uuid.UUID) -> ResponseReturnValue:
    return redirect(url_for(".visit", inspection_id=inspection_id), 303)


def _services() -> list[SelectChoice]:
    return [SelectChoice("", _("Choose a service"))] + [
        SelectChoice(str(row.id), f"{row.name} ({row.agency})") for row in people.list_services()
    ]


def _inspectors(without: frozenset[uuid.UUID] = frozenset()) -> list[SelectChoice]:
    found = people.list_people_with(scope.current(), Role.YOUNG_INSPECTOR)
    return [SelectChoice(str(person.id), person.name) for person in found if person.id not in without]


def _offered(form: PlanForm) -> PlanForm:
    form.service.choices = _services()
    form.team.choices = _inspectors()
    who = views.reader()
    form.criteria.choices = [
        SelectChoice(
            f"{one.key} {one.version}", _("%(name)s, version %(version)s", name=who.say(one.name), version=one.version)
        )
        for one in list_sets()
    ]
    return form


def _plan_page(form: PlanForm) -> ResponseReturnValue:
    return render_template("inspections/staff_plan.html", form=form)


def _declined_page(form: DeclinedForm) -> ResponseReturnValue:
    form.service.choices = _services()
    return render_template("inspections/staff_declined.html", form=form)


def _visit_page(
    inspection_id: uuid.UUID, inspector: InspectorForm, decline_form: DeclineForm, finding: FindingForm
) -> ResponseReturnValue:
    found = queries.get_visit(inspection_id)
    if found is None:
        raise NotFound
    names = people.names_of(scope.current())
    team = queries.list_team(inspection_id, names)
    inspector.inspector.choices = _inspectors(frozenset(member.account_id for member in team))
    return render_template(
        "inspections/staff_visit.html",
        page=staff_visit(found, team, names, views.reader()),
        seen=_seen(found),
        inspector=inspector,
        decline_form=decline_form,
        finding=finding,
        findings=[(Finding.STRENGTH, found.strengths), (Finding.CONSIDERATION, found.considerations)],
    )


def _seen(found: queries.Visit) -> Together | None:
    if found.state not in {InspectionState.TOGETHER, InspectionState.PUBLISHED}:
        return None
    return together(get_set(found.criteria_key, found.criteria_version), scoring.judge(found), views.reader())
