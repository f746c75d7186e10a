"""Workbooks that mean harm, or are none: refused with a reason, quickly, and nothing in them is ever run."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from engage.rules.xlsform.reading import read_xlsform
from engage.rules.xlsform.workbook import MOST_ROWS
from tests.unit.questionnaire.samples import PATIENT
from tests.unit.xlsform.books import CHOICES, book, like, read, survey

GOOD = survey({"type": "text", "name": "q"})


def packed(change: dict[str, bytes], content: bytes = GOOD) -> bytes:
    """The workbook with parts added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, part in change.items():
            new.writestr(name, part)
    return out.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
TYPES = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
HOSTILE = {
    "nothing": (b"", "not an .xlsx"),
    "text": (b"type,name\ntext,q\n", "not an .xlsx"),
    "old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old or protected"),
    "too large": (b"PK" + b"\0" * 5_000_001, "five million"),
    "another zip": (zipped({"a.txt": b"a"}), "not an .xlsx"),
    "bomb": (packed({"xl/bomb.xml": b"\0" * 45_000_000}), "forty million"),
    "many parts": (packed({f"xl/x{n}.xml": b"a" for n in range(600)}), "too many parts"),
    "macros": (packed({"xl/vbaProject.bin": b"a"}), "macros"),
    "macro workbook": (packed({"[Content_Types].xml": TYPES}), "macros"),
    "entity": (packed({SHEET: ENTITY}), "document type"),
    "entity in utf-16": (packed({SHEET: ENTITY.decode().encode("utf-16")}), "document type"),
    "broken sheet": (packed({SHEET: b"<worksheet"}), "cannot be read"),
    "cut off": (GOOD[: len(GOOD) // 2], "not an .xlsx"),
}


@pytest.mark.parametrize(("content", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_workbook_that_means_harm_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    found = read_xlsform(content, like())
    assert found.definition is None
    assert [one for one in found.refused if reason in one.reason], found.refused


def test_a_formula_is_refused_by_its_cell_and_never_calculated() -> None:
    found = read({"type": "text", "name": "q", "hint::English (en)": '=HYPERLINK("http://localhost","x")'})
    assert found.definition is None
    assert [(one.place.row, one.place.column) for one in found.refused if "formula" in one.reason] == [(2, "E")]


def test_a_choice_that_the_spreadsheet_made_a_date_is_refused() -> None:
    made = Workbook()
    survey_sheet = made.worksheets[0]
    survey_sheet.title = "survey"
    for row in (("type", "name", "label"), ("select_one ages", "q", "Which?")):
        survey_sheet.append(row)
    choices = made.create_sheet("choices")
    choices.append(("list_name", "name", "label"))
    choices.append(("ages", "a", "One"))
    choices.append(("ages", "b", "Two"))
    choices["B2"] = date(2026, 2, 1)
    out = io.BytesIO()
    made.save(out)
    found = read_xlsform(out.getvalue(), like())
    assert [one.place[:2] for one in found.refused if "is a date" in one.reason] == [("choices", 2)]


def test_too_many_rows_and_columns_are_refused() -> None:
    long = book({"survey": [("type", "name", "label"), *([("text", f"q{n}", "Q") for n in range(MOST_ROWS + 1)])]})
    wide = book({"survey": [tuple(f"c{n}" for n in range(300))]})
    for content, reason in ((long, "rows"), (wide, "columns")):
        assert reason in read_xlsform(content, like()).refused[0].reason


def test_numbers_and_yes_or_no_of_the_spreadsheet_are_words() -> None:
    lists = ((*CHOICES[0],), ("n", 1, "One", ""), ("n", 2.0, "Two", ""))
    found = read({"type": "select_one n", "name": "q", "required": True}, choices=lists)
    assert found.definition is not None, found.refused
    question = found.definition.questions[0]
    assert [one.id for one in question.options() or ()] == ["1", "2"]
    assert question.required


@PATIENT
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["type", "name", "relevant", "constraint", "required"]),
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30),
        )
    )
)
def test_any_words_in_any_cell_are_taken_or_told(rows: list[dict[str, str]]) -> None:
    found = read(*rows)
    assert (found.definition is None) == bool(found.refused)


@PATIENT
@given(st.binary(max_size=200), st.integers(0, len(GOOD) - 1))
def test_any_bytes_are_a_workbook_or_say_why_not(noise: bytes, at: int) -> None:
    for content in (noise, GOOD[:at] + noise + GOOD[at + len(noise) :]):
        found = read_xlsform(content, like())
        assert (found.definition is None) == bool(found.refused)
