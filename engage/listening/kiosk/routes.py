"""The public pages of a shared tablet: its start page, and making it ready for the next person."""

import uuid

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.core.errors import NotFound
from engage.listening.kiosk import queries
from engage.listening.kiosk.queries import TabletRow
from engage.listening.surveys import queries as surveys
from engage.listening.surveys.queries import SurveyRow
from engage.listening.surveys.showing import reader
from engage.rules.questionnaire.answers import KIOSK
from engage.web import respondent, tablet
from engage.web.access import public
from engage.web.security import forget_page_data

bp = Blueprint("kiosk", __name__)


@bp.get("/<slug:partnership>/tablet/<uuid:tablet_id>")
@public
def start(tablet_id: uuid.UUID) -> ResponseReturnValue:
    """What stands on a shared tablet between two people. Opening it makes this browser that tablet, with nobody's
    answers on it: whoever was there before may have come back by the browser's own button, or just walked away.
    """
    row, survey = _running(tablet_id)
    if row is None or survey is None:
        response = make_response(render_template("kiosk/over.html"), 410)
        if tablet.present() in {None, tablet_id}:  # another tablet may be in use here: it stays one
            tablet.give_back(response)
        return response
    if row.works_offline:
        # It never becomes a shared tablet of the site: clearing up between two people would clear what waits on it.
        response = make_response(redirect(url_for("kiosk_offline.page", tablet_id=tablet_id), 303))
        tablet.leave_nobody(response)
        return response
    definition = surveys.readers_definition(survey.version.id) if survey.version else None
    title = reader().say(definition.title) if definition else ""
    page = render_template("kiosk/start.html", title=title, tablet=row)
    response = make_response(page)
    tablet.hand_over(response, tablet_id)
    forget_page_data(response)
    return response


@bp.get("/<slug:partnership>/tablet/<uuid:tablet_id>/begin")
@public
def begin(tablet_id: uuid.UUID) -> ResponseReturnValue:
    """Whoever presses Start is somebody new, though a kept start page asked the site nothing: no answers open, and this
    browser is this tablet, though it closed meanwhile or opened another one in a second window.
    """
    row, survey = _running(tablet_id)
    if row is None or survey is None:
        return redirect(url_for("kiosk.start", tablet_id=tablet_id), 303)
    response = make_response(redirect(url_for("surveys.intro", survey=survey.slug, via=KIOSK), 303))
    tablet.hand_over(response, tablet_id)
    tablet.forget_secret(response)
    return response


@bp.get("/<slug:partnership>/tablet/<uuid:tablet_id>/on")
@public
def go_on(tablet_id: uuid.UUID) -> ResponseReturnValue:
    """Back from the numbers to call, where nobody knows from which page: what was begun stays."""
    row = queries.get_tablet(tablet_id)
    if row is None:
        raise NotFound
    survey = surveys.get_survey_by_id(row.survey_id)
    if survey is None or respondent.present() is None:
        return redirect(url_for("kiosk.start", tablet_id=tablet_id), 303)
    return redirect(url_for("surveys.intro", survey=survey.slug, via=KIOSK), 303)


@bp.get("/<slug:partnership>/tablet/<uuid:tablet_id>/again")
@public
def again(tablet_id: uuid.UUID) -> ResponseReturnValue:
    """Whoever held it is done: their secret, settings and every kept page go, then the start page stands there. What
    waits on a tablet that works offline stays: it clears up between two people by itself.
    """
    row = queries.get_tablet(tablet_id)
    if row is None:
        raise NotFound
    response = make_response(redirect(url_for("kiosk.start", tablet_id=tablet_id), 303))
    tablet.clear_up(response)
    if not row.works_offline:
        forget_page_data(response)
    return response


def _running(tablet_id: uuid.UUID) -> tuple[TabletRow | None, SurveyRow | None]:
    """The tablet and its survey, each None where nobody can begin on it (the survey may have closed, or be full)."""
    row = queries.get_tablet(tablet_id)
    if row is None:
        raise NotFound
    survey = surveys.get_survey_by_id(row.survey_id)
    if not row.is_running or survey is None or not survey.is_open or surveys.has_enough(survey.id, survey.quota):
        return None, None
    return row, survey
