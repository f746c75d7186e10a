"""Staff pages of how people come: who may answer, batches of codes, their cards as a PDF, the end of a batch."""

import io
import re
import uuid

import pikepdf
import pytest
from flask import Flask

from engage.adapters.documents import paper
from engage.adapters.documents.pdf import available
from engage.core import clock
from engage.listening.ballots import service as ballots
from engage.listening.surveys import queries
from engage.people.kinds import Role
from engage.rules import codes
from tests.factories.surveys import open_survey
from tests.support.apps import within
from tests.support.client import PageClient, browser_of, token_of
from tests.support.people import sign_in, staff

pytestmark = pytest.mark.one_database

PAGE = "/staff/surveys/your-voice/reach"
BATCH = {"count": "9", "for_whom": "Year 9", "expires_on": ""}


@pytest.fixture
def manager(app: Flask, partnership: uuid.UUID) -> PageClient:
    """A survey manager, with a survey that is open."""
    open_survey(app, partnership)
    staff(app, partnership, "mary", Role.SURVEY_MANAGER)
    client = browser_of(app)
    sign_in(client, "mary")
    return client


def make(client: PageClient, **changed: str) -> int:
    data = {**BATCH, "expires_on": clock.in_days(7).isoformat(), **changed}
    return client.submit(PAGE, data, to="/staff/surveys/your-voice/codes").status_code


def batch_id(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    with within(app, partnership):
        row = queries.get_survey("your-voice")
        assert row is not None
        return ballots.queries.list_batches(row.id)[0].id


def test_cards_are_made_and_printed(
    app: Flask, partnership: uuid.UUID, manager: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert make(manager) == 303
    page = manager.get(PAGE)
    assert "Year 9" in page.get_data(as_text=True)
    pressed: list[str] = []
    monkeypatch.setattr(paper, "to_pdf", lambda markup: pressed.append(markup) or b"%PDF")
    batch = batch_id(app, partnership)
    answer = manager.post(f"/staff/surveys/your-voice/codes/{batch}/cards", data={"csrf_token": token_of(page)})
    assert answer.mimetype == "application/pdf"
    with within(app, partnership):
        drawn = ballots.printable(batch)
    for code in drawn:
        assert "".join(f"<span>{group}</span>" for group in codes.shown(code).split()) in pressed[0]
    assert "Printed cards with codes" in manager.get("/staff/surveys/your-voice").get_data(as_text=True)


def test_a21_cards_are_tagged_with_words_for_each_picture(
    app: Flask, partnership: uuid.UUID, manager: PageClient
) -> None:
    if not available():
        pytest.skip("no PDF can be made here")
    make(manager)
    token = {"csrf_token": token_of(manager.get(PAGE))}
    where = f"/staff/surveys/your-voice/codes/{batch_id(app, partnership)}/cards"
    with pikepdf.open(io.BytesIO(manager.post(where, data=token).data)) as pdf:
        assert len(pdf.pages) == 2
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        tags = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one]
        figures = [one for one in tags if str(one.S) == "/Figure"]
        assert len(figures) == 9
        assert all(str(figure.Alt) == "QR code that opens this survey" for figure in figures)
        assert sum(str(one.S) == "/H2" for one in tags) == 9


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("count", "501", "between 1 and 500"),
        ("count", "0", "between 1 and 500"),
        ("for_whom", " ", "Write who they are for"),
        ("expires_on", "2020-01-01", "must not be in the past"),
        ("count", "many", "Not a valid integer"),
    ],
)
def test_a_batch_that_cannot_be_is_explained(manager: PageClient, field: str, value: str, said: str) -> None:
    data = {**BATCH, "expires_on": clock.in_days(7).isoformat(), field: value}
    page = manager.submit(PAGE, data, to="/staff/surveys/your-voice/codes")
    assert page.status_code == 422
    assert said in page.get_data(as_text=True)


def test_a_stopped_batch_is_neither_printed_nor_stopped_again(
    app: Flask, partnership: uuid.UUID, manager: PageClient
) -> None:
    make(manager)
    batch = batch_id(app, partnership)
    token = {"csrf_token": token_of(manager.get(PAGE))}
    assert manager.post(f"/staff/surveys/your-voice/codes/{batch}/stop", data=token).status_code == 303
    assert "Do not work any more" in manager.get(PAGE).get_data(as_text=True)
    for deed in ("stop", "cards"):
        assert manager.post(f"/staff/surveys/your-voice/codes/{batch}/{deed}", data=token).status_code == 409


def test_who_may_answer_is_kept_and_in_the_trail(manager: PageClient) -> None:
    assert manager.submit(PAGE, {"entry": "codes", "quota": "19"}).status_code == 422
    assert manager.submit(PAGE, {"entry": "anyone", "quota": ""}).status_code == 422
    assert manager.submit(PAGE, {"entry": "codes", "quota": "21"}).status_code == 422, (
        "trying one after the other would count them"
    )
    assert manager.submit(PAGE, {"entry": "codes", "quota": "20"}).status_code == 303
    assert "stops after 20 answers" in manager.get("/staff/surveys/your-voice").get_data(as_text=True)
    assert re.search(r'<input[^>]*checked[^>]*value="codes"', manager.get(PAGE).get_data(as_text=True))
    assert "Changed who may answer" in manager.get("/staff/surveys/your-voice").get_data(as_text=True)


def test_a_batch_of_another_survey_is_not_found(app: Flask, partnership: uuid.UUID, manager: PageClient) -> None:
    open_survey(app, partnership, "staff-voice")
    make(manager)
    batch = batch_id(app, partnership)
    token = {"csrf_token": token_of(manager.get(PAGE))}
    assert manager.post(f"/staff/surveys/staff-voice/codes/{batch}/cards", data=token).status_code == 404
