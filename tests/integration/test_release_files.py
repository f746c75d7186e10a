"""A release as files: they read what was stored (D1), nobody and hidden look alike (D4), no formula (W13)."""

import csv
import io
import json
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import etree

from engage.core.database import begin_write
from engage.core.transaction import transaction
from engage.listening.surveys.models import Response
from engage.people.kinds import Role
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load
from engage.understanding.releases import queries, service
from engage.understanding.releases.exports import MEDIA
from engage.understanding.releases.models import PublishedTable
from tests.factories.responses import add_responses
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.office import convert, needs_libreoffice
from tests.support.people import sign_in, staff

DDI = {"d": "ddi:codebook:2_5"}
EVIL = "=HYPERLINK(1)"
SURVEY = f"""
survey: small-one
audience: young
threshold: children
lawful_basis: public_task
title: {{en: "@Small ＝one"}}
intro:
  who: {{en: "Us"}}
  why: {{en: "To learn"}}
  reads: {{en: "A trained person"}}
  minutes: 2
thanks: {{en: "Thanks"}}
questions:
  - {{id: safe, kind: faces, text: {{en: "-Safe?"}}, words: [{{en: "+No"}}, {{en: "A bit"}}, {{en: "Yes"}}]}}
  - id: age
    kind: single
    background: true
    text: {{en: "Age"}}
    options: [{{id: young, text: {{en: "{EVIL}"}}}}, {{id: old, text: {{en: "16;=1+1"}}}}]
"""


def _definition() -> Definition:
    return load(SURVEY, "small-one.yaml")


@pytest.fixture
def frozen(app: Flask, client: PageClient, partnership: uuid.UUID, tmp_path: Path) -> Callable[[str], bytes]:
    """A release of a small survey, and somebody who may see it; the files by their form."""
    open_as_it_is(app, partnership, _definition(), "small-one")
    add_responses(app, partnership, "small-one", 73)
    with within(app, partnership), transaction():
        service.make_release("small-one", service.Place(tmp_path / "snapshots", 1), None)
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")

    def file(form: str) -> bytes:
        answer = client.get(f"/staff/results/small-one/download.{form}")
        assert answer.status_code == 200
        assert answer.mimetype in MEDIA[form]
        assert re.fullmatch(
            rf'attachment; filename="small-one-release-1-[a-z]+\.{form}"', answer.headers["Content-Disposition"]
        )
        return answer.data

    return file


def _cells(shown: dict[str, Any]) -> list[tuple[str, str, int | None, int | None]]:
    """Every published number: which question, which answer, how many, of how many."""
    return [
        (table["question"], cell["option"], cell["count"], table["base"])
        for table in shown["tables"]
        for cell in table["cells"]
    ]


def _from_csv(data: bytes) -> list[tuple[str, str, int | None, int | None]]:
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    return [(r["question"], r["option"], _number(r["people"]), _number(r["base"])) for r in rows]


def _from_xlsx(data: bytes) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    top = next(place for place, row in enumerate(rows) if row[0] == "question")
    return [(row[0], row[6], row[8], row[9]) for row in rows[top + 1 :]]


def _from_parquet(data: bytes, folder: Path) -> list[tuple[Any, ...]]:
    file = folder / "release.parquet"
    file.write_bytes(data)
    with duckdb.connect() as engine:
        return engine.execute("SELECT question, option, people, base FROM read_parquet(?)", [str(file)]).fetchall()


def _from_ddi(data: bytes) -> list[tuple[str, str, int | None]]:
    root = etree.fromstring(data)
    return [
        (var.get("name"), value.findtext("d:catValu", namespaces=DDI), _number(value.findtext("d:catStat", "", DDI)))
        for var in root.iterfind("d:dataDscr/d:var", DDI)
        for value in var.iterfind("d:catgry", DDI)
    ]


def _number(text: str) -> int | None:
    return int(text) if text else None


def test_d1_d4_every_file_says_what_the_stored_tables_say(
    app: Flask, partnership: uuid.UUID, frozen: Callable[[str], bytes], tmp_path: Path
) -> None:
    """The same published numbers in five forms; what is hidden, or nobody, is empty in all of them."""
    with within(app, partnership):
        shown = queries.show("small-one")
    assert shown is not None
    expected = _cells(shown)
    assert any(count is None for *_, count, _base in expected)
    assert json.loads(frozen("json")) == shown
    assert _from_csv(frozen("csv")) == expected
    assert _from_xlsx(frozen("xlsx")) == expected
    assert _from_parquet(frozen("parquet"), tmp_path) == expected
    whole = [cell[:3] for cell in _cells({"tables": [one for one in shown["tables"] if not one["filters"]]})]
    assert _from_ddi(frozen("xml")) == whole


def test_d1_nothing_is_read_again_when_the_answers_are_gone(
    app: Flask, client: PageClient, partnership: uuid.UUID, frozen: Callable[[str], bytes]
) -> None:
    """Answers deleted and one stored number changed: every page and file follows the stored table alone."""
    before = {form: frozen(form) for form in MEDIA}
    with within(app, partnership), transaction():
        begin_write().execute(sa.delete(Response))
    assert {form: frozen(form) for form in MEDIA if form != "parquet"} == {
        form: data for form, data in before.items() if form != "parquet"
    }
    with within(app, partnership), transaction():
        session = begin_write()
        rows = session.scalars(sa.select(PublishedTable).where(PublishedTable.question == "safe"))
        table = next(row for row in rows if not row.filters)
        table.cells = [{**cell, "count": 4815} if cell["option"] == "3" else cell for cell in table.cells]
    for form in ("csv", "json", "xml"):
        assert b"4815" in frozen(form)
    page = client.get("/staff/results/small-one").get_data(as_text=True)
    assert "about 4815" in page


def test_w13_no_cell_of_a_spreadsheet_is_a_formula(frozen: Callable[[str], bytes]) -> None:
    text = frozen("csv").decode("utf-8-sig")
    assert f'"\'{EVIL}"' in text
    assert "16;'=1+1" in text
    book = openpyxl.load_workbook(io.BytesIO(frozen("xlsx")))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s", "n"}


@needs_libreoffice
def test_w13_libreoffice_finds_no_formula_in_a_release(frozen: Callable[[str], bytes], tmp_path: Path) -> None:
    files = [tmp_path / "release.xlsx", tmp_path / "table.csv"]
    for file in files:
        file.write_bytes(frozen(file.suffix.removeprefix(".")))
    for made in convert(tmp_path, "fods", *files):
        found = ElementTree.parse(made).getroot()  # noqa: S314 - LibreOffice wrote it
        assert not [key for one in found.iter() for key in one.attrib if key.endswith("}formula")]


def test_the_data_dictionary_is_ddi_codebook(frozen: Callable[[str], bytes]) -> None:
    root = etree.fromstring(frozen("xml"))
    assert root.tag == "{ddi:codebook:2_5}codeBook"
    assert root.get("version") == "2.5"
    names = [var.get("name") for var in root.iterfind("d:dataDscr/d:var", DDI)]
    assert names[:2] == ["question", "question_words"]
    assert {"safe", "age", "how.language"} <= set(names)
    assert root.findtext(".//d:var[@name='safe']/d:qstn/d:qstnLit", namespaces=DDI) == "-Safe?"
    skip = root.find(".//d:var[@name='safe']/d:catgry[@missing='Y']/d:labl", DDI)
    assert skip is not None
    assert skip.text == "I would rather not say"
    files = [name.text for name in root.iterfind(".//d:fileName", DDI)]
    assert files == [f"small-one-release-1-results.{form}" for form in ("csv", "xlsx", "parquet")]


def test_w2_files_need_the_permission_and_a_release(
    app: Flask, client: PageClient, partnership: uuid.UUID, frozen: Callable[[str], bytes]
) -> None:
    assert client.get("/staff/results/small-one/download.csv?release=9").status_code == 404
    assert client.get("/staff/results/not-there/download.xml").status_code == 404
    staff(app, partnership, "rae", Role.RESPONDER)
    other = app.test_client()
    sign_in(other, "rae")
    assert {other.get(f"/staff/results/small-one/download.{form}").status_code for form in MEDIA} == {403}
