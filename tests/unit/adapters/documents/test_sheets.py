"""Spreadsheets in which nothing anybody wrote is a formula."""

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.adapters.documents import Table
from engage.adapters.documents.sheets import guard, to_csv, to_xlsx, unguard
from engage.adapters.documents.text import clean
from tests.support.documents import ATTACKS

FIRST_SIGNS = "=+-@\t\r\n\x00＝＋－＠"
ODD = st.text(st.sampled_from("=+-@;,|\t\n\r '\"＝＋a1"), max_size=12)


@given(ODD | st.text(max_size=40))
def test_w13_a_guarded_cell_begins_with_no_formula_wherever_it_is_split_and_comes_back(text: str) -> None:
    guarded = guard(text)
    assert guarded[:1] not in set(FIRST_SIGNS)
    for delimiter in ",;|\t\n":
        assert not any(part.lstrip(' "\n\t')[:1] in set(FIRST_SIGNS) for part in guarded.split(delimiter))
    assert unguard(guarded) == clean(text)


@pytest.mark.parametrize("text", ["Kind staff", "3 - 4 times", "a=b", "5", "it's", "wait... what?", "100%"])
def test_ordinary_words_are_left_as_they_are(text: str) -> None:
    assert guard(text) == text


def test_w13_csv_quotes_every_text_and_guards_header_and_cells() -> None:
    written = to_csv(["=head", "n"], [[attack, None] for attack in ATTACKS] + [["ok", -5], ["ok", 0.5]])
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\r\n") == len(ATTACKS) + 3
    header, *rows = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert header == ["'=head", "n"]
    assert [unguard(row[0]) for row in rows[: len(ATTACKS)]] == [clean(attack) for attack in ATTACKS]
    assert all(row[1] == "" for row in rows[: len(ATTACKS)])
    assert [row[1] for row in rows[len(ATTACKS) :]] == ["-5", "0.5"]


def tables() -> list[Table]:
    return [
        Table("Comments", ("Text", "=N"), tuple((attack, number) for number, attack in enumerate(ATTACKS)), "=note"),
        Table("Hidden", ("Age", "People"), (("8 to 10", None), ("11", 1.5))),
    ]


def test_w13_xlsx_holds_text_as_text_and_numbers_as_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx("Report", tables())))
    for sheet in book:
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    comments = book["Comments"]
    assert [comments.cell(1, 1).value, comments.cell(2, 1).value] == ["Comments", "=note"]
    assert [cell.value for cell in comments[3]] == ["Text", "=N"]
    for row, attack in enumerate(ATTACKS, 4):
        assert comments.cell(row, 1).value == clean(attack)
        assert comments.cell(row, 1).data_type == "s"
        assert comments.cell(row, 1).quotePrefix
        assert comments.cell(row, 2).data_type == "n"
    assert comments.freeze_panes == "B4"
    assert [cell.value for cell in book["Hidden"][3]] == ["8 to 10", None]
    assert book["Hidden"].freeze_panes == "B3"


def test_xlsx_is_the_same_bytes_for_the_same_tables_and_dated_as_told() -> None:
    day = date(2026, 11, 22)
    assert to_xlsx("Report", tables(), issued=day) == to_xlsx("Report", tables(), issued=day)
    assert openpyxl.load_workbook(io.BytesIO(to_xlsx("R", tables(), issued=day))).properties.created.date() == day


def test_w14_xlsx_has_no_links_out() -> None:
    with zipfile.ZipFile(io.BytesIO(to_xlsx("=1", tables()))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert not [name for name, part in parts.items() if b'TargetMode="External"' in part or b"<hyperlink" in part]


def test_sheets_get_names_excel_accepts() -> None:
    captions = [
        "A/B [x]: *why?*",
        "a very long caption that goes on and on and on",
        "A very long caption that goes ON and more",
        "'",
        "",
    ]
    captions += ["history", "\x00", "'quoted'"]
    written = to_xlsx("t", [Table(caption, ("a",), (("b",),)) for caption in captions])
    names = openpyxl.load_workbook(io.BytesIO(written)).sheetnames
    assert len({name.casefold() for name in names}) == len(captions)
    assert all(0 < len(name) <= 31 and not set("[]:*?/\\") & set(name) for name in names)
    assert not any(name.startswith("'") or name.endswith("'") for name in names)


def test_a_cell_longer_than_excel_takes_is_cut_and_not_lost() -> None:
    written = to_xlsx("t", [Table("x", ("a",), (("b" * 40_000,),))])
    value = openpyxl.load_workbook(io.BytesIO(written)).active["A3"].value
    assert value == "b" * 32_767
