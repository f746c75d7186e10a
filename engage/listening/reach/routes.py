"""Staff pages of how people come to a survey: who may answer, batches of codes and their cards."""

import uuid
from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_wtf import FlaskForm

from engage.core import audit, clock
from engage.core.errors import NotFound, Refused
from engage.core.transaction import Saved, transactional
from engage.listening.ballots import queries as ballot_queries
from engage.listening.ballots import service as ballots
from engage.listening.ballots.kinds import Entry
from engage.listening.ballots.queries import BatchRow
from engage.listening.reach import printing, views, views_paper
from engage.listening.reach.forms import BatchForm, DatesForm, EntryForm
from engage.listening.surveys import queries, service
from engage.listening.surveys.queries import SurveyRow
from engage.rules.questionnaire.definition import Definition
from engage.web.access import Permission, requires
from engage.web.layout import language
from engage.web.refusals import sentence

bp = Blueprint("reach", __name__, url_prefix="/staff/surveys/<slug:name>")
_DAYS = 28


@bp.get("/reach")
@requires(Permission.MANAGE_SURVEYS)
def page(name: str) -> ResponseReturnValue:
    """Who may answer, and the cards that were made."""
    row = survey(name)
    return _page(row, _entry_form(row), _batch_form(row))


@bp.post("/reach")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def save_entry(name: str) -> ResponseReturnValue:
    """Change who may answer."""
    row, form = survey(name), EntryForm()
    if not form.validate_on_submit():
        return _page(row, form, _batch_form(row)), 422
    service.set_entry(name, Entry(form.entry.data), form.quota.data)
    return redirect(url_for("reach.page", name=name), 303)


@bp.post("/dates")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def save_dates(name: str) -> ResponseReturnValue:
    """Change the days; they are kept by themselves."""
    row, form = survey(name), DatesForm()
    if not form.validate_on_submit():
        return _page(row, _entry_form(row), _batch_form(row), form), 422
    days = {"opens_on": form.opens_on.data, "closes_on": form.closes_on.data, "tell_by": form.tell_by.data}
    try:
        service.set_dates(name, **days)
    except Refused as refused:
        field = form.tell_by if refused.reason == "tells-before-closing" else form.closes_on
        field.errors = [sentence(refused.reason, refused.params)]
        return _page(row, _entry_form(row), _batch_form(row), form), 422
    return redirect(url_for("reach.page", name=name), 303)


@bp.post("/codes")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def make_codes(name: str) -> ResponseReturnValue:
    """Draw a batch of codes."""
    row, form = survey(name), BatchForm()
    is_whole = form.validate_on_submit()
    if form.expires_on.data is not None and form.expires_on.data < clock.today():
        form.expires_on.errors = [sentence("codes-day", {})]
        is_whole = False
    if not is_whole:
        return _page(row, _entry_form(row), form), 422
    made = {"count": form.count.data, "for_whom": form.for_whom.data, "expires_on": form.expires_on.data}
    ballots.make_batch(row.id, **made)
    return redirect(url_for("reach.page", name=name), 303)


@bp.post("/codes/<uuid:batch>/cards")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def cards(name: str, batch: uuid.UUID) -> ResponseReturnValue | Saved:
    """The cards of a batch as a PDF; that they were printed, and by whom, is kept."""
    row = survey(name)
    found = _batch(row, batch)
    drawn = ballots.printable(found.id)
    audit.record("codes-printed", "survey", row.id, count=len(drawn))
    return Saved(_cards_pdf(row, found, list(drawn)))


@bp.post("/codes/<uuid:batch>/stop")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def stop_codes(name: str, batch: uuid.UUID) -> ResponseReturnValue:
    """Let a batch's codes open nothing from now on."""
    ballots.stop_batch(_batch(survey(name), batch).id)
    return redirect(url_for("reach.page", name=name), 303)


def survey(name: str) -> SurveyRow:
    """The survey of this address, which has a published version; else NotFound."""
    row = queries.get_survey(name)
    if row is None or row.version is None:
        raise NotFound(name)
    return row


def definition_of(row: SurveyRow) -> Definition:
    """What it asks now."""
    if row.definition is None:
        raise NotFound(row.slug)
    return row.definition


def _cards_pdf(row: SurveyRow, batch: BatchRow, drawn: list[str]) -> ResponseReturnValue:
    definition = definition_of(row)
    return printing.pdf(
        "cards",
        f"{row.slug}-cards",
        language(),
        title=definition.title.say(language()).text,
        for_whom=batch.for_whom,
        cards=views.cards(row, drawn),
        address=views.short(views.link(row)),
        expires=str(format_date(batch.expires_on, "d MMMM y")),
    )


def _page(row: SurveyRow, entry: FlaskForm, batch: FlaskForm, dates: FlaskForm | None = None) -> str:
    definition = definition_of(row)
    return render_template(
        "reach/reach.html",
        survey=row,
        title=definition.title.say(language()).text,
        dates_form=dates or _dates_form(row),
        ways=views.ways(row),
        looks=views_paper.looks(),
        printable=views.printable(views_paper.languages_of(definition)),
        entry_form=entry,
        batch_form=batch,
        batches=views.batches(ballot_queries.list_batches(row.id)),
        asks_codes=row.entry is not Entry.OPEN,
    )


def _entry_form(row: SurveyRow) -> EntryForm:
    return EntryForm(formdata=None, entry=row.entry.value, quota=row.quota)


def _dates_form(row: SurveyRow) -> DatesForm:
    return DatesForm(formdata=None, opens_on=row.opens_on, closes_on=row.closes_on, tell_by=row.tell_by)


def _batch_form(row: SurveyRow) -> BatchForm:
    expires: date = row.closes_on or clock.in_days(_DAYS)
    return BatchForm(formdata=None, expires_on=max(expires, clock.today()))


def _batch(row: SurveyRow, batch_id: uuid.UUID) -> BatchRow:
    found = ballot_queries.get_batch(batch_id)
    if found is None or found.survey_id != row.id:
        raise NotFound(str(batch_id))
    return found
