"""An .xlsx file as plain cells: no macros, no formulas, no document types, nothing that grows when it is opened."""

import io
import zipfile
from collections.abc import Iterator
from typing import Final, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from engage.rules.marking import worded

LARGEST: Final = 5_000_000
"""Bytes of a workbook."""

LARGEST_UNPACKED: Final = 40_000_000
"""Bytes of all its parts together once they are unpacked."""

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
_MOST_PARTS: Final = 500
_LONGEST: Final = 32_767
_XLS: Final = b"\xd0\xcf\x11\xe0"


class Place(NamedTuple):
    """Where something stands in a workbook: sheet, row (from 1, 0 for all of it) and column ("C label::English")."""

    sheet: str = ""
    row: int = 0
    column: str = ""


class Finding(NamedTuple):
    """One cell that was refused, or (`is_refused` False) is not kept though the rest can be."""

    place: Place
    reason: str
    is_refused: bool = True


class Row(NamedTuple):
    """One row under the heads: what stands in it, by head, only where something does."""

    number: int
    cells: dict[str, str]


class Sheet(NamedTuple):
    """One sheet: its heads in order with the letter of their column, and its rows."""

    name: str
    letters: dict[str, str]
    rows: tuple[Row, ...]

    def place(self, row: int = 0, head: str = "") -> Place:
        """The place of a cell for a message."""
        return Place(self.name, row, f"{self.letters.get(head, '')} {head}".strip())


class UnreadableError(ValueError):
    """The bytes are not a workbook that can be read safely; the message says why."""


def read_workbook(content: bytes) -> tuple[dict[str, Sheet], tuple[Finding, ...]]:
    """Sheets by their name in small letters, and every cell that can't be read as words. Raises UnreadableError."""
    _require_safe(content)
    findings: list[Finding] = []
    sheets: dict[str, Sheet] = {}
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        for sheet in book.worksheets:
            name = str(sheet.title)
            if name.lower() in sheets:
                findings.append(Finding(Place(name), worded("there are two sheets of this name")))
                continue
            sheets[name.lower()] = _sheet(name, _cells(name, sheet.iter_rows(), findings), findings)
        book.close()
    except UnreadableError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts do on a broken file
        raise UnreadableError(worded("cannot be read as a workbook ({name})", name=type(error).__name__)) from error
    return sheets, tuple(findings)


def _require_safe(content: bytes) -> None:
    if len(content) > LARGEST:
        raise UnreadableError(worded("is larger than five million bytes"))
    if content.startswith(_XLS):
        raise UnreadableError(worded("is an old or protected workbook: save it as .xlsx without a password"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _require_safe_parts(packed)
    except UnreadableError:
        raise
    except Exception as error:  # zipfile and zlib raise whatever a broken archive makes them
        raise UnreadableError(worded("is not an .xlsx workbook")) from error


def _require_safe_parts(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    if len(parts) > _MOST_PARTS or len({part.filename for part in parts}) < len(parts):
        raise UnreadableError(worded("has too many parts for a survey"))
    if "[Content_Types].xml" not in packed.namelist():
        raise UnreadableError(worded("is not an .xlsx workbook"))
    total = 0
    for part in parts:
        name = part.filename.lower()
        if "vbaproject" in name or "macrosheet" in name or "activex" in name or name.endswith(".bin"):
            raise UnreadableError(worded("holds macros or parts that are not words: save it as .xlsx without them"))
        with packed.open(part) as opened:
            unpacked = opened.read(LARGEST_UNPACKED - total + 1)  # what it says of its own size is not believed
        total += len(unpacked)
        if total > LARGEST_UNPACKED:
            raise UnreadableError(worded("is larger than forty million bytes once it is unpacked"))
        if b"macroEnabled" in unpacked and name == "[content_types].xml":
            raise UnreadableError(worded("is a workbook with macros: save it as .xlsx without them"))
        plain = unpacked.replace(b"\x00", b"")
        if name.endswith((".xml", ".rels", ".vml")) and (b"<!DOCTYPE" in plain or b"<!ENTITY" in plain):
            raise UnreadableError(worded("holds a document type, which no workbook needs"))


def _cells(name: str, rows: Iterator[tuple[object, ...]], findings: list[Finding]) -> Iterator[dict[int, str]]:
    """Of each row, its number's cells as words by column (from 1)."""
    for number, row in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise UnreadableError(worded("has more than {most} rows in {name}", most=MOST_ROWS, name=name))
        found: dict[int, str] = {}
        for column, cell in enumerate(row, 1):
            value = getattr(cell, "value", None)
            if value is None or (isinstance(value, str) and not value.strip()):
                continue
            if column > MOST_COLUMNS:
                raise UnreadableError(worded("has more than {most} columns in {name}", most=MOST_COLUMNS, name=name))
            words = _words(value, str(getattr(cell, "data_type", "")))
            if isinstance(words, str):
                found[column] = words
            else:
                findings.append(Finding(Place(name, number, get_column_letter(column)), words.reason))
        yield found


class _Refusal(NamedTuple):
    reason: str


def _words(value: object, data_type: str) -> str | _Refusal:
    if data_type == "f":
        return _Refusal(worded("holds a formula; formulas are never calculated here: write what it gives"))
    if data_type == "e":
        return _Refusal(worded("holds an error of the spreadsheet"))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float | str):
        said = str(value).strip()
        return said if len(said) <= _LONGEST else _Refusal(worded("is longer than a cell can be"))
    return _Refusal(worded("is a date or a time to the spreadsheet: format the cell as text and write it again"))


def _sheet(name: str, rows: Iterator[dict[int, str]], findings: list[Finding]) -> Sheet:
    heads = {column: _head(words) for column, words in next(rows, {}).items()}
    letters: dict[str, str] = {}
    for column, head in heads.items():
        letter = get_column_letter(column)
        if head in letters:
            findings.append(Finding(Place(name, 1, f"{letter} {head}"), worded("is there twice")))
        letters.setdefault(head, letter)
    found: list[Row] = []
    for number, cells in enumerate(rows, 2):
        findings.extend(
            Finding(Place(name, number, get_column_letter(column)), worded("stands under no head"))
            for column in cells
            if column not in heads
        )
        if cells:
            found.append(Row(number, {heads[column]: words for column, words in cells.items() if column in heads}))
    return Sheet(name, letters, tuple(found))


def _head(words: str) -> str:
    """A head as XLSForm compares them: small letters before the first ::, no blanks around."""
    first, *rest = (part.strip() for part in words.split("::"))
    return "::".join([first.lower().replace(" ", "_"), *rest])
