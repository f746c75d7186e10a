"""Staff pages of one survey: what it asks, open and close it, its link, its QR card. Nothing is counted live."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.adapters.qr import qr_svg
from engage.core import audit, clock
from engage.core.errors import NotFound, Refused
from engage.core.transaction import transactional
from engage.listening.surveys import queries, service, service_gate, showing, views_manage, working
from engage.listening.surveys.forms import OpenForm
from engage.listening.surveys.queries import SurveyRow
from engage.people import queries as people
from engage.rules.questionnaire.definition import Definition
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language

bp = Blueprint("staff_surveys", __name__, url_prefix="/staff/surveys")
_WEEKS_OPEN, _WEEKS_TO_TELL = 3, 4
_REFUSALS = {
    "closes-in-the-past": _l("The last day must not be in the past"),
    "tells-before-closing": _l("This must not be before the last day to answer"),
    "survey-not-ready": _l("Something must be put right first: see the list below"),
}


@bp.post("/ready-made/<slug:name>")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def add(name: str) -> ResponseReturnValue:
    """Add a ready-made survey; it is not open yet."""
    service.create_survey(name, service.ready_made(name))
    return redirect(url_for("staff_surveys.survey", name=name), 303)


@bp.get("/<slug:name>")
@requires(Permission.MANAGE_SURVEYS)
def survey(name: str) -> ResponseReturnValue:
    """One survey: its state and dates, its link and card, what it asks, which version, who did what."""
    return _survey_page(_row(name), _open_form())


@bp.post("/<slug:name>/open")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def open_survey(name: str) -> ResponseReturnValue:
    """Open it until a day, with the day by which people are told."""
    form = OpenForm()
    if not form.validate_on_submit():
        return _survey_page(_row(name), form), 422
    try:
        service.open_survey(name, closes_on=form.closes_on.data, tell_by=form.tell_by.data)
    except Refused as refused:
        if refused.reason not in _REFUSALS:  # archived meanwhile: no field of the form is wrong
            raise
        field = form.tell_by if refused.reason == "tells-before-closing" else form.closes_on
        field.errors = [_REFUSALS[refused.reason]]
        return _survey_page(_row(name), form), 422
    return redirect(url_for("staff_surveys.survey", name=name), 303)


@bp.get("/<slug:name>/close")
@requires(Permission.MANAGE_SURVEYS)
def ask_close(name: str) -> ResponseReturnValue:
    """What closing means, asked once."""
    row = _row(name)
    return render_template("surveys/staff_close.html", survey=row, title=_title(row))


@bp.post("/<slug:name>/close")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def close_survey(name: str) -> ResponseReturnValue:
    """Take no more answers."""
    service.close_survey(name)
    return redirect(url_for("staff_surveys.survey", name=name, done="closed"), 303)


@bp.get("/<slug:name>/card")
@requires(Permission.MANAGE_SURVEYS)
def card(name: str) -> ResponseReturnValue:
    """A card to print: the QR code, the link in words, and that nobody has to."""
    row = _row(name)
    code = qr_svg(_link(name, via="qr"), _("QR code that opens this survey"))
    words = _definition(row).intro.who.say(language()).text
    back = url_for("staff_surveys.survey", name=row.slug)
    return render_template(
        "surveys/staff_card.html", title=_title(row), code=code, link=_link(name), who=words, back=back
    )


@bp.get("/<slug:name>/preview")
@requires(Permission.MANAGE_SURVEYS)
def preview(name: str) -> ResponseReturnValue:
    """What people are promised before question 1, as they see it; nothing can be answered here."""
    row = _row(name)
    return showing.preview_page(_definition(row), back=url_for("staff_surveys.survey", name=row.slug))


def _survey_page(row: SurveyRow, form: OpenForm) -> str:
    definition, names = _definition(row), people.names_of(signed_in().partnership_id)
    overridden = queries.list_overrides(row.version.id) if row.version else []
    unanswered = () if row.is_open else service_gate.unanswered(row.slug, definition, overridden)
    return render_template(
        "surveys/staff_survey.html",
        has_copy=working.has_copy(row.id),
        survey=row,
        title=_title(row),
        for_whom=_for_whom(row),
        state=views_manage.state_of(row),
        form=form,
        link=_link(row.slug),
        is_full=row.is_open and queries.has_enough(row.id, row.quota),
        asked=views_manage.asked(definition, language()),
        versions=queries.list_versions(row.id),
        findings=views_manage.put_right(unanswered, definition),
        overridden=views_manage.in_spite_of(overridden, names),
        trail=views_manage.trail_items(audit.trail(row.id), names),
        day=views_manage.day,
        done=request.args.get("done", ""),
    )


def _open_form() -> OpenForm:
    closes = clock.today() + timedelta(weeks=_WEEKS_OPEN)
    return OpenForm(closes_on=closes, tell_by=closes + timedelta(weeks=_WEEKS_TO_TELL))


def _row(name: str) -> SurveyRow:
    row = queries.get_survey(name)
    if row is None or row.version is None:
        raise NotFound(name)
    return row


def _definition(row: SurveyRow) -> Definition:
    if row.definition is None:
        raise NotFound(row.slug)
    return row.definition


def _title(row: SurveyRow) -> str:
    return _definition(row).title.say(language()).text


def _for_whom(row: SurveyRow) -> str:
    return str(views_manage.AUDIENCES[_definition(row).audience])


def _link(name: str, via: str | None = None) -> str:
    """The whole address that people are given."""
    return request.host_url.rstrip("/") + url_for("surveys.intro", survey=name, via=via)
