"""What the publish gate says of a survey: of its working copy where it has one, else of what is live."""

from functools import partial

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.core.errors import NotFound
from engage.listening.making import gate as mending
from engage.listening.making import queries, views_gate
from engage.listening.making.queries import CopyRow
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import service_gate
from engage.rules.questionnaire.checks import Finding
from engage.web.access import Permission, requires

bp = Blueprint("making_gate", __name__, url_prefix="/staff/surveys/<slug:name>/gate")


@bp.get("")
@requires(Permission.MANAGE_SURVEYS)
def gate(name: str) -> ResponseReturnValue:
    """Everything found, page by page of the survey, with the way to each question; and what was in order."""
    row, copy = surveys.get_survey(name), queries.find(name)
    definition = copy.definition if copy is not None else row.definition if row is not None else None
    if definition is None:
        raise NotFound(name)

    def link(question: str | None) -> str:
        if copy is None:
            return ""
        if question is None:
            return url_for("making_forms.header", name=name)
        return url_for("making_forms.question", name=name, question=question)

    found = service_gate.everything(name, definition)
    return render_template(
        "making/gate.html",
        name=name,
        title=definition.title.say("en").text,
        is_copy=copy is not None,
        musts=sum(finding.weight == "must" for finding in found),
        looks=sum(finding.weight == "look" for finding in found),
        screens=views_gate.screens(definition, found, link, partial(_way, name, copy)),
        quiet=views_gate.quiet(found),
    )


def _way(name: str, copy: CopyRow | None, finding: Finding) -> str:
    """Only a working copy can be changed."""
    return mending.way(name, copy.definition, finding) if copy is not None else ""
