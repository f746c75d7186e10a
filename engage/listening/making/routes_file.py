"""The working copy as a file: look at it, take it along, put another in its place. Nothing is lost either way."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.core.errors import Conflict
from engage.core.transaction import transactional
from engage.listening.making import service
from engage.listening.making.queries import CopyRow
from engage.rules.questionnaire import tree
from engage.rules.questionnaire.load import DefinitionError, load
from engage.rules.questionnaire.tree import Fault
from engage.web.access import Permission, requires, signed_in
from engage.web.uploads import accepts_files

bp = Blueprint("making_file", __name__, url_prefix="/staff/surveys/<slug:name>/make")


@bp.get("/yaml")
@requires(Permission.MANAGE_SURVEYS)
def download(name: str) -> ResponseReturnValue:
    """The definition as YAML, to keep or to change with other tools."""
    text = service.working_copy(name).definition_text
    disposition = f'attachment; filename="{name}.yaml"'
    return Response(text, mimetype="application/yaml", headers={"Content-Disposition": disposition})


@bp.route("/file", methods=["GET", "POST"])
@accepts_files(tree.LONGEST)
@requires(Permission.MANAGE_SURVEYS)
@transactional
def file(name: str) -> ResponseReturnValue:
    """The YAML in a box; what is pasted or uploaded becomes the working copy, or every problem is told by its line."""
    copy = service.working_copy(name)
    if request.method == "GET":
        return _page(name, copy, copy.definition_text)
    text = _sent()
    if text is None:
        return _page(name, copy, copy.definition_text, [Fault(1, "", _("The file is not plain text (UTF-8)"), "")]), 422
    revision = request.form.get("revision", 0, type=int)
    try:
        service.change(name, revision, load(text, f"{name}.yaml"), signed_in().id)
    except DefinitionError as error:
        return _page(name, copy, text, list(error.problems)), 422
    except Conflict:
        trouble = _("Somebody else changed this survey while you were writing. Save again to put yours in its place.")
        return _page(name, copy, text, [Fault(0, "", trouble, "")]), 409
    return redirect(url_for("making.working_copy", name=name, done="loaded"), 303)


def _sent() -> str | None:
    """What was uploaded, else what was pasted; None where the upload is no text."""
    upload = request.files.get("upload")
    if upload is None or not upload.filename:
        return request.form.get("text", "")
    try:
        return str(upload.read(), "utf-8-sig")
    except UnicodeDecodeError:
        return None


def _page(name: str, copy: CopyRow, text: str, faults: list[Fault] | None = None) -> str:
    return render_template(
        "making/file.html",
        name=name,
        copy=copy,
        title=copy.definition.title.say("en").text,
        text=text,
        faults=faults or [],
        lines=text.splitlines(),
    )
