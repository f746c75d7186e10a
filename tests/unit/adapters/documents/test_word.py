"""Word documents: what a screen reader, a printer and a suspicious officer find in them."""

import io
import re
import zipfile

import docx
from docx.oxml.ns import qn

from engage.adapters.documents.text import clean, one_line
from engage.adapters.documents.word import to_docx
from tests.support.documents import ATTACKS, arabic, hostile, sample


def parts(written: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a21_headings_are_real_and_skip_no_level() -> None:
    file = docx.Document(io.BytesIO(to_docx(sample())))
    headings = [(one.style.name, one.text) for one in file.paragraphs if one.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Do children feel listened to?"),
        ("Heading 2", "What children said"),
        ("Heading 3", "In their own words"),
        ("Heading 4", "What adults said"),
    ]
    styles = {one.style.name for one in file.paragraphs}
    assert {"Subtitle", "Caption", "Quote", "List Bullet", "Engage Notice", "Engage Fact"} <= styles


def test_a21_tables_repeat_their_header_and_say_what_they_are() -> None:
    file = docx.Document(io.BytesIO(to_docx(sample())))
    ages, safe = file.tables
    for table, caption in ((ages, "Listening, by age"), (safe, "Feeling safe")):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == caption
    assert [[cell.text for cell in row.cells] for row in ages.rows] == [
        ["Age", "Always", "Never"],
        ["8 to 10", "55", "fewer than 10"],
        ["11 to 13", "1,060", "15"],
    ]


def test_d4_a_chart_is_a_table_whose_bars_are_as_long_as_its_numbers_and_hidden_ones_have_none() -> None:
    safe = docx.Document(io.BytesIO(to_docx(sample()))).tables[1]
    assert [[cell.text for cell in row.cells] for row in safe.rows][1:] == [
        ["Always", "160", ""],
        ["Sometimes", "40", ""],
        ["Never", "fewer than 10", ""],
    ]
    shades = [row.cells[2].paragraphs[0]._p.pPr.find(qn("w:shd")) for row in safe.rows][1:]
    assert [shade is not None for shade in shades] == [True, True, False]
    gaps = [row.cells[2].paragraphs[0].paragraph_format.right_indent for row in safe.rows][1:3]
    assert gaps[0] == 0
    assert gaps[1] is not None
    assert gaps[1] > 0


def test_a21_language_direction_and_properties_are_said() -> None:
    english, right_to_left = (docx.Document(io.BytesIO(to_docx(one))) for one in (sample(), arabic()))
    properties = english.core_properties
    assert (properties.title, properties.language, properties.author) == (
        "Do children feel listened to?",
        "en-GB",
        "Engage",
    )
    assert properties.comments == ""
    assert str(properties.created.date()) == "2026-11-22"
    assert english.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    assert right_to_left.styles.element.find(f".//{qn('w:lang')}").get(qn("w:bidi")) == "ar-SA"
    normal = right_to_left.styles["Normal"].element
    assert normal.pPr.find(qn("w:bidi")) is not None
    assert normal.rPr.find(qn("w:rtl")) is not None
    assert right_to_left.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None


def test_a18_a_quote_in_another_language_says_so() -> None:
    for document, tag, attribute, bidi in ((sample(), "ar-SA", "bidi", None), (arabic(), "en-GB", "val", "0")):
        file = docx.Document(io.BytesIO(to_docx(document)))
        quote = [one for one in file.paragraphs if one.style.name == "Quote"][-1]
        assert quote.runs[0]._r.rPr.find(qn("w:lang")).get(qn(f"w:{attribute}")) == tag
        assert quote._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == bidi


def test_w14_nothing_anybody_wrote_becomes_a_field_a_link_or_markup() -> None:
    written = parts(to_docx(hostile()))
    for name, part in written.items():
        assert b'TargetMode="External"' not in part, name
    body = written["word/document.xml"].decode()
    assert not re.search(r"<w:(instrText|fldSimple|fldChar|hyperlink|object|pict|drawing)\b", body)
    assert "<script" not in body
    file = docx.Document(io.BytesIO(to_docx(hostile())))
    texts = [one.text for one in file.paragraphs]
    assert all(clean(attack) in texts for attack in ATTACKS)
    assert one_line(" ".join(ATTACKS)) in texts


def test_the_same_document_is_the_same_bytes() -> None:
    assert to_docx(sample()) == to_docx(sample())


def test_an_empty_document_and_an_empty_table_are_written() -> None:
    assert docx.Document(io.BytesIO(to_docx(arabic()))).paragraphs[0].text == "هل يستمع الكبار إلى الأطفال؟"
