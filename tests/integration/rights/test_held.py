"""P4, P5: what is held on somebody with a name is exactly theirs, looked through by a person, and can be erased."""

import json
import uuid
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask

from engage.core import holds
from engage.core.database import db
from engage.core.holds import HoldOn, Target
from engage.core.transaction import transaction
from engage.listening.casework import about as cases
from engage.listening.casework import queries, service, service_record
from engage.listening.casework.kinds import CaseKind, Outcome, Way
from engage.listening.casework.service_record import Told
from engage.people import service as people
from engage.people.kinds import Role
from tests.support.apps import within
from tests.support.client import PageClient, browser_of, token_of
from tests.support.people import sign_in, staff

HELD = "/staff/cases/held"


@pytest.fixture
def handler(app: Flask, partnership: uuid.UUID) -> PageClient:
    staff(app, partnership, "rae", Role.RESPONDER)
    browser = browser_of(app)
    sign_in(browser, "rae")
    return browser


def tell(by: uuid.UUID, name: str, words: str, reach: str = "07700 900123") -> uuid.UUID:
    """A case with a name, written down by somebody, inside a partnership and a transaction."""
    from_them = {"kind": CaseKind.COMPLAINT, "way": Way.PHONE, "words": words, "name": name, "reach": reach}
    return service_record.record_case(Told(received_on=service.clock.today(), **from_them), by=by)


@pytest.fixture
def reader(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return staff(app, partnership, "ruth", Role.RESPONDER)


def hits_of(client: PageClient, words: str) -> tuple[list[str], str]:
    """The keys that are found for these words, and the page's token."""
    page = client.submit(HELD, {"words": words})
    text = page.get_data(as_text=True)
    return [part.split('"')[0] for part in text.split('name="key" value="')[1:]], token_of(page)


def export(client: PageClient, words: str, **texts: str) -> list[dict[str, Any]]:
    """What the person of this name gets as JSON, each text as it stands but for `texts`."""
    keys, token = hits_of(client, words)
    page = client.post(f"{HELD}/review", data={"csrf_token": token, "key": keys})
    shown = {
        part.split('"')[0]: part.split(">", 1)[1].split("</textarea>")[0].removeprefix("\n")
        for part in page.get_data(as_text=True).split('<textarea class="govuk-textarea" id="')[1:]
    }
    form: Mapping[str, Any] = {"csrf_token": token, "key": keys, "looked": "yes", "form": "json", **shown, **texts}
    found: list[dict[str, Any]] = json.loads(client.post(f"{HELD}/file", data=form).data)
    return found


def test_p4_an_export_of_fifty_people_is_exactly_their_rows(
    app: Flask, partnership: uuid.UUID, reader: uuid.UUID, handler: PageClient
) -> None:
    """P4: twenty-five people with a case or two, twenty-five with an account: each gets theirs, nobody else's."""
    with within(app, partnership), transaction():
        for n in range(25):
            for m in range(1 + n % 2):
                tell(reader, f"Person-{n:02d}-x", f"words {n:02d} {m}", f"0770{n:02d}")
            people.add_account(f"Worker-{n:02d}-x", f"worker{n:02d}", [Role.VIEWER])
    for n in range(25):
        pieces = export(handler, f"person-{n:02d}-X")
        assert len(pieces) == 1 + n % 2
        assert sorted(text["text"] for piece in pieces for text in piece["texts"]) == [
            f"words {n:02d} {m}" for m in range(1 + n % 2)
        ]
        assert {
            fact["value"] for piece in pieces for fact in piece["facts"] if fact["label"] == "How to reach you"
        } == {f"0770{n:02d}"}
    for n in range(25):
        (account,) = export(handler, f"Worker-{n:02d}-x")
        assert {fact["value"] for fact in account["facts"]} >= {f"Worker-{n:02d}-x", f"worker{n:02d}"}
        assert account["texts"] == []


def test_p4_a_person_takes_others_out_before_it_goes_and_the_rows_stay(
    app: Flask, partnership: uuid.UUID, reader: uuid.UUID, handler: PageClient
) -> None:
    with within(app, partnership), transaction():
        case_id = tell(reader, "Robin", "Mr Blackthorn shouted at me")
    (piece,) = export(handler, "Robin", **{"text-0-0": "[a teacher] shouted at me"})
    assert [text["text"] for text in piece["texts"]] == ["[a teacher] shouted at me"]
    keys, token = hits_of(handler, "Robin")
    form = {"csrf_token": token, "key": keys, "text-0-0": "[a teacher] shouted"}
    assert handler.post(f"{HELD}/file", data={**form, "form": "json"}).status_code == 409, "nobody looked it through"
    word = handler.post(f"{HELD}/file", data={**form, "form": "docx", "looked": "yes"}).data
    body = ZipFile(BytesIO(word)).read("word/document.xml").decode()
    assert "[a teacher] shouted" in body
    assert "Blackthorn" not in body
    page = handler.post(f"{HELD}/file", data={**form, "form": "html", "looked": "yes"})
    assert "Blackthorn" not in page.get_data(as_text=True)
    with within(app, partnership):
        assert [text for _, text in cases.held_on(case_id).said] == ["Mr Blackthorn shouted at me"]


def test_p4_without_a_name_nobody_is_found_and_the_page_says_why(
    app: Flask, partnership: uuid.UUID, reader: uuid.UUID, handler: PageClient
) -> None:
    """P4: the words themselves lead to nobody either; staff are told to send the person to their receipt."""
    with within(app, partnership), transaction():
        tell(reader, "", "I am Robin and I told you", reach="")
    assert hits_of(handler, "Robin")[0] == []
    page = handler.get(HELD).get_data(as_text=True)
    assert "Nobody can look for them, not even us" in page
    assert "Come back with your code" in page


def test_p5_a_case_is_erased_when_nothing_stands_against_it(
    app: Flask, partnership: uuid.UUID, reader: uuid.UUID, handler: PageClient
) -> None:
    """P5: not while it is open or held, which the page says; then nothing of it is left."""
    with within(app, partnership), transaction():
        case_id = tell(reader, "Robin", "words")
        hold_id = holds.place(Target(HoldOn.CASE, case_id, "x"), "A court", reader)
    keys, token = hits_of(handler, "Robin")
    data = {"csrf_token": token, "key": keys}
    page = handler.post(f"{HELD}/review", data=data).get_data(as_text=True)
    assert "The case is not closed" in page
    assert "legal hold" in page
    assert handler.post(f"{HELD}/erase", data=data).status_code == 409
    with within(app, partnership), transaction():
        holds.lift(hold_id, reader)
        service.answer(case_id, "", reader)
        service.close(case_id, Outcome.UPHELD, "Ring first")
    assert handler.post(f"{HELD}/erase", data=data).status_code == 200
    with within(app, partnership):
        assert queries.get_case(case_id) is None
        db.session.rollback()
    assert hits_of(handler, "Robin")[0] == []
