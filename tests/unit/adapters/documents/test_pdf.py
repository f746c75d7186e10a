"""The page a PDF is made from, and what happens where none can be made. The PDF itself: tests/integration/documents."""

import importlib
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest

from engage import paths
from engage.adapters.documents import pdf
from engage.adapters.documents.model import Document
from engage.adapters.documents.page import FACES, to_html
from tests.support.documents import arabic, hostile, sample

FONTS = paths.static() / "fonts"


class Tags(HTMLParser):
    """Which tags and attributes a page has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("document", [sample(), arabic(), hostile()])
def test_the_page_is_valid(document: Document) -> None:
    html5lib.HTMLParser(strict=True).parse(to_html(document, FONTS))


def test_w14_no_word_anybody_wrote_becomes_markup() -> None:
    ours, theirs = Tags(to_html(sample(), FONTS)), Tags(to_html(hostile(), FONTS))
    assert theirs.tags <= ours.tags
    assert theirs.attributes <= {"lang", "dir", "charset", "class", "scope", "style"}
    assert "script" not in theirs.tags
    assert "img" not in theirs.tags


def test_every_face_the_page_names_is_there() -> None:
    assert [file for file, _ in FACES if not (FONTS / file).is_file()] == []


def test_without_pango_a_pdf_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(importlib, "import_module", absent)
    assert not pdf.available()
    with pytest.raises(pdf.PdfUnavailable, match="apt-get install libpango"):
        pdf.to_pdf(sample(), Path("fonts"))
