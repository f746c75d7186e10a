"""A document as Word: real headings, tables whose header rows repeat, one language or more, nothing fetched (W14).

A chart becomes a table with its numbers and a bar: a shaded line as long as the number, which a screen reader passes
over, which prints in black and white, and behind which no picture needs a description.
"""

import io
import zipfile
from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Final

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph

from engage.adapters.documents.model import (
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Heading,
    Notice,
    Paragraph,
    Quote,
    Table,
    share,
)
from engage.adapters.documents.text import clean, one_line
from engage.adapters.documents.word_styles import (
    BAR_COLOUR,
    FACT_STYLE,
    HEADER_SHADE,
    NOTICE_STYLE,
    element,
    is_right_to_left,
    prepare,
    word_tag,
)

_TEXT_CENTIMETRES: Final = 16.0
_MANY_COLUMNS: Final = 5
_LONG_TEXT: Final = 40  # signs; longer texts are not given more room
_CHART_COLUMNS: Final = (6.5, 3.5, 6.0)  # centimetres
_LONGEST_BAR: Final = 5.5  # centimetres, inside the cell's own margins
_TWIPS: Final = 567  # a centimetre
_ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def to_docx(document: Document) -> bytes:
    """The document as a .docx file; the same document is the same bytes."""
    return _same_bytes(_Writer(document).written())


class _Writer:
    """Writes one document from top to bottom."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.file = docx.Document()
        prepare(self.file, document.title, document.language, document.issued)

    def written(self) -> bytes:
        self.file.add_heading(one_line(self.document.title), level=1)
        if self.document.subtitle:
            self.file.add_paragraph(one_line(self.document.subtitle), style="Subtitle")
        for label, value in self.document.facts:
            fact = self.file.add_paragraph(style=FACT_STYLE)
            name = fact.add_run(one_line(label))
            name.bold = name.font.cs_bold = True
            fact.add_run("\t" + one_line(value))
        for block in self.document.blocks:
            self.add(block)
        page = io.BytesIO()
        self.file.save(page)
        return page.getvalue()

    @singledispatchmethod
    def add(self, block: Block) -> None:
        raise TypeError(f"no way to write {type(block).__name__} in Word")

    @add.register
    def _(self, block: Heading) -> None:
        self.file.add_heading(one_line(block.text), level=block.level + 1)

    @add.register
    def _(self, block: Paragraph) -> None:
        self.file.add_paragraph(clean(block.text))

    @add.register
    def _(self, block: Bullets) -> None:
        for item in block.items:
            self.file.add_paragraph(clean(item), style="List Bullet")

    @add.register
    def _(self, block: Notice) -> None:
        self.file.add_paragraph(clean(block.text), style=NOTICE_STYLE)

    @add.register
    def _(self, block: Quote) -> None:
        said = self.file.add_paragraph(clean(block.text), style="Quote")
        if block.language and block.language != self.document.language:
            _speak(said, block.language)
        if block.source:
            said.paragraph_format.keep_with_next = True
            self.file.add_paragraph(one_line(block.source)).paragraph_format.left_indent = Cm(0.8)

    @add.register
    def _(self, block: Table) -> None:
        table = self._table(block.caption, block.header, _widths(block), len(block.rows))
        for row, values in zip(table.rows[1:], block.rows, strict=True):
            for place, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
                self._fill(cell, value, names_the_row=place == 0)
        for place, cell in enumerate(table.rows[0].cells):
            if block.rows and not any(isinstance(row[place], str) for row in block.rows):
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if len(block.header) > _MANY_COLUMNS:
            _shrink(table)
        self._after(block.note)

    @add.register
    def _(self, block: Chart) -> None:
        table = self._table(block.title, block.columns, _CHART_COLUMNS, len(block.bars), block.description)
        for row, (label, number) in zip(table.rows[1:], block.bars, strict=True):
            self._fill(row.cells[0], label, names_the_row=True)
            self._fill(row.cells[1], number)
            _draw(row.cells[2].paragraphs[0], share(number, block.bars))
        table.rows[0].cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._after("")

    def _table(
        self, caption: str, header: tuple[str, ...], widths: Sequence[float], rows: int, description: str = ""
    ) -> WordTable:
        """A table of `rows` empty rows with its caption above it and its header row written."""
        self.file.add_paragraph(one_line(caption), style="Caption")
        if description:
            self.file.add_paragraph(clean(description)).paragraph_format.keep_with_next = True
        table: WordTable = self.file.add_table(rows=rows + 1, cols=len(header), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        properties = table._tbl.tblPr
        if is_right_to_left(self.document.language):
            properties.find(qn("w:tblStyle")).addnext(element("bidiVisual"))
        properties.append(element("tblCaption", val=one_line(caption)))
        if description:
            properties.append(element("tblDescription", val=one_line(description)))
        properties.find(qn("w:tblLook")).addprevious(_margins())
        for row in table.rows:
            row._tr.get_or_add_trPr().append(element("cantSplit"))
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        first = table.rows[0]
        first._tr.get_or_add_trPr().append(element("tblHeader"))
        for cell, name in zip(first.cells, header, strict=True):
            cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=HEADER_SHADE))
            self._fill(cell, name, names_the_row=True)
        return table

    def _fill(self, cell: WordCell, value: Cell, *, names_the_row: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1.15
        shown = self.document.hidden if value is None else value if isinstance(value, str) else f"{value:,}"
        run = paragraph.add_run(clean(shown))
        run.bold = run.font.cs_bold = names_the_row
        if not isinstance(value, str):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _after(self, note: str) -> None:
        """What stands below a table: its note, or the space that keeps two tables from growing together."""
        below = self.file.add_paragraph(clean(note))
        below.paragraph_format.space_before = Pt(4)


def _widths(table: Table) -> list[float]:
    """Centimetres for each column: room for its longest word first, then for how much stands in it."""
    weights = []
    for place, name in enumerate(table.header):
        texts = [name, *(str(row[place]) for row in table.rows)]
        word = max((len(one) for text in texts for one in text.split()), default=1)
        weights.append(min(word, _LONG_TEXT) + min(max(map(len, texts)), _LONG_TEXT) / 4)
    return [_TEXT_CENTIMETRES * weight / sum(weights) for weight in weights]


def _shrink(table: WordTable) -> None:
    """Smaller letters for a table of many columns, so that no word is broken."""
    for row in table.rows:
        for cell in row.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)
                run._r.get_or_add_rPr().append(element("szCs", val="18"))


def _draw(paragraph: WordParagraph, length: float) -> None:
    """Shade the line of a paragraph without words over `length` (0 to 1) of its cell."""
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1.15
    if not length:
        return
    properties = paragraph._p.get_or_add_pPr()
    properties.insert(0, element("shd", val="clear", color="auto", fill=BAR_COLOUR))
    properties.append(element("ind", right=str(round(_LONGEST_BAR * (1 - length) * _TWIPS))))


def _margins() -> BaseOxmlElement:
    """Air above and below the words of a cell."""
    margins = element("tblCellMar")
    margins.append(element("top", w="80", type="dxa"))
    margins.append(element("bottom", w="80", type="dxa"))
    return margins


def _speak(paragraph: WordParagraph, language: str) -> None:
    """Say that a paragraph is in another language than the document."""
    right_to_left = is_right_to_left(language)
    switch = {} if right_to_left else {"val": "0"}
    paragraph._p.get_or_add_pPr().append(element("bidi", **switch))
    for run in paragraph.runs:
        properties = run._r.get_or_add_rPr()
        properties.append(element("rtl", **switch))
        properties.append(element("lang", **{"bidi" if right_to_left else "val": word_tag(language)}))


def _same_bytes(written: bytes) -> bytes:
    """The package again with the times of its parts set: a zip file otherwise says when it was made."""
    page = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            kept = zipfile.ZipInfo(part.filename, _ZIP_EPOCH)
            kept.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(kept, old.read(part))
    return page.getvalue()
