"""What is printed: a template for paper in one language, pressed into a PDF and given out as a file."""

import re
from typing import Any, Final

from flask import Response, render_template
from flask_babel import force_locale

from engage.adapters.documents import paper
from engage.adapters.documents.pdf import PdfUnavailable
from engage.core import languages
from engage.core.errors import Refused

# Between digits a plain space takes the direction of the page: the parts of a number to ring would change places.
_WITHIN_A_NUMBER: Final = re.compile(r"(?<=[0-9]) (?=[0-9])")


def pdf(template: str, name: str, language: str, **context: Any) -> Response:
    """The PDF of a template under templates/paper, in `language`, to be saved as `name`.pdf.

    Raises Refused ("pdf-unavailable") on a machine that can't make any.
    """
    with force_locale(language):
        direction = languages.direction(language)
        page = render_template(f"paper/{template}.html", **{**context, "lang": language, "text_dir": direction.value})
    if direction is languages.Direction.RIGHT_TO_LEFT:
        page = _WITHIN_A_NUMBER.sub("\N{NO-BREAK SPACE}", page)
    try:
        body = paper.to_pdf(page)
    except PdfUnavailable as error:
        raise Refused("pdf-unavailable") from error
    response = Response(body, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
