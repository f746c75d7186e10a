"""The list of surveys: what is live, what is being made, what is put away."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.listening.making import queries
from engage.listening.making.kinds import CopyState
from engage.listening.making.queries import CopyRow
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import views_manage
from engage.listening.surveys.queries import SurveyRow
from engage.listening.surveys.views_manage import State
from engage.rules.questionnaire.definition import Definition
from engage.web.access import Permission, requires
from engage.web.layout import language

bp = Blueprint("surveys_list", __name__, url_prefix="/staff/surveys")


@dataclass(frozen=True)
class Line:
    """One survey in the list."""

    row: SurveyRow
    title: str
    for_whom: str
    state: State
    copy: State | None


@bp.get("")
@requires(Permission.MANAGE_SURVEYS)
def surveys_page() -> ResponseReturnValue:
    """Every survey with its state and its working copy."""
    rows, copies = surveys.list_surveys(), queries.copies()
    archived = request.args.get("show") == "archived"
    lines = [_line(row, copies.get(row.id)) for row in rows if (row.archived_on is not None) is archived]
    return render_template(
        "surveys/staff_list.html",
        lines=[line for line in lines if line is not None],
        archived=archived,
        put_away=sum(row.archived_on is not None for row in rows),
        day=views_manage.day,
    )


def _line(row: SurveyRow, copy: CopyRow | None) -> Line | None:
    definition = copy.definition if copy is not None and row.version is None else row.definition
    if definition is None:
        return Line(row, row.slug, "", State(_("Archived"), "quiet"), None) if row.archived_on else None
    state = State(_("Archived"), "quiet") if row.archived_on else _state(row)
    return Line(row, _title(definition), _for_whom(definition), state, _copy_state(copy))


def _state(row: SurveyRow) -> State:
    return views_manage.state_of(row) if row.version else State(_("Never published"), "plain")


def _copy_state(copy: CopyRow | None) -> State | None:
    if copy is None:
        return None
    return State(_("Checked"), "good") if copy.state is CopyState.CHECKED else State(_("Draft"), "plain")


def _title(definition: Definition) -> str:
    return definition.title.say(language()).text


def _for_whom(definition: Definition) -> str:
    return str(views_manage.AUDIENCES[definition.audience])
