"""XLSForm on staff pages and on the command line: in as a draft or refused cell by cell, out with what is lost."""

import io
import uuid
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from werkzeug.test import TestResponse

from engage.cli.main import main
from engage.listening.translating.queries import standing
from engage.people.kinds import Role
from engage.web import words
from tests.factories.surveys import open_survey
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.people import sign_in, staff
from tests.unit.xlsform.books import survey

pytestmark = pytest.mark.one_database

GOOD = survey(
    {"type": "select_one yesno", "name": "told"}, settings=(("form_title", "form_id"), ("From a form", "from-a-form"))
)
BAD = survey({"type": "geopoint", "name": "where"})


def upload(client: PageClient, content: bytes, like: str = "your-voice") -> TestResponse:
    token = token_of(client.get("/staff/xlsform"))
    data = {"csrf_token": token, "like": like, "file": (io.BytesIO(content), "form.xlsx")}
    return client.post("/staff/xlsform", data=data, content_type="multipart/form-data")


def test_a_workbook_becomes_a_draft_and_a_bad_one_is_told_cell_by_cell(
    app: Flask, client: PageClient, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(app, partnership, "sam", Role.SURVEY_MANAGER)
    sign_in(client, "sam")
    refused = upload(client, BAD)
    assert refused.status_code == 422
    assert "never kept here" in refused.get_data(as_text=True)
    with monkeypatch.context() as patch:
        patch.setattr(words, "gettext", "⟦{}⟧".format)
        assert "never kept here⟧" in upload(client, BAD).get_data(as_text=True), "in the language of the page (A18)"
    assert upload(client, b"").status_code == 422
    unsaid = upload(client, GOOD, like="")
    assert unsaid.status_code == 422
    assert "Choose a survey for the same people" in unsaid.get_data(as_text=True)
    taken = upload(client, GOOD)
    assert taken.status_code == 200
    assert "taken from" in taken.get_data(as_text=True)
    assert 'href="/staff/surveys/from-a-form/make"' in taken.get_data(as_text=True)
    with within(app, partnership):
        assert standing("from-a-form").revision == 1
    assert upload(client, GOOD).status_code == 422


def test_rows_outside_the_groups_are_shown_outside_them_where_the_survey_is_made(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    staff(app, partnership, "sam", Role.SURVEY_MANAGER)
    sign_in(client, "sam")
    rows = ({"type": "begin_group", "name": "part"}, {"type": "text", "name": "in_it"}, {"type": "end_group"})
    settings = (("form_title", "form_id"), ("Mixed", "mixed"))
    content = survey({"type": "text", "name": "before"}, *rows, {"type": "text", "name": "after"}, settings=settings)
    assert upload(client, content).status_code == 200
    page = client.get("/staff/surveys/mixed/make").get_data(as_text=True)
    order = [page.index(words) for words in ("Words of before", "Words of part", "Words of in_it", "In no section")]
    assert sorted(order) == order
    assert page.index("In no section") < page.index("Words of after")
    assert page.count("In no section") == 1


def test_a_survey_is_given_out_with_what_the_workbook_cannot_hold(
    app: Flask, client: PageClient, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A18: each loss in the language of the page."""
    open_survey(app, partnership)
    staff(app, partnership, "sam", Role.SURVEY_MANAGER)
    sign_in(client, "sam")
    assert "raise a flag" in client.get("/staff/xlsform/your-voice").get_data(as_text=True)
    assert client.get("/staff/xlsform/your-voice/file.xlsx").get_data().startswith(b"PK")
    monkeypatch.setattr(words, "gettext", "⟦{}⟧".format)
    page = client.get("/staff/xlsform/your-voice").get_data(as_text=True)
    assert "⟦answers that raise a flag are not marked in an XLSForm⟧" in page
    assert page.count("⟦") >= page.count("</tr>") - 1, "every loss is said in the language of the page"


def test_the_command_takes_a_workbook_in_and_writes_one(
    app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = app.extensions["engage_settings"]
    for name in ("home", "database_url", "argon2_memory_kib", "argon2_passes"):
        monkeypatch.setenv(f"ENGAGE_{name.upper()}", str(getattr(settings, name)))
    (tmp_path / "good.xlsx").write_bytes(GOOD)
    (tmp_path / "bad.xlsx").write_bytes(BAD)
    done = CliRunner().invoke(main, ["survey", "import-xlsform", str(tmp_path / "good.xlsx"), "--slug", "new-one"])
    assert done.exit_code == 0, done.output
    assert "new-one is here as a draft with 1 question." in done.output
    bad = CliRunner().invoke(main, ["survey", "import-xlsform", str(tmp_path / "bad.xlsx")])
    assert bad.exit_code == 1
    assert "survey row 2 A type: tells who or when" in bad.output
    assert "1 cell was refused; nothing was taken." in bad.output
    out = CliRunner().invoke(main, ["survey", "export", "new-one", "--xlsform", str(tmp_path / "out.xlsx")])
    assert out.exit_code == 0, out.output
    assert (tmp_path / "out.xlsx").read_bytes().startswith(b"PK")
