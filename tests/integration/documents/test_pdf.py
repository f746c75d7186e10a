"""PDF documents as a reader's assistive technology finds them."""

import functools
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from engage import paths
from engage.adapters.documents import Document
from engage.adapters.documents.pdf import available, to_pdf
from tests.support.documents import arabic, hostile, sample
from tests.support.system import missing

pytestmark = pytest.mark.skipif(any(need.name == "Pango" for need in missing()), reason="needs Pango")
FONTS = paths.static() / "fonts"


@functools.cache
def written(document: Document) -> bytes:
    """A document as PDF, made once for all tests."""
    return to_pdf(document)


def opened(document: Document) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(written(document)))


def elements(node: Any) -> Iterator[Any]:
    """Every structure element below `node`, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def roles(pdf: pikepdf.Pdf) -> list[str]:
    return [str(one.S) for one in elements(pdf.Root.StructTreeRoot)]


def test_a21_it_is_tagged_named_and_in_a_language() -> None:
    assert available()
    with opened(sample()) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Do children feel listened to?"


def test_a21_headings_lists_and_tables_are_what_they_look_like() -> None:
    with opened(sample()) as pdf:
        found = roles(pdf)
        assert [role for role in found if role.startswith("/H")] == ["/H1", "/H2", "/H3", "/H4"]
        assert found.count("/Table") == 3
        assert {"/THead", "/TBody", "/TR", "/TH", "/TD", "/Caption", "/L", "/LI"} <= set(found)
        assert "/Figure" not in found
        names = {str(one.ID) for one in elements(pdf.Root.StructTreeRoot) if one.S == "/TH"}
        cells = [[str(name) for name in one.A.Headers] for one in elements(pdf.Root.StructTreeRoot) if one.S == "/TD"]
        # The facts' two values are named by their row, the ten numbers and bars by their row and their column.
        assert sorted(map(len, cells)) == [1] * 2 + [2] * 10
        assert {name for headers in cells for name in headers} <= names


def test_a18_an_arabic_document_says_so_and_uses_the_vendored_face() -> None:
    with opened(arabic()) as pdf:
        assert str(pdf.Root.Lang) == "ar"
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
        assert any("Engage-Arabic" in font for font in fonts)


def test_w14_what_people_wrote_fetches_nothing_and_acts_on_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: asked.append(self.as_posix()) or read(self))
    with pikepdf.open(io.BytesIO(to_pdf(hostile()))) as pdf:
        assert not [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") in {"/URI", "/JavaScript", "/Launch"}
        ]
        assert "/OpenAction" not in pdf.Root
        assert "/AcroForm" not in pdf.Root
        assert not [page for page in pdf.pages if "/Annots" in page]
    assert {name.rsplit("/", 1)[0] for name in asked} <= {FONTS.as_posix()}


def test_the_same_document_is_the_same_bytes() -> None:
    assert to_pdf(sample()) == written(sample())


@pytest.mark.parametrize("url", ["http://127.0.0.1/x", "https://example.org", "file:///etc/passwd", "ftp://x", "x.png"])
def test_w16_the_fetcher_refuses_every_address_but_data_and_its_own_faces(url: str) -> None:
    press = pytest.importorskip("engage.adapters.documents.press")
    with pytest.raises(ValueError, match="fetches nothing"):
        press._OwnFilesOnly(FONTS).fetch(url)
    assert press._OwnFilesOnly(FONTS).fetch("data:text/plain,hello").read() == b"hello"
