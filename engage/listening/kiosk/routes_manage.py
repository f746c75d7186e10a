"""Staff pages of shared tablets: which there are, set one up, take one away."""

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from engage.core.errors import NotFound, Refused
from engage.core.transaction import transactional
from engage.listening.ballots.kinds import Entry
from engage.listening.kiosk import offline, queries, service
from engage.listening.kiosk.forms import TabletForm
from engage.listening.kiosk.queries import TabletRow
from engage.listening.surveys import queries as surveys
from engage.rules.questionnaire.definition import Definition
from engage.web.access import Permission, requires
from engage.web.places import place
from engage.web.refusals import sentence

_REACHED = _l("%(question)s: how somebody can be reached is never kept where answers are, and a tablet has one place.")
_SUPPLIED = _l("%(question)s: this version is older than its list of services. Publish the survey again first.")
_ONLY_CODES = _l("Everybody needs a code, and only the site knows which codes were used.")

bp = Blueprint("tablets", __name__, url_prefix="/staff/surveys/<slug:name>/tablets")


@bp.get("")
@requires(Permission.MANAGE_SURVEYS)
def tablets(name: str) -> ResponseReturnValue:
    """The tablets of a survey, each with its address, and the form for one more."""
    return _page(name, TabletForm())


@bp.post("")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def add(name: str) -> ResponseReturnValue:
    """Set a tablet up."""
    form = TabletForm()
    if not form.validate_on_submit():
        return _page(name, form)
    try:
        service.set_up(name, form.place.data, form.ends_on.data, works_offline=form.works_offline.data)
    except Refused as error:
        field = form.ends_on if error.reason == "tablet-day" else form.works_offline
        field.errors = [sentence(error.reason, error.params)]
        return _page(name, form)
    return redirect(url_for("tablets.tablets", name=name), 303)


@bp.post("/<uuid:tablet_id>/end")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def end(name: str, tablet_id: uuid.UUID) -> ResponseReturnValue:
    """Take a tablet away."""
    service.take_away(tablet_id)
    return redirect(url_for("tablets.tablets", name=name), 303)


def _unasked(definition: Definition) -> list[str]:
    """Why each question that a tablet cannot ask without the site needs it, by its words."""
    questions = [definition.question(name) for name in offline.hindrances(definition)]
    return [
        str((_REACHED if question.store == "contact" else _SUPPLIED) % {"question": question.text.say("en").text})
        for question in questions
    ]


def _address(row: TabletRow, slug: str) -> str:
    """What is opened on it. Where there is no network, only the document itself opens: nothing leads to it."""
    page = "kiosk_offline.page" if row.works_offline else "kiosk.start"
    return url_for(page, partnership=slug, tablet_id=row.id, _external=True)


def _page(name: str, form: TabletForm) -> str:
    survey, here = surveys.get_survey(name), place()
    if survey is None or survey.version is None or here is None:
        raise NotFound(name)
    definition = surveys.definition_of(survey.version.id)
    rows = [(row, _address(row, here.slug)) for row in queries.list_tablets(survey.id)]
    return render_template(
        "kiosk/tablets.html",
        form=form,
        survey=survey,
        title=definition.title.say("en").text,
        tablets=rows,
        why_not=[*_unasked(definition), *([_ONLY_CODES] if survey.entry is Entry.CODES else ())],
    )
