"""What is printed: a template for paper in one language, pressed into a PDF and given out as a file."""

from typing import Any

from flask import Response, render_template
from flask_babel import force_locale

from engage.adapters.documents import paper
from engage.adapters.documents.pdf import PdfUnavailable
from engage.core import languages
from engage.core.errors import Refused


def pdf(template: str, name: str, language: str, **context: Any) -> Response:
    """The PDF of a template under templates/paper, in `language`, to be saved as `name`.pdf.

    Raises Refused ("pdf-unavailable") on a machine that can't make any.
    """
    with force_locale(language):
        direction = languages.direction(language).value
        page = render_template(f"paper/{template}.html", **{**context, "lang": language, "text_dir": direction})
    try:
        body = paper.to_pdf(page)
    except PdfUnavailable as error:
        raise Refused("pdf-unavailable") from error
    response = Response(body, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
