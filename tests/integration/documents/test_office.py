"""Our files opened by LibreOffice: another program's opinion of what is a heading, a header row and a formula."""

from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from engage.adapters.documents import Table
from engage.adapters.documents.sheets import guard, to_csv, to_xlsx
from engage.adapters.documents.word import to_docx
from tests.support.documents import ATTACKS, arabic, hostile, sample
from tests.support.office import convert, needs_libreoffice

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
pytestmark = needs_libreoffice


def test_a21_word_documents_arrive_with_headings_lists_and_repeated_header_rows(tmp_path: Path) -> None:
    for name, document in (("sample", sample()), ("arabic", arabic()), ("hostile", hostile())):
        (tmp_path / f"{name}.docx").write_bytes(to_docx(document))
    made = convert(tmp_path, "fodt", *sorted(tmp_path.glob("*.docx")))
    by_name = {path.stem: ElementTree.parse(path).getroot() for path in made}  # noqa: S314 - LibreOffice wrote it
    found = by_name["sample"]
    headings = [("".join(one.itertext()), one.get(f"{TEXT}outline-level")) for one in found.iter(f"{TEXT}h")]
    assert headings == [
        ("Do children feel listened to?", "1"),
        ("What children said", "2"),
        ("In their own words", "3"),
        ("What adults said", "4"),
    ]
    assert len(list(found.iter(f"{TABLE}table"))) == len(list(found.iter(f"{TABLE}table-header-rows"))) == 2
    assert len(list(found.iter(f"{TEXT}list-item"))) == 2
    assert [one.get(f"{TEXT}outline-level") for one in by_name["arabic"].iter(f"{TEXT}h")] == ["1", "2"]
    links = "{http://www.w3.org/1999/xlink}href"
    # The template's own styles name no file either.
    assert not [one for one in by_name["hostile"].iter() if "evil" in one.get(links, "") or one.tag.endswith("}a")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_w13_no_cell_of_a_csv_is_a_formula_whatever_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "comments.csv"
    path.write_bytes(to_csv(["=head", "Text", "Again"], [[attack, f"x {attack}", f"a;{attack}"] for attack in ATTACKS]))
    options = [f"--infilter=CSV:{ord(delimiter)},34,76,1,,0,false,true,false,false,false,-1"]
    formulas(convert(tmp_path, "xlsx", path, options=options)[0])


def test_w13_no_cell_of_a_workbook_is_a_formula_after_libreoffice_saved_it(tmp_path: Path) -> None:
    path = tmp_path / "from" / "comments.xlsx"
    path.parent.mkdir()
    path.write_bytes(to_xlsx("=1", [Table("x", ("=a", "b"), tuple((attack, attack) for attack in ATTACKS))]))
    formulas(convert(tmp_path, "xlsx", path)[0])


def test_w13_the_same_text_without_the_guard_would_be_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text('"=1+1"\n"a;=1+1"\n', encoding="utf-8")
    made = convert(tmp_path, "xlsx", path, options=["--infilter=CSV:44,34,76,1"])[0]
    assert openpyxl.load_workbook(made).active["A1"].data_type == "f"
    assert guard("=1+1") == "'=1+1"


def formulas(path: Path) -> None:
    sheet = openpyxl.load_workbook(path).active
    assert sheet.max_row >= len(ATTACKS)
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type in {"f", "e"}] == []
