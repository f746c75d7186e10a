"""A document as a tagged PDF, where the machine can make one.

WeasyPrint draws with Pango, a library of the system's. Without it everything else runs, and whoever asks for a PDF is
told what to install. It is loaded only when the first PDF is made: most processes never make one.
"""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from engage import paths
from engage.adapters.documents.model import Document
from engage.adapters.documents.page import to_html

INSTALL: Final = (
    "PDF needs Pango, which is not installed on this computer. On Debian or Ubuntu: "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. Word and JSON work without it."
)


class PdfUnavailable(Exception):
    """This machine cannot make PDFs; the message says what to install."""

    def __init__(self) -> None:
        super().__init__(INSTALL)


def to_pdf(document: Document, fonts: Path | None = None) -> bytes:
    """The document as PDF: tagged, with a language, headings, header cells and words for pictures (aimed at PDF/UA-1).

    A second or two for thirty pages: belongs in a job. `fonts`: folder of the vendored faces. Raises PdfUnavailable.
    """
    folder, press = fonts or paths.static() / "fonts", _press()
    return press(to_html(document, folder), folder)


def press_page(page: str, fonts: Path) -> bytes:
    """A page of markup with its style as tagged PDF; raises PdfUnavailable."""
    return _press()(page, fonts)


def _press() -> Callable[[str, Path], bytes]:
    try:
        module = importlib.import_module("engage.adapters.documents.press")
    except (ImportError, OSError) as error:
        raise PdfUnavailable from error
    press: Callable[[str, Path], bytes] = module.press
    return press


def available() -> bool:
    """Whether a PDF can be made here, for a page that offers one."""
    try:
        importlib.import_module("engage.adapters.documents.press")
    except (ImportError, OSError):
        return False
    return True
