"""Exact numbers for a few people by name: asked for, agreed to by a second person, read by those named."""

import uuid

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.core import audit
from engage.core.errors import Refused
from engage.core.transaction import Saved, transactional
from engage.listening.surveys import queries as surveys
from engage.people import queries as people
from engage.understanding.releases import queries, queries_restricted, service_restricted
from engage.understanding.releases.exports import restricted_csv
from engage.understanding.releases.forms import RestrictedForm
from engage.understanding.releases.queries_restricted import RestrictedRow
from engage.understanding.releases.views_restricted import exact_views, restricted_view, trail_of
from engage.web import refusals
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language

bp = Blueprint("restricted", __name__, url_prefix="/staff/results/restricted")


@bp.get("/of/<slug:survey>")
@requires(Permission.MAKE_RELEASES)
def page(survey: str) -> ResponseReturnValue:
    """What was asked for of one survey, how far each is, and the form for more."""
    row = _survey(survey)
    return _page(row, _form())


@bp.post("/of/<slug:survey>")
@requires(Permission.MAKE_RELEASES)
@transactional
def ask(survey: str) -> ResponseReturnValue:
    """Ask for exact numbers."""
    row, form = _survey(survey), _form()
    if not form.validate_on_submit():
        return _page(row, form), 422
    try:
        service_restricted.ask(survey, form.wish, signed_in().id, set(_able()))
    except Refused as refused:
        field = form.ends_on if refused.reason == "restricted-day" else form.readers
        field.errors = [refusals.sentence(refused.reason, {})]
        return _page(row, form), 422
    return redirect(url_for("restricted.page", survey=survey), 303)


@bp.post("/<uuid:restricted_id>/agree")
@requires(Permission.MAKE_RELEASES)
@transactional
def agree(restricted_id: uuid.UUID) -> ResponseReturnValue:
    """A second person says yes."""
    row = queries_restricted.get_restricted(restricted_id)
    try:
        service_restricted.agree(restricted_id, signed_in().id)
    except Refused as refused:
        return _page(_of(row), _form(), refused=refused.reason), 409
    return redirect(url_for("restricted.page", survey=_of(row).slug), 303)


@bp.post("/<uuid:restricted_id>/drop")
@requires(Permission.MAKE_RELEASES)
@transactional
def drop(restricted_id: uuid.UUID) -> ResponseReturnValue:
    """It is not to be made."""
    row = queries_restricted.get_restricted(restricted_id)
    service_restricted.drop(restricted_id)
    return redirect(url_for("restricted.page", survey=_of(row).slug), 303)


@bp.post("/<uuid:restricted_id>/read")
@requires(Permission.MAKE_RELEASES)
@transactional
def read(restricted_id: uuid.UUID) -> ResponseReturnValue | Saved:
    """The exact numbers over everybody, for somebody named; written down."""
    tables = service_restricted.read(restricted_id, signed_in().id, "page")
    row = queries_restricted.get_restricted(restricted_id)
    views = exact_views(tables, surveys.definition_of(_release(row).version_id), language())
    view = restricted_view(row, _names(), signed_in().id)
    return Saved(render_template("releases/exact.html", survey=_of(row), view=view, tables=views))


@bp.post("/<uuid:restricted_id>/download.csv")
@requires(Permission.MAKE_RELEASES)
@transactional
def download(restricted_id: uuid.UUID) -> ResponseReturnValue | Saved:
    """All of its tables as a file with a notice on how to handle it; written down."""
    tables = service_restricted.read(restricted_id, signed_in().id, "csv")
    row = queries_restricted.get_restricted(restricted_id)
    definition = surveys.definition_of(_release(row).version_id)
    text = restricted_csv(tables, definition, language(), row.ends_on)
    headers = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{_of(row).slug}-exact-numbers-restricted.csv"',
        "Cache-Control": "no-store",
    }
    return Saved(Response(text, headers=headers))


def _survey(slug: str) -> surveys.SurveyRow:
    row = surveys.get_survey(slug)
    if row is None or row.version is None:
        abort(404)
    return row


def _of(row: RestrictedRow) -> surveys.SurveyRow:
    survey = surveys.get_survey_by_id(row.survey_id)
    if survey is None:
        abort(404)
    return survey


def _release(row: RestrictedRow) -> queries.ReleaseRow:
    return next(one for one in queries.list_releases(row.survey_id) if one.id == row.release_id)


def _names() -> dict[uuid.UUID, str]:
    return people.names_of(signed_in().partnership_id)


def _able() -> dict[uuid.UUID, str]:
    who = people.list_people_who(signed_in().partnership_id, Permission.MAKE_RELEASES)
    return {person.id: person.name for person in who}


def _form() -> RestrictedForm:
    return RestrictedForm().with_people(_able())


def _page(row: surveys.SurveyRow, form: RestrictedForm, refused: str = "") -> str:
    definition = row.definition
    names, me = _names(), signed_in().id
    return render_template(
        "releases/restricted.html",
        survey=row,
        title=definition.title.say(language()).text if definition else row.slug,
        form=form,
        refused=refusals.sentence(refused, {}) if refused else "",
        views=[
            (restricted_view(one, names, me), trail_of(audit.trail(one.id), names))
            for one in queries_restricted.list_restricted(row.id)
        ],
    )
