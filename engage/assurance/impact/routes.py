"""The page of a survey's assessment: what is signed, the form, the pack to take away."""

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.adapters.documents.outline import to_json
from engage.adapters.documents.pdf import to_pdf
from engage.adapters.documents.word import to_docx
from engage.assurance.impact.content import RESIDUAL, Subject, document_of
from engage.assurance.impact.forms import ImpactForm
from engage.core import retention
from engage.core.errors import Refused
from engage.core.transaction import transactional
from engage.listening.making import queries as copies
from engage.listening.surveys import keeping, queries, service_impact
from engage.listening.surveys.service_impact import Assessed
from engage.safeguarding import keeping as safeguarding
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language

bp = Blueprint("impact", __name__, url_prefix="/staff/surveys")
_KINDS = (keeping.RESPONSES, safeguarding.WORDS, safeguarding.FILES, safeguarding.TALKS, safeguarding.FLAGS)
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
}


@bp.get("/<slug:name>/impact")
@requires(Permission.MANAGE_SURVEYS)
def page(name: str) -> ResponseReturnValue:
    """What is signed, and the form for the next."""
    subject = _subject(name)
    said = subject.impact.assessed if subject.impact else None
    return _page(subject, ImpactForm(obj=said))


@bp.post("/<slug:name>/impact")
@requires(Permission.MANAGE_SURVEYS)
@transactional
def sign(name: str) -> ResponseReturnValue:
    """Keep a signed assessment of what the survey asks now."""
    form, subject = ImpactForm(), _subject(name)
    if not form.validate_on_submit():
        return _page(subject, form)
    said = {field: getattr(form, field).data for field in Assessed.__dataclass_fields__}
    try:
        service_impact.sign(name, subject.definition, Assessed(**said), signed_in().id)
    except Refused as refused:
        return _page(subject, form, refused=refused.reason), 422
    return redirect(url_for("impact.page", name=name), 303)


@bp.get("/<slug:name>/impact/<any(docx,pdf,json):form>")
@requires(Permission.MANAGE_SURVEYS)
def pack(name: str, form: str) -> ResponseReturnValue:
    """The pack, signed or not."""
    document = document_of(_subject(name), language())
    made = to_docx(document) if form == "docx" else to_pdf(document) if form == "pdf" else to_json(document).encode()
    headers = {"Content-Disposition": f'attachment; filename="impact-{name}.{form}"'}
    return Response(made, mimetype=_TYPES[form], headers=headers)


def _subject(name: str) -> Subject:
    """What is assessed: what the survey asks next where somebody is changing it, else what it asks."""
    survey, copy = queries.get_survey(name), copies.find(name)
    definition = copy.definition if copy is not None else survey.definition if survey is not None else None
    if survey is None or definition is None:
        abort(404)
    impact = service_impact.newest(name, definition)
    return Subject(survey, definition, impact, retention.periods(_KINDS))


def _page(subject: Subject, form: ImpactForm, *, refused: str = "") -> str:
    return render_template("impact/impact.html", subject=subject, form=form, refused=refused, residual=RESIDUAL)
