"""The pages of reports: who may do what, nothing lost, asked once before freezing, every file from the same content."""

import hashlib
import json
import re
import uuid

import pytest
from flask import Flask

from engage.adapters.documents import pdf
from engage.assurance.reports import queries, service
from engage.core.transaction import transaction
from engage.people.kinds import Role
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.people import sign_in, staff
from tests.support.queries import count_queries
from tests.support.reports import TEXTS, found, report
from tests.support.themes import theme

pytestmark = pytest.mark.one_database

LIST = "/staff/reports"


def fields(revision: int, **changed: object) -> dict[str, object]:
    texts = {f"text_{key}": text for key, text in TEXTS.items() if key != "period"}
    return {"revision": revision, "title": "Online", "period": "2026", **texts, **changed}


def frozen(app: Flask, partnership: uuid.UUID, by: uuid.UUID, title: str = "Feeling listened to") -> uuid.UUID:
    row = report(app, partnership, by, title=title)
    with within(app, partnership), transaction():
        service.freeze_report(row.id, by, "en")
    return row.id


@pytest.mark.parametrize("role", list(Role))
def test_w2_who_writes_who_reads_and_who_does_not(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID, role: Role
) -> None:
    draft, kept = report(app, partnership, ana).id, frozen(app, partnership, ana)
    staff(app, partnership, "sam", role)
    browser = browser_of(app)
    sign_in(browser, "sam")
    writes = role is Role.ANALYST
    reads = writes or role in {
        Role.ADMINISTRATOR, Role.SURVEY_MANAGER, Role.SAFEGUARDING_LEAD, Role.SCRUTINEER, Role.VIEWER,
    }  # fmt: skip
    for address in (LIST, f"{LIST}/{kept}", f"{LIST}/{kept}/report.json"):
        assert browser.get(address).status_code == (200 if reads else 403), address
    for address in (f"{LIST}/{draft}", f"{LIST}/{draft}/report.json"):
        assert browser.get(address).status_code == (200 if writes else 404 if reads else 403), address
    for address in (f"{LIST}/new", f"{LIST}/{draft}/edit", f"{LIST}/{draft}/freeze"):
        assert browser.get(address).status_code == (200 if writes else 403), address
        assert browser.submit(LIST, to=address).status_code in ({200, 303} if writes else {400, 403}), address


def test_the_list_teaches_while_it_is_empty(app: Flask, partnership: uuid.UUID, writer: PageClient) -> None:
    assert "Start a report" in writer.get(LIST).get_data(as_text=True)
    staff(app, partnership, "vic", Role.VIEWER)
    reader = browser_of(app)
    sign_in(reader, "vic")
    page = reader.get(LIST).get_data(as_text=True)
    assert "When an analyst freezes a report" in page
    assert "Start a report" not in page


def test_a_new_report_begins_with_every_open_theme(app: Flask, partnership: uuid.UUID, writer: PageClient) -> None:
    made = theme(app, partnership, "Buses")
    assert "Write what the report is about" in writer.submit(f"{LIST}/new").get_data(as_text=True)
    answer = writer.submit(f"{LIST}/new", {"title": "Feeling safe online"})
    assert answer.status_code == 303
    page = writer.get(answer.headers["Location"]).get_data(as_text=True)
    [box] = re.findall(r'<input[^>]*name="themes"[^>]*>', page)
    assert str(made) in box
    assert "checked" in box
    assert "Feeling safe online" in writer.get(LIST).get_data(as_text=True)


def test_what_is_written_is_kept_and_read_back(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID, writer: PageClient
) -> None:
    row = report(app, partnership, ana, texts={})
    edit = f"{LIST}/{row.id}/edit"
    answer = writer.submit(edit, fields(row.revision, then="look"))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{LIST}/{row.id}?said=saved")
    page = writer.get(answer.headers["Location"]).get_data(as_text=True)
    assert "Saved." in page
    assert "Draft" in page
    assert "Caseloads are too high" in page
    assert "March 2027" in writer.get(edit).get_data(as_text=True)


def test_a_mistake_keeps_everything_that_was_typed(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID, writer: PageClient
) -> None:
    row = report(app, partnership, ana, texts={})
    edit = f"{LIST}/{row.id}/edit"
    page = writer.submit(edit, fields(row.revision, title="")).get_data(as_text=True)
    assert "Error:" in page
    assert 'href="#title"' in page
    assert "Caseloads are too high" in page
    page = writer.submit(edit, fields(row.revision, text_quality="x" * 5001)).get_data(as_text=True)
    assert "Shorten it to 5000 characters" in page


def test_when_somebody_else_saved_both_texts_are_shown_and_neither_is_lost(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID, writer: PageClient
) -> None:
    row = report(app, partnership, ana, texts={})
    edit = f"{LIST}/{row.id}/edit"
    writer.submit(edit, fields(row.revision, text_quality="Their audit"))
    answer = writer.submit(edit, fields(row.revision, text_quality="My audit"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Their audit" in page
    assert "My audit" in page
    assert page.count("Theirs:") == 1
    assert f'name="revision" type="hidden" value="{row.revision + 1}"' in page
    assert writer.submit(edit, fields(row.revision + 1, text_quality="Both audits")).status_code == 303
    with within(app, partnership):
        assert found(row.id).texts["quality"] == "Both audits"


def test_it_asks_once_and_then_never_changes(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID, writer: PageClient
) -> None:
    row = report(app, partnership, ana, texts={"data": "Something"})
    page = writer.get(f"{LIST}/{row.id}/freeze").get_data(as_text=True)
    assert "Freeze this report?" in page
    assert "2. What does the quality assurance tell us?" in page
    assert "1. What do we know?" not in page
    stale = writer.submit(f"{LIST}/{row.id}/freeze", {"revision": row.revision - 1})
    assert (stale.status_code, "Look at it again" in stale.get_data(as_text=True)) == (409, True)
    answer = writer.submit(f"{LIST}/{row.id}/freeze", {"revision": row.revision})
    assert answer.status_code == 303
    with within(app, partnership):
        sha256 = found(row.id).sha256
    assert sha256
    page = writer.get(answer.headers["Location"]).get_data(as_text=True)
    assert sha256 in page
    assert "Frozen. It never changes" in page
    assert writer.get(f"{LIST}/{row.id}/edit").status_code == 409
    assert writer.submit(LIST, fields(row.revision), to=f"{LIST}/{row.id}/edit").status_code == 409
    assert writer.submit(LIST, {"revision": row.revision}, to=f"{LIST}/{row.id}/freeze").status_code == 409


def test_the_json_is_the_file_whose_hash_was_stored(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID, writer: PageClient
) -> None:
    kept = frozen(app, partnership, ana, 'A "quoted"; /../ title\r\n')
    answer = writer.get(f"{LIST}/{kept}/report.json")
    with within(app, partnership):
        row = found(kept)
    assert hashlib.sha256(answer.data).hexdigest() == row.sha256
    assert json.loads(answer.data) == row.content
    expected = 'attachment; filename="thematic-report-a-quoted-title.json"'
    assert answer.headers["Content-Disposition"] == expected
    docx = writer.get(f"{LIST}/{kept}/report.docx")
    assert docx.data == writer.get(f"{LIST}/{kept}/report.docx").data
    assert "wordprocessingml" in docx.headers["Content-Type"]
    draft = report(app, partnership, ana).id
    assert "-draft.docx" in writer.get(f"{LIST}/{draft}/report.docx").headers["Content-Disposition"]


def test_without_pango_the_page_says_what_to_install(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID, writer: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_name: str) -> object:
        raise OSError

    monkeypatch.setattr(pdf.importlib, "import_module", refuse)
    kept = frozen(app, partnership, ana)
    page = writer.get(f"{LIST}/{kept}").get_data(as_text=True)
    assert "libpango-1.0-0" in page
    assert "report.pdf" not in page
    assert "report.docx" in page
    answer = writer.get(f"{LIST}/{kept}/report.pdf")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{LIST}/{kept}")


def test_a_report_that_was_altered_in_the_database_says_so(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID, writer: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = frozen(app, partnership, ana)
    assert "not what was frozen" not in writer.get(f"{LIST}/{kept}").get_data(as_text=True)
    monkeypatch.setattr(service, "digest", lambda _content: "0" * 64)
    assert "not what was frozen" in writer.get(f"{LIST}/{kept}").get_data(as_text=True)


def test_unknown_reports_and_formats_are_not_there(app: Flask, partnership: uuid.UUID, writer: PageClient) -> None:
    nowhere = uuid.UUID(int=7)
    for address in ("", "/edit", "/freeze", "/report.docx"):
        assert writer.get(f"{LIST}/{nowhere}{address}").status_code == 404
    with within(app, partnership):
        assert queries.list_reports() == []
    assert writer.get(f"{LIST}/{nowhere}/report.exe").status_code == 404


def test_the_list_asks_as_much_at_twenty_reports_as_at_one(
    app: Flask, partnership: uuid.UUID, ana: uuid.UUID, writer: PageClient
) -> None:
    asked = []
    for more in (range(1), range(1, 20)):
        for number in more:
            report(app, partnership, ana, title=f"Report {number}", texts={})
        with count_queries(app) as counted:
            assert writer.get(LIST).status_code == 200
        asked.append(len(counted))
    assert asked[0] == asked[1]
