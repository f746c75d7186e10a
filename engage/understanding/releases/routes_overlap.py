"""Who answers in two surveys: read, declared, taken back."""

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.core.transaction import transactional
from engage.listening.surveys import queries as surveys
from engage.people import queries as people
from engage.rules.disclosure.overlap import Relation
from engage.understanding.releases import queries_ledger, service_overlap
from engage.understanding.releases.forms import RELATIONS, OverlapForm
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language

bp = Blueprint("overlaps", __name__, url_prefix="/staff/results/<slug:survey>/same-people")


@bp.get("")
@requires(Permission.MAKE_RELEASES)
def page(survey: str) -> ResponseReturnValue:
    """What is declared of this survey's people, and the form for more."""
    row = _survey(survey)
    return _page(row, _form(row))


@bp.post("")
@requires(Permission.MAKE_RELEASES)
@transactional
def declare(survey: str) -> ResponseReturnValue:
    """Say who answers in both."""
    row = _survey(survey)
    form = _form(row)
    if not form.validate_on_submit():
        return _page(row, form), 422
    service_overlap.declare(survey, uuid.UUID(form.other.data), Relation(form.relation.data), signed_in().id)
    return redirect(url_for("overlaps.page", survey=survey), 303)


@bp.post("/<uuid:overlap_id>/take-back")
@requires(Permission.MAKE_RELEASES)
@transactional
def take_back(survey: str, overlap_id: uuid.UUID) -> ResponseReturnValue:
    """It was not so: somebody else asked to take it back, and this person agrees."""
    service_overlap.take_back(survey, overlap_id, signed_in().id)
    return redirect(url_for("overlaps.page", survey=survey), 303)


@bp.post("/<uuid:overlap_id>/give-up")
@requires(Permission.MAKE_RELEASES)
@transactional
def give_up(survey: str, overlap_id: uuid.UUID) -> ResponseReturnValue:
    """Ask somebody else to agree that it was not so."""
    service_overlap.give_up(survey, overlap_id, signed_in().id)
    return redirect(url_for("overlaps.page", survey=survey), 303)


@bp.post("/<uuid:overlap_id>/keep")
@requires(Permission.MAKE_RELEASES)
@transactional
def keep(survey: str, overlap_id: uuid.UUID) -> ResponseReturnValue:
    """It stands after all."""
    service_overlap.keep(survey, overlap_id)
    return redirect(url_for("overlaps.page", survey=survey), 303)


def _survey(slug: str) -> surveys.SurveyRow:
    row = surveys.get_survey(slug)
    if row is None or row.version is None:
        abort(404)
    return row


def _form(row: surveys.SurveyRow) -> OverlapForm:
    return OverlapForm().with_others({other.id: _title(other) for other in queries_ledger.candidates(row)})


def _title(row: surveys.SurveyRow) -> str:
    definition = row.definition
    return definition.title.say(language()).text if definition else row.slug


def _page(row: surveys.SurveyRow, form: OverlapForm) -> str:
    return render_template(
        "releases/overlap.html",
        survey=row,
        title=_title(row),
        form=form,
        declared=[(one, _title(one.other), RELATIONS[one.relation]) for one in queries_ledger.declared(row.id)],
        me=signed_in().id,
        names=people.names_of(signed_in().partnership_id),
    )
