"""Tables as spreadsheets, in which nothing anybody wrote is ever a formula (W13; OWASP ASVS 5.0, 1.2.10).

XLSX has a type for text and is told to use it. CSV has none: a program that opens it decides by the first sign of a
cell, so a dangerous beginning gets an apostrophe before it, also behind a delimiter inside a cell, where a program that
splits elsewhere than we do would see a beginning. `unguard` takes exactly these apostrophes out again.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from engage.adapters.documents.model import Cell, Table
from engage.adapters.documents.text import clean, one_line

# Where a program that splits elsewhere than we do begins a cell, and what it strips before it looks at the first sign.
_BEGINNING: Final = r"(^|[,;|\t\n])([\s\"]*)"
_FORMULA: Final = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_DANGEROUS: Final = re.compile(rf"{_BEGINNING}('*{_FORMULA})")
_GUARDED: Final = re.compile(rf"{_BEGINNING}'('*{_FORMULA})")
_STRIPPED: Final = re.compile(r"'*[\t\n]")
_NO_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\\x00]")
_SHEET_NAME: Final = 31  # signs, Excel's limit
_LONGEST_TEXT: Final = 32_767  # signs, Excel's limit
_WIDEST, _NARROWEST = 60, 10  # signs
_TEXT_AS_TEXT: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_UNDATED: Final = date(2000, 1, 1)


def guard(text: str) -> str:
    """`text` with an apostrophe before every beginning that a spreadsheet would take for a formula or strip."""
    guarded = _DANGEROUS.sub(r"\1\2'\3", clean(text))
    return f"'{guarded}" if _STRIPPED.match(guarded) else guarded


def unguard(text: str) -> str:
    """What `guard` was given, without its control characters: for reading a file of ours back."""
    plain = text[1:] if text.startswith("'") and _STRIPPED.match(text) else text
    return _GUARDED.sub(r"\1\2\3", plain)


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, every text quoted, lines ended by CR LF; a hidden number is an empty cell."""
    page = io.StringIO()
    writer = csv.writer(page, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([guard(name) for name in header])
    for row in rows:
        writer.writerow(["" if cell is None else guard(cell) if isinstance(cell, str) else cell for cell in row])
    return page.getvalue().encode("utf-8-sig")


def to_xlsx(title: str, tables: Sequence[Table], *, issued: date | None = None) -> bytes:
    """A workbook with one sheet a table: its caption, its note, then the header row; a hidden number is an empty cell.

    `issued` dates the file; the same tables are the same bytes.
    """
    page = io.BytesIO()
    with xlsxwriter.Workbook(page, _TEXT_AS_TEXT) as book:
        day = issued or _UNDATED
        book.set_properties({"title": one_line(title), "created": datetime(day.year, day.month, day.day, tzinfo=UTC)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"})
        number = book.add_format({"valign": "top"})
        names = _sheet_names([table.caption for table in tables])
        for table, name in zip(tables, names, strict=True):
            _fill(book.add_worksheet(name), table, bold, text, number)
    return page.getvalue()


def _fill(sheet: Worksheet, table: Table, bold: Format, text: Format, number: Format) -> None:
    sheet.write_string(0, 0, clean(table.caption), bold)
    if table.note:
        sheet.write_string(1, 0, clean(table.note))
    top = 2 if table.note else 1
    for column, name in enumerate(table.header):
        sheet.write_string(top, column, clean(name), bold)
        sheet.set_column(column, column, _width(name, [row[column] for row in table.rows]))
    for place, row in enumerate(table.rows, top + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(place, column, clean(cell)[:_LONGEST_TEXT], text)
            elif cell is not None:
                sheet.write_number(place, column, cell, number)
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _width(name: str, cells: Iterable[Cell]) -> int:
    longest = max((len(str(cell)) for cell in (name, *cells) if cell is not None), default=0)
    return max(_NARROWEST, min(_WIDEST, longest + 2))


def _sheet_names(captions: Sequence[str]) -> list[str]:
    """Names Excel accepts: short, without its reserved signs, different from each other whatever their case."""
    names: list[str] = []
    for number, caption in enumerate(captions, 1):
        plain = _NO_SHEET_NAME.sub(" ", one_line(caption)).strip(" '") or f"{number}"
        tail = f" {number}"
        name = plain[:_SHEET_NAME].strip(" '")
        if name.casefold() in {other.casefold() for other in names} or name.casefold() == "history":
            name = plain[: _SHEET_NAME - len(tail)].strip(" '") + tail
        names.append(name)
    return names
