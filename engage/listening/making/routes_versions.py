"""What is different between any two published versions of a survey, question by question."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.core.errors import NotFound
from engage.listening.making import telling
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import views_manage
from engage.rules.questionnaire.changes import compare
from engage.web.access import Permission, requires, signed_in

bp = Blueprint("making_versions", __name__, url_prefix="/staff/surveys/<slug:name>/versions")


@bp.get("")
@requires(Permission.MANAGE_SURVEYS, Permission.SEE_RESULTS)
def versions(name: str) -> ResponseReturnValue:
    """The two versions that the address names, else the newest and the one before it."""
    row = surveys.get_survey(name)
    if row is None:
        raise NotFound(name)
    there = {version.number: version for version in surveys.list_versions(row.id)}
    if len(there) < 2:
        abort(404)
    after = request.args.get("after", type=int)
    after = after if after in there else max(there)
    before = request.args.get("before", type=int)
    before = before if before in there else max((one for one in there if one < after), default=after)
    was, now = surveys.definition_of(there[before].id), surveys.definition_of(there[after].id)
    found = compare(was, now)
    return render_template(
        "making/versions.html",
        name=name,
        day=views_manage.day,
        back_href=_back(name),
        title=now.title.say("en").text,
        before=before,
        after=after,
        versions=list(there.values()),
        is_empty=found.is_empty,
        around=telling.around(found),
        questions=telling.told(found, was, now),
    )


def _back(name: str) -> str:
    """Where this person came from: makers of surveys from the survey, others from its results over time."""
    is_maker = signed_in().can(Permission.MANAGE_SURVEYS)
    return url_for("staff_surveys.survey", name=name) if is_maker else url_for("releases.over_time", survey=name)
