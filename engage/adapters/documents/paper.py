"""Pages made for paper (cards, posters, questionnaires) as tagged PDF: markup from a template, the style from here.

A template for paper extends `paper/page.html` and carries no style of its own; pictures in it are data addresses.
"""

from base64 import b64encode
from pathlib import Path
from typing import Final

from markupsafe import Markup

from engage import paths
from engage.adapters.documents import pdf
from engage.adapters.documents.page import face_rules
from engage.adapters.documents.paper_style import STYLE

_HEAD_ENDS: Final = "</head>"


def to_pdf(page: str, fonts: Path | None = None) -> bytes:
    """A whole page of markup as a tagged PDF aimed at PDF/UA-1; raises PdfUnavailable where none can be made."""
    folder = fonts or paths.static() / "fonts"
    style = f"<style>{face_rules(folder)}{STYLE}</style>"
    return pdf.press_page(page.replace(_HEAD_ENDS, style + _HEAD_ENDS, 1), folder)


def picture(svg: str) -> Markup:
    """A drawing of ours as an address that a page for paper can carry."""
    return Markup("data:image/svg+xml;base64,") + b64encode(svg.encode()).decode()
