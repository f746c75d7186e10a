"""From working copy to version: what changed, what the gate finds, a named person's reasons, publish."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.core.errors import Refused
from engage.core.transaction import transactional
from engage.listening.making import gate, service, telling
from engage.listening.making.queries import CopyRow
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import supplying
from engage.rules.questionnaire.changes import compare
from engage.rules.questionnaire.definition import Definition
from engage.web.access import Permission, requires, signed_in
from engage.web.refusals import sentence

bp = Blueprint("making_publish", __name__, url_prefix="/staff/surveys/<slug:name>/make")

_REASON = "reason-"


@bp.get("/changes")
@requires(Permission.MANAGE_SURVEYS)
def changes(name: str) -> ResponseReturnValue:
    """What the working copy changes, question by question."""
    copy = service.working_copy(name)
    return render_template("making/changes.html", name=name, title=_title(copy), **_changes(copy))


@bp.post("/check")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def check(name: str) -> ResponseReturnValue:
    """Look through the gate, then show what it found."""
    service.check(name, request.form.get("revision", 0, type=int))
    return redirect(url_for("making_publish.publish", name=name), 303)


@bp.route("/publish", methods=["GET", "POST"])
@requires(Permission.MANAGE_SURVEYS)
@transactional
def publish(name: str) -> ResponseReturnValue:
    """What must be put right or answered for, what changes, and the button that makes it a version."""
    copy = service.working_copy(name)
    if request.method == "GET":
        return _publish_page(name, copy, {})
    given = {key.removeprefix(_REASON): words for key, words in request.form.items() if key.startswith(_REASON)}
    try:
        service.publish(name, request.form.get("revision", 0, type=int), signed_in().id, given)
    except Refused as refused:
        return _publish_page(name, copy, given, sentence(refused.reason, refused.params)), 422
    return redirect(url_for("staff_surveys.survey", name=name, done="published"), 303)


def _publish_page(name: str, copy: CopyRow, given: dict[str, str], trouble: str = "") -> str:
    found = gate.gathered(name, copy.definition)
    return render_template(
        "making/publish.html",
        name=name,
        title=_title(copy),
        copy=copy,
        row=surveys.get_survey(name),
        musts=[group for group in found if group.is_must],
        advice=[group for group in found if not group.is_must],
        given=given,
        trouble=trouble,
        **_changes(copy),
    )


def _changes(copy: CopyRow) -> dict[str, object]:
    """What is different from the version it was begun with."""
    before: Definition | None = surveys.definition_of(copy.based_on) if copy.based_on else None
    after = supplying.filled(copy.definition)
    found = compare(before, after)
    return {
        "is_first": before is None,
        "is_empty": found.is_empty,
        "around": telling.around(found) if before is not None else [],
        "questions": telling.told(found, before, after),
    }


def _title(copy: CopyRow) -> str:
    return copy.definition.title.say("en").text
