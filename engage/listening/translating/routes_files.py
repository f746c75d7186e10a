"""Translators' files: a survey's texts out as XLIFF or PO, and back in, all of a file or none of it."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from engage.core.errors import NotFound
from engage.core.transaction import Saved, transactional
from engage.listening.translating import queries, service
from engage.listening.translating.forms import CheckedForm, TranslationFileForm
from engage.listening.translating.routes import language_page
from engage.rules.exchange.po import write_po
from engage.rules.exchange.xliff import write_xliff
from engage.rules.exchange.xliff_read import LARGEST
from engage.web.access import Permission, requires, signed_in
from engage.web.layout import language
from engage.web.uploads import accepts_files
from engage.web.words import language_name

bp = Blueprint("translation_files", __name__, url_prefix="/staff/surveys/<slug:name>/translations/<string:code>")


@bp.get("/file.xlf")
@requires(Permission.MANAGE_SURVEYS)
def xliff(name: str, code: str) -> ResponseReturnValue:
    """Everything to translate, and what is translated, as XLIFF 2.0."""
    found = _standing(name, code)
    return _download(write_xliff(found.definition, code), f"{name}.{code}.xlf", "application/xliff+xml")


@bp.get("/file.po")
@requires(Permission.MANAGE_SURVEYS)
def po(name: str, code: str) -> ResponseReturnValue:
    """The same as a PO file."""
    found = _standing(name, code)
    return _download(write_po(found.definition, code).encode(), f"{name}.{code}.po", "text/x-gettext-translation")


@bp.post("/file")
@accepts_files(LARGEST)
@requires(Permission.MANAGE_SURVEYS)
@transactional
def take_in(name: str, code: str) -> ResponseReturnValue | Saved:
    """Take a translator's file in; the page says what was taken, or for every unit that does not fit, why."""
    found = _standing(name, code)
    form = TranslationFileForm()
    if not form.validate_on_submit():
        return language_page(found, code, CheckedForm(formdata=None), form), 422
    taken = service.take_in(name, code, form.file.data.read(LARGEST + 1), signed_in().id)
    page = render_template(
        "translating/taken.html",
        name=name,
        code=code,
        title=found.definition.title.say(language()).text,
        language_name=language_name(code, language()),
        taken=taken,
    )
    return (page, 422) if taken.definition is None else Saved(page)


def _standing(name: str, code: str) -> queries.Standing:
    found = queries.standing(name)
    if code not in found.definition.translated:
        raise NotFound(code)
    return found


def _download(content: bytes, file_name: str, mimetype: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=mimetype, headers=headers)
