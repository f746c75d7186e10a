"""Reports: the list, start, write and choose, look, freeze once, take away as Word, PDF or JSON."""

import uuid
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.adapters.documents.pdf import INSTALL, PdfUnavailable, available
from engage.assurance.reports import files, queries, service, sources, views
from engage.assurance.reports.content import compose
from engage.assurance.reports.forms import EditForm, FreezeForm, StartForm, edit_form, ids, kept
from engage.assurance.reports.kinds import KINDS, THEMATIC
from engage.assurance.reports.queries import ReportRow
from engage.assurance.reports.service import Chosen
from engage.core import audit, scope
from engage.core.errors import Conflict
from engage.core.transaction import transactional
from engage.people import queries as people
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language

bp = Blueprint("reports", __name__, url_prefix="/staff/reports")
_SAID = frozenset({"saved", "frozen"})


@bp.get("")
@requires(Permission.SEE_REPORTS, Permission.MAKE_REPORTS)
def reports() -> ResponseReturnValue:
    """Every report; drafts only for those who write them."""
    found = queries.list_reports(only_frozen=not _may_write())
    return render_template("reports/reports.html", lines=views.lines(found, _names()))


@bp.get("/new")
@requires(Permission.MAKE_REPORTS)
def new() -> ResponseReturnValue:
    """What a new report is about."""
    return render_template("reports/new.html", form=StartForm(), kind=THEMATIC)


@bp.post("/new")
@requires(Permission.MAKE_REPORTS)
@transactional
def start() -> ResponseReturnValue:
    """Start one: the newest results and every theme are in it until somebody takes them out."""
    form = StartForm()
    if not form.validate_on_submit():
        return render_template("reports/new.html", form=form, kind=THEMATIC)
    chosen = Chosen(**sources.newest())
    report_id = service.start_report(THEMATIC.key, str(form.title.data), chosen, signed_in().id)
    return redirect(url_for("reports.edit", report_id=report_id), 303)


@bp.get("/<uuid:report_id>")
@requires(Permission.SEE_REPORTS, Permission.MAKE_REPORTS)
def report(report_id: uuid.UUID) -> ResponseReturnValue:
    """One report as it reads: frozen, or a draft as it stands now."""
    row = _seen(report_id)
    return render_template(
        "reports/report.html",
        report=row,
        content=_content(row),
        is_whole=not row.is_frozen or service.is_whole(row),
        steps=views.trail(audit.trail(report_id), _names()),
        pdf_needs="" if available() else INSTALL,
        said=_said(),
    )


@bp.get("/<uuid:report_id>/edit")
@requires(Permission.MAKE_REPORTS)
def edit(report_id: uuid.UUID) -> ResponseReturnValue:
    """Write and choose."""
    row = _draft(report_id)
    return _edit_page(row, edit_form(row.kind)(formdata=None, data=kept(row)))


@bp.post("/<uuid:report_id>/edit")
@requires(Permission.MAKE_REPORTS)
@transactional
def save(report_id: uuid.UUID) -> ResponseReturnValue:
    """Keep it; when somebody else saved meanwhile, show both and lose neither."""
    row = _draft(report_id)
    form = _offered(edit_form(row.kind)(), row)
    if not form.validate_on_submit():
        return _edit_page(row, form)
    chosen = Chosen(ids(form.releases.data), ids(form.themes.data), ids(form.lessons.data))
    try:
        service.save_report(
            report_id, title=str(form.title.data), texts=form.texts(), chosen=chosen, revision=form.revision.data
        )
    except Conflict:
        return _edit_page(_draft(report_id), form, was_changed=True), 409
    onward = "reports.report" if request.form.get("then") == "look" else "reports.edit"
    return redirect(url_for(onward, report_id=report_id, said="saved"), 303)


@bp.get("/<uuid:report_id>/freeze")
@requires(Permission.MAKE_REPORTS)
def ask(report_id: uuid.UUID) -> ResponseReturnValue:
    """Ask once before freezing."""
    return _freeze_page(_draft(report_id))


@bp.post("/<uuid:report_id>/freeze")
@requires(Permission.MAKE_REPORTS)
@transactional
def freeze(report_id: uuid.UUID) -> ResponseReturnValue:
    """Freeze what was looked at; when it changed meanwhile, ask again."""
    form = FreezeForm()
    if not form.validate_on_submit():
        return _freeze_page(_draft(report_id))
    try:
        service.freeze_report(report_id, signed_in().id, language(), revision=form.revision.data)
    except Conflict:
        return _freeze_page(_draft(report_id), was_changed=True), 409
    return redirect(url_for("reports.report", report_id=report_id, said="frozen"), 303)


@bp.get("/<uuid:report_id>/report.<any(docx,pdf,json):form>")
@requires(Permission.SEE_REPORTS, Permission.MAKE_REPORTS)
def download(report_id: uuid.UUID, form: str) -> ResponseReturnValue:
    """The report as a file. Where no PDF can be made, back to the page that says what to install."""
    row = _seen(report_id)
    try:
        file = files.written(_content(row), row.sha256, form)
    except PdfUnavailable:
        return redirect(url_for("reports.report", report_id=report_id), 303)
    return Response(
        file.body, mimetype=file.mimetype, headers={"Content-Disposition": f'attachment; filename="{file.name}"'}
    )


def _seen(report_id: uuid.UUID) -> ReportRow:
    """A report that this person may read."""
    row = queries.get_report(report_id)
    if row is None or not (row.is_frozen or _may_write()):
        abort(404)
    return row


def _draft(report_id: uuid.UUID) -> ReportRow:
    """A report that can still change; a frozen one is a conflict."""
    row = queries.get_report(report_id)
    if row is None:
        abort(404)
    if row.is_frozen:
        raise Conflict("report-frozen")
    return row


def _content(row: ReportRow) -> dict[str, Any]:
    return row.content if row.content is not None else compose(row, language())


def _offered(form: EditForm, row: ReportRow) -> EditForm:
    form.offer(**views.choices(sources.offer(row), language()))
    return form


def _edit_page(row: ReportRow, form: EditForm, *, was_changed: bool = False) -> str:
    theirs = views.changed_since(form.written(), row) if was_changed else []
    if was_changed:
        form.revision.raw_data = None
        form.revision.data = row.revision
    return render_template(
        "reports/edit.html",
        report=row,
        kind=KINDS[row.kind],
        form=_offered(form, row),
        was_changed=was_changed,
        theirs=theirs,
        said=_said(),
    )


def _freeze_page(row: ReportRow, *, was_changed: bool = False) -> str:
    form = FreezeForm(formdata=None, revision=row.revision)
    empty = views.empty_sections(row)
    return render_template("reports/freeze.html", report=row, form=form, empty=empty, was_changed=was_changed)


def _names() -> dict[uuid.UUID, str]:
    return people.names_of(scope.current())


def _may_write() -> bool:
    return signed_in().can(Permission.MAKE_REPORTS)


def _said() -> str:
    said = request.args.get("said", "")
    return said if said in _SAID else ""
