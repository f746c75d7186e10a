"""N10: every pair of filters and every kind of file reads the same stored tables, and none of them says more."""

import csv
import io
import itertools
import json
import re
import uuid
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from flask import Flask

from engage.adapters.documents.model import Document
from engage.assurance.reports import files
from engage.assurance.reports.content import compose, document_of
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.rules.disclosure import Table
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load
from engage.understanding.releases import queries, service
from engage.understanding.releases.exports import MEDIA
from tests.factories.responses import add_responses
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.machines import API, bearer, key_for
from tests.support.people import sign_in, staff
from tests.support.reports import report, texts_in

SURVEY = """
survey: narrowed
audience: young
threshold: children
lawful_basis: public_task
ask_how: false
title: {en: "Narrowed"}
intro:
  who: {en: "Us"}
  why: {en: "To learn"}
  reads: {en: "A trained person"}
  minutes: 2
thanks: {en: "Thanks"}
questions:
  - {id: safe, kind: faces, text: {en: "Safe?"}, words: [{en: "No"}, {en: "A bit"}, {en: "Yes"}]}
  - {id: likes, kind: multiple, text: {en: "Likes"}, options: [
      {id: art, text: {en: "Art"}}, {id: ball, text: {en: "Ball"}}]}
  - {id: age, kind: single, background: true, text: {en: "Age"}, options: [
      {id: eight, text: {en: "Eight"}}, {id: nine, text: {en: "Nine"}}]}
  - {id: place, kind: single, background: true, text: {en: "Place"}, options: [
      {id: north, text: {en: "North"}}, {id: south, text: {en: "South"}}]}
  - {id: lives, kind: single, background: true, text: {en: "Lives"}, options: [
      {id: home, text: {en: "Home"}}, {id: away, text: {en: "Away"}}]}
"""
Filters = tuple[tuple[str, str], ...]
Number = tuple[str, Filters, str, int | None, int | None]
"""A published number: of which question, under which filters, which answer, how many people, of how many."""


@pytest.fixture
def narrowed(app: Flask, client: PageClient, partnership: uuid.UUID, tmp_path: Path) -> list[Table]:
    """What a release of a survey with three background questions may show; an analyst has signed in."""
    open_as_it_is(app, partnership, _definition(), "narrowed")
    add_responses(app, partnership, "narrowed", 180)
    with within(app, partnership), transaction():
        release = service.make_release("narrowed", service.Place(tmp_path / "snapshots", 1), None)
    staff(app, partnership, "ana", Role.ANALYST)
    sign_in(client, "ana")
    with within(app, partnership):
        return queries.all_tables(release)


def _definition() -> Definition:
    return load(SURVEY, "narrowed.yaml")


def _numbers(tables: list[Table]) -> list[Number]:
    return [
        (table.question, table.filters, cell.option, cell.count, table.base) for table in tables for cell in table.cells
    ]


def _choices() -> list[dict[str, str]]:
    """Every way to narrow the results: by nothing, by each group, by every two at once."""
    values = {column.key: [option.id for option in column.options] + ["skip"] for column in _definition().dividing}
    return [
        dict(zip(names, chosen, strict=True))
        for many in range(3)
        for names in itertools.combinations(values, many)
        for chosen in itertools.product(*(values[name] for name in names))
    ]


def test_n10_every_pair_of_filters_shows_the_stored_tables_and_no_other_number(
    client: PageClient, narrowed: list[Table]
) -> None:
    """One page a choice: as many of each number as are stored under exactly these filters; under three none at all."""
    shown = Counter[int]()
    three = {"age": "eight", "place": "north", "lives": "home"}
    for chosen in [*_choices(), three]:
        page = client.get("/staff/results/narrowed", query_string=chosen)
        assert page.status_code == 200
        stored = [table for table in narrowed if dict(table.filters) == chosen]
        wanted = Counter(count for _, _, _, count, _ in _numbers(stored) if count is not None)
        assert Counter(map(int, re.findall(r"<td[^>]*>about (\d+)<", page.text))) == wanted, chosen
        bases = Counter(table.base for table in stored if table.base is not None)
        assert Counter(map(int, re.findall(r"People: about (\d+)", page.text))) == bases, chosen
        shown[len(chosen)] += wanted.total()
    assert len(_choices()) == 1 + 9 + 27
    assert shown[1] > 0
    assert shown[2] > 0
    assert shown[3] == 0


def _sheet(data: bytes) -> list[tuple[Any, ...]]:
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    return rows[next(place for place, row in enumerate(rows) if row[0] == "question") + 1 :]


def _columnar(data: bytes, folder: Path) -> list[tuple[Any, ...]]:
    (folder / "release.parquet").write_bytes(data)
    with duckdb.connect() as engine:
        return engine.execute("SELECT * FROM read_parquet(?)", [str(folder / "release.parquet")]).fetchall()


READ: Mapping[str, Callable[[bytes, Path], list[tuple[Any, ...]]]] = {
    "csv": lambda data, _folder: list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1:],
    "xlsx": lambda data, _folder: _sheet(data),
    "parquet": _columnar,
}


def _number(row: tuple[Any, ...]) -> Number:
    question, _words, *filters, option, _said, people, base = row
    pairs = tuple((name, value) for name, value in zip(filters[::2], filters[1::2], strict=True) if name)
    return question, pairs, option, *(int(one) if one not in {"", None} else None for one in (people, base))


@pytest.mark.one_database
def test_n10_every_file_has_the_stored_tables_and_no_address_narrows_one(
    app: Flask, client: PageClient, partnership: uuid.UUID, narrowed: list[Table], tmp_path: Path
) -> None:
    """Row by row: question, both filters, answer, people, base. In the dictionary, which has no filters, no other
    number."""
    narrower = {"age": "eight", "place": "north", "lives": "home", "safe": "1"}
    got: dict[str, bytes] = {}
    for form in MEDIA:
        whole, less = (
            client.get(f"/staff/results/narrowed/download.{form}", query_string=query) for query in ({}, narrower)
        )
        assert (whole.status_code, less.status_code) == (200, 200)
        got[form] = whole.data
        assert whole.data == less.data or form in READ
        for data in (whole.data, less.data) if form in READ else ():
            assert [_number(tuple(row)) for row in READ[form](data, tmp_path)] == _numbers(narrowed)
    machine = client.get(
        f"{API}/surveys/narrowed/releases/1", query_string=narrower, headers=bearer(key_for(app, partnership))
    )
    assert machine.data == got["json"], "a machine is given the same, and no address narrows it"
    assert [table["cells"] for table in json.loads(got.pop("json"))["tables"]] == [
        [{"option": cell.option, "count": cell.count} for cell in table.cells] for table in narrowed
    ]
    stated = {int(number) for number in re.findall(r"<catStat[^>]*>(\d+)<", got.pop("xml").decode())}
    assert stated
    assert stated <= _published(narrowed)
    assert got.keys() == READ.keys()


def _published(tables: list[Table]) -> set[int | None]:
    return {number for *_, count, base in _numbers(tables) for number in (count, base)}


@pytest.mark.one_database
def test_n10_a_report_in_word_pdf_and_json_says_stored_numbers_alone(
    app: Flask, client: PageClient, partnership: uuid.UUID, narrowed: list[Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them are made from one content, and every number of people in it was published."""
    row = report(app, partnership, None)
    with within(app, partnership):
        content = compose(row, "en")
        pdf: list[Document] = []
        monkeypatch.setattr(files, "to_pdf", lambda document: pdf.append(document) or b"")
        files.written(content, None, "pdf")
        assert pdf == [document_of(content, None)]
        word = files.written(content, None, "docx").body
        kept = json.loads(files.written(content, None, "json").body)
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        text = re.sub(r"<[^>]+>", "\n", parts.read("word/document.xml").decode())
    for said in (text, "\n".join(texts_in(kept))):
        stated = {int(number) for number in re.findall(r"about (\d+)", said)}
        assert stated
        assert stated <= _published(narrowed)
