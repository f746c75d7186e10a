"""Pages of young inspectors: my visits, one criterion a page, check and lock, and what the team saw together."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.core.errors import Conflict, NotFound, Refused
from engage.core.transaction import transactional
from engage.listening.inspections import notes, queries, scoring, service, views, views_together
from engage.listening.inspections.criteria import get_set
from engage.listening.inspections.forms import FindingForm, LockForm, PointForm
from engage.listening.inspections.kinds import NOT_SEEN, Finding, InspectionState
from engage.people import queries as people
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language

bp = Blueprint("inspections", __name__, url_prefix="/inspect")


@bp.get("/")
@requires(Permission.SCORE_INSPECTIONS)
def my_visits() -> ResponseReturnValue:
    """The visits on whose team I am."""
    who = signed_in().id
    scored, locked = queries.count_own_scores(who), queries.locked_visits_of(who)
    visits = [
        views.my_visit(visit, scored=scored.get(visit.id, 0), is_locked=visit.id in locked)
        for visit in queries.list_visits_of(who)
    ]
    return render_template("inspections/my_visits.html", visits=sorted(visits, key=views.by_urgency))


@bp.get("/<uuid:inspection_id>/")
@requires(Permission.SCORE_INSPECTIONS)
def visit(inspection_id: uuid.UUID) -> ResponseReturnValue:
    """One visit: every point with my score, and the lock."""
    found, member = _mine(inspection_id)
    scores = queries.own_scores(inspection_id, member.account_id)
    criteria = get_set(found.criteria_key, found.criteria_version)
    return render_template(
        "inspections/visit.html",
        visit=found,
        member=member,
        is_open=found.state is InspectionState.PLANNED and member.locked_on is None,
        is_together=found.state in {InspectionState.TOGETHER, InspectionState.PUBLISHED},
        points=views.checked(criteria, scores, views.reader()),
        missing=scoring.missing_of(found, scores),
        waiting=views.waiting(found),
        when=views.day(found.visit_on),
        form=LockForm(seen=scoring.state_of(scores.values())),
    )


@bp.get("/<uuid:inspection_id>/points/<slug:criterion>")
@requires(Permission.SCORE_INSPECTIONS)
def point(inspection_id: uuid.UUID, criterion: str) -> ResponseReturnValue:
    """One criterion, with what I chose before."""
    found, member = _mine(inspection_id)
    if found.state is not InspectionState.PLANNED or member.locked_on:
        return redirect(url_for(".visit", inspection_id=inspection_id), 303)
    before = queries.own_scores(inspection_id, member.account_id).get(criterion)
    return _point_page(found, member, criterion, PointForm(data=_filled(before)))


@bp.post("/<uuid:inspection_id>/points/<slug:criterion>")
@requires(Permission.SCORE_INSPECTIONS)
@transactional
def save_point(inspection_id: uuid.UUID, criterion: str) -> ResponseReturnValue:
    """Keep my score and go to the next point that has none."""
    found, member = _mine(inspection_id)
    form = PointForm()
    if not form.validate_on_submit():
        return _point_page(found, member, criterion, form)
    note = form.note.data or ""
    before = queries.own_scores(inspection_id, member.account_id).get(criterion)
    is_danger = notes.may_be_danger(note, before.note if before else "", language())
    scoring.save_score(inspection_id, member.account_id, criterion, form.value, note=note, share=form.share.data)
    if is_danger:
        return redirect(url_for(".danger", inspection_id=inspection_id, criterion=criterion), 303)
    return redirect(_next(found, member, criterion), 303)


@bp.get("/<uuid:inspection_id>/points/<slug:criterion>/danger")
@requires(Permission.SCORE_INSPECTIONS)
def danger(inspection_id: uuid.UUID, criterion: str) -> ResponseReturnValue:
    """My note may mean that somebody is in danger: who to call, and have it read now."""
    found, member = _mine(inspection_id)
    score = queries.own_scores(inspection_id, member.account_id).get(criterion)
    if score is None or not score.note:
        return redirect(url_for(".visit", inspection_id=inspection_id), 303)
    onward = _next(found, member, criterion)
    return render_template(
        "inspections/danger.html", visit=found, criterion=criterion, onward=onward, numbers=people.list_help_numbers()
    )


@bp.post("/<uuid:inspection_id>/points/<slug:criterion>/danger")
@requires(Permission.SCORE_INSPECTIONS)
@transactional
def tell_now(inspection_id: uuid.UUID, criterion: str) -> ResponseReturnValue:
    """Have my note read by a trained person now."""
    found, member = _mine(inspection_id)
    notes.tell_now(inspection_id, member.account_id, criterion, language())
    return redirect(_next(found, member, criterion), 303)


@bp.post("/<uuid:inspection_id>/lock")
@requires(Permission.SCORE_INSPECTIONS)
@transactional
def lock(inspection_id: uuid.UUID) -> ResponseReturnValue:
    """Lock my scores for good."""
    _found, member = _mine(inspection_id)
    scoring.lock(inspection_id, member.account_id, seen=LockForm().seen.data or "", language=language())
    return redirect(url_for(".visit", inspection_id=inspection_id), 303)


@bp.get("/<uuid:inspection_id>/together")
@requires(Permission.SCORE_INSPECTIONS)
def together(inspection_id: uuid.UUID) -> ResponseReturnValue:
    """What the team saw, once scoring is over."""
    found, _member = _mine(inspection_id)
    if found.state is InspectionState.PLANNED:
        return redirect(url_for(".visit", inspection_id=inspection_id), 303)
    return _together_page(found, FindingForm())


@bp.post("/<uuid:inspection_id>/findings")
@requires(Permission.SCORE_INSPECTIONS)
@transactional
def add_finding(inspection_id: uuid.UUID) -> ResponseReturnValue:
    """Write down one strength, or one thing to think about."""
    found, _member = _mine(inspection_id)
    form = FindingForm()
    if not form.validate_on_submit():
        return _together_page(found, form)
    service.add_finding(inspection_id, form.finding, form.words.data)
    return redirect(url_for(".together", inspection_id=inspection_id, _anchor=form.finding), 303)


@bp.post("/<uuid:inspection_id>/findings/remove")
@requires(Permission.SCORE_INSPECTIONS)
@transactional
def remove_finding(inspection_id: uuid.UUID) -> ResponseReturnValue:
    """Take one off again."""
    found, _member = _mine(inspection_id)
    form = FindingForm()
    if not form.validate_on_submit():
        return _together_page(found, form)
    service.remove_finding(inspection_id, form.finding, form.words.data)
    return redirect(url_for(".together", inspection_id=inspection_id, _anchor=form.finding), 303)


@bp.errorhandler(Refused)
@bp.errorhandler(Conflict)
def refused(error: Refused | Conflict) -> ResponseReturnValue:
    """A rule said no, or another tab was faster: said in words, with the way back."""
    return render_template("inspections/refused.html", words=views.refusal(error)), 409


def _mine(inspection_id: uuid.UUID) -> tuple[queries.Visit, queries.Member]:
    """A visit on whose team I am; any other looks as if there were none (W2)."""
    member = queries.get_member(inspection_id, signed_in().id)
    found = queries.get_visit(inspection_id) if member else None
    if member is None or found is None:
        raise NotFound
    return found, member


def _filled(score: queries.OwnScore | None) -> dict[str, object]:
    if score is None:
        return {}
    value = NOT_SEEN if score.value is None else str(score.value)
    return {"level": value, "note": score.note, "share": score.note_is_shared}


def _point_page(found: queries.Visit, member: queries.Member, criterion: str, form: PointForm) -> ResponseReturnValue:
    criteria = get_set(found.criteria_key, found.criteria_version)
    shown = views.point(criteria, criterion, views.reader())
    if shown is None:
        raise NotFound
    scores = queries.own_scores(found.id, member.account_id)
    done = [one.key in scores for one in criteria.criteria]
    return render_template("inspections/point.html", visit=found, point=shown, done=done, form=form)


def _next(found: queries.Visit, member: queries.Member, criterion: str) -> str:
    keys = [one.key for one in get_set(found.criteria_key, found.criteria_version).criteria]
    missing = scoring.missing_of(found, queries.own_scores(found.id, member.account_id))
    after = [key for key in keys[keys.index(criterion) + 1 :] + keys if key in missing]
    if not after:
        return url_for(".visit", inspection_id=found.id)
    return url_for(".point", inspection_id=found.id, criterion=after[0])


def _together_page(found: queries.Visit, form: FindingForm) -> ResponseReturnValue:
    criteria = get_set(found.criteria_key, found.criteria_version)
    return render_template(
        "inspections/together.html",
        visit=found,
        seen=views_together.together(criteria, scoring.judge(found), views.reader()),
        form=form,
        findings=[(Finding.STRENGTH, found.strengths), (Finding.CONSIDERATION, found.considerations)],
        can_write=found.state is InspectionState.TOGETHER,
    )
