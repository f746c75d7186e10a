"""A report as files: Word that LibreOffice reads, a tagged PDF, and nobody's words as code anywhere (W12, W14, A21)."""

import io
import json
import uuid
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from flask import Flask

from engage.adapters.documents.pdf import available
from engage.assurance.reports import files
from engage.assurance.reports.content import compose
from engage.assurance.reports.kinds import THEMATIC
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.documents import ATTACKS
from tests.support.office import convert, needs_libreoffice
from tests.support.reports import freeze_results, report, texts_in
from tests.support.themes import NASTY, theme

pytestmark = pytest.mark.one_database

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
needs_pango = pytest.mark.skipif(not available(), reason="needs Pango")
EVIL = "\n".join([*ATTACKS, *NASTY]).replace("\ud800", "")


@pytest.fixture
def nasty(app: Flask, partnership: uuid.UUID, ana: uuid.UUID) -> uuid.UUID:
    """A report in which every text is an attack."""
    theme(app, partnership, EVIL.splitlines()[17])
    texts = {field.key: EVIL for field in THEMATIC.fields} | {"period": EVIL}
    return report(app, partnership, ana, title=" ".join(EVIL.split())[:120], texts=texts).id


def composed(app: Flask, partnership: uuid.UUID, by: uuid.UUID) -> dict[str, Any]:
    row = report(app, partnership, by)
    with within(app, partnership):
        return compose(row, "en")


@needs_libreoffice
def test_a21_word_opens_in_libreoffice_with_real_headings_and_tables(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID, tmp_path: Path
) -> None:
    freeze_results(app, partnership, tmp_path, "your-voice", 60)
    content = composed(app, partnership, ana)
    with within(app, partnership):
        written = files.written(content, None, "docx")
    (tmp_path / written.name).write_bytes(written.body)
    [made] = convert(tmp_path, "fodt", tmp_path / written.name)
    found = ElementTree.parse(made).getroot()  # noqa: S314 - LibreOffice wrote it
    headings = [("".join(one.itertext()), one.get(f"{TEXT}outline-level")) for one in found.iter(f"{TEXT}h")]
    assert headings[0] == ("Thematic assurance report: Feeling listened to", "1")
    titles = [part["title"] for part in content["sections"]]
    assert [title for title, level in headings if level == "2"] == [*titles, "How this report was made"]
    assert ("Your voice, release 1", "3") in headings
    tables = sum(block["kind"] in {"table", "chart"} for part in content["sections"] for block in part["blocks"])
    assert tables > 5
    assert len(list(found.iter(f"{TABLE}table"))) == tables
    assert len(list(found.iter(f"{TABLE}table-header-rows"))) == tables


@needs_pango
def test_a21_the_pdf_is_tagged_with_its_headings_and_tables(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID, tmp_path: Path
) -> None:
    freeze_results(app, partnership, tmp_path, "your-voice", 60)
    content = composed(app, partnership, ana)
    with within(app, partnership):
        body = files.written(content, None, "pdf").body
    with pikepdf.open(io.BytesIO(body)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        roles = [
            str(one.S) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one
        ]
        assert roles.count("/H1") == 1
        assert roles.count("/H2") == 8
        assert {"/Table", "/Caption", "/TH", "/TD", "/L", "/LI"} <= set(roles)


def test_w14_no_text_becomes_a_part_of_the_word_file(
    app: Flask, partnership: uuid.UUID, nasty: uuid.UUID, writer: PageClient
) -> None:
    body = writer.get(f"/staff/reports/{nasty}/report.docx").data
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(package.read(name))  # noqa: S314 - our own file
        words = package.read("word/document.xml").decode()
        links = package.read("word/_rels/document.xml.rels").decode()
    assert "External" not in links
    assert "<w:instrText" not in words
    assert "<w:fldSimple" not in words
    assert "INCLUDETEXT" in words  # as words


@needs_pango
def test_w14_no_text_becomes_an_act_of_the_pdf(
    app: Flask, partnership: uuid.UUID, nasty: uuid.UUID, writer: PageClient
) -> None:
    with pikepdf.open(io.BytesIO(writer.get(f"/staff/reports/{nasty}/report.pdf").data)) as pdf:
        acts = {"/URI", "/JavaScript", "/Launch", "/SubmitForm"}
        assert not [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") in acts]
        assert not [page for page in pdf.pages if "/Annots" in page]


def test_w12_pages_and_json_show_nasty_words_as_words(
    app: Flask, partnership: uuid.UUID, nasty: uuid.UUID, writer: PageClient
) -> None:
    for address in ("/staff/reports", *(f"/staff/reports/{nasty}{page}" for page in ("", "/edit", "/freeze"))):
        page = writer.get(address).get_data(as_text=True)
        for mark in ("<script>alert", "<script>window", "<img src", "<svg/onload", "onerror=alert(1)>"):
            assert mark not in page, (address, mark)
    assert "{{7*7}}" in writer.get(f"/staff/reports/{nasty}").get_data(as_text=True)
    answer = writer.get(f"/staff/reports/{nasty}/report.json")
    assert answer.mimetype == "application/json"
    texts = list(texts_in(json.loads(answer.data)))
    assert any("<script>alert(1)</script>" in text for text in texts)
    assert not [text for text in texts if "\x00" in text or "\x1b" in text or "\u202e" in text]
    name = answer.headers["Content-Disposition"]
    assert name.isascii()
    assert name.count('"') == 2
