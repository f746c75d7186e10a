"""Staff pages of XLSForm: take a workbook in, and give a survey out as one with the list of what it cannot hold."""

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from engage import paths
from engage.core.errors import Refused
from engage.core.transaction import Saved, transactional
from engage.listening.surveys import service as surveys
from engage.listening.translating.queries import standing
from engage.listening.xlsforms import service
from engage.listening.xlsforms.forms import WorkbookForm
from engage.rules.xlsform.workbook import LARGEST
from engage.rules.xlsform.writing import write_xlsform
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language
from engage.web.refusals import sentence
from engage.web.uploads import accepts_files

bp = Blueprint("xlsforms", __name__, url_prefix="/staff/xlsform")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@requires(Permission.MANAGE_SURVEYS)
def page() -> ResponseReturnValue:
    """What can be taken in, and the form for it."""
    return _page(_form())


@bp.post("")
@accepts_files(LARGEST)
@requires(Permission.MANAGE_SURVEYS)
@transactional
def take_in() -> ResponseReturnValue | Saved:
    """Begin a survey from a workbook; the page tells every cell that was refused or is not kept."""
    form = _form()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        found = service.take_in(form.file.data.read(LARGEST + 1), form.like.data, None, signed_in().id)
    except Refused as refused:
        form.file.errors = [sentence(refused.reason, refused.params)]
        return _page(form), 422
    shown = render_template("xlsforms/taken.html", found=found, home=url_for("surveys_list.surveys_page"))
    return Saved(shown) if found.definition is not None else (shown, 422)


@bp.get("/<slug:name>")
@requires(Permission.MANAGE_SURVEYS)
def give_out(name: str) -> ResponseReturnValue:
    """What of this survey an XLSForm cannot hold, and the workbook."""
    found = standing(name)
    lost = write_xlsform(found.definition).lost
    title = found.definition.title.say(language()).text
    return render_template("xlsforms/out.html", name=name, title=title, lost=lost)


@bp.get("/<slug:name>/file.xlsx")
@requires(Permission.MANAGE_SURVEYS)
def workbook(name: str) -> ResponseReturnValue:
    """The survey as an XLSForm workbook."""
    content = write_xlsform(standing(name).definition).content
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"', "Cache-Control": "no-store"}
    return Response(content, mimetype=_XLSX, headers=headers)


def _form() -> WorkbookForm:
    form = WorkbookForm()
    definitions = {path.stem: surveys.ready_made(path.stem) for path in sorted(paths.surveys().glob("*.yaml"))}
    form.like.choices = [
        SelectChoice("", ""),
        *(
            SelectChoice(stem, definition.title.say(language()).text)
            for stem, definition in definitions.items()
            if definition.purpose == "survey"
        ),
    ]
    return form


def _page(form: WorkbookForm) -> str:
    return render_template("xlsforms/in.html", form=form)
