"""Staff pages of surveys: add, open, close, link, card; who may, what is written down, and that nothing is counted."""

import re
import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import audit, clock
from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.surveys import queries, queries_closed, service, views_manage
from engage.people.kinds import Role
from engage.rules.questionnaire.kinds import KINDS
from tests.factories.surveys import assess, open_as_it_is, open_survey, ready_made
from tests.support.answering import SURVEY, send, start, walk
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff

pytestmark = pytest.mark.one_database

LIST = "/staff/surveys"
PAGE = f"{LIST}/your-voice"
READY = "/staff/ready-made/your-voice"


@pytest.fixture
def manager(app: Flask, client: PageClient, partnership: uuid.UUID) -> PageClient:
    staff(app, partnership, "maya", Role.SURVEY_MANAGER)
    sign_in(client, "maya")
    return client


def text_of(client: PageClient, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, page.status
    return page.get_data(as_text=True)


def test_a_manager_adds_opens_and_closes_a_survey(app: Flask, manager: PageClient, partnership: uuid.UUID) -> None:
    """The whole life on pages, with the promise's dates, one question before closing, and each act in the trail."""
    assert "No survey yet" in text_of(manager, LIST)
    added = manager.submit(READY, to=f"{LIST}/ready-made/your-voice")
    assert added.headers["Location"] == PAGE
    assert manager.get(SURVEY).status_code == 404
    assert "Not opened yet" in text_of(manager, PAGE)
    days = {"closes_on": (clock.today() + timedelta(days=10)).isoformat()}
    closes = clock.today() + timedelta(days=10)
    assert "Nobody has signed" in manager.submit(PAGE, days, to=f"{PAGE}/open").get_data(as_text=True)
    with within(app, partnership), transaction():
        assess("your-voice", ready_made("your-voice"))
    opened = manager.submit(
        PAGE, {"closes_on": closes.isoformat(), "tell_by": (closes + timedelta(days=9)).isoformat()}, to=f"{PAGE}/open"
    )
    assert opened.status_code == 303
    page = text_of(manager, PAGE)
    assert "http://localhost/larkmoor/surveys/your-voice" in page
    with within(app, partnership):
        row = queries.get_survey("your-voice")
        assert row is not None
        assert row.version is not None
        assert row.version.sha256[:16] in page
    assert "Before you start" in text_of(manager, SURVEY)
    assert "Keep it open" in text_of(manager, f"{PAGE}/close")
    assert manager.submit(f"{PAGE}/close").status_code == 303
    assert manager.get(SURVEY).status_code == 410
    page = text_of(manager, PAGE)
    assert page.index("<b>Closed</b>") < page.index("<b>Opened</b>") < page.index("<b>Added</b>")
    assert page.count("Maya") >= 4
    with within(app, partnership):
        actions = [event.action for event in audit.trail(row.id)]
        assert audit.verify() is None
    assert actions == [
        "survey-created",
        "survey-version-published",
        "impact-assessed",
        "survey-opened",
        "survey-closed",
    ]


@pytest.mark.parametrize(
    ("closes", "tells", "said"),
    [
        ("", "", "Enter the last day"),
        ("2020-01-01", "2099-01-01", "The last day must not be in the past"),
        ("2099-02-01", "2099-01-01", "This must not be before the last day to answer"),
        ("soon", "2099-01-01", "Not a valid date value"),
    ],
)
def test_dates_that_cannot_be_kept_are_refused(
    app: Flask, manager: PageClient, partnership: uuid.UUID, closes: str, tells: str, said: str
) -> None:
    with within(app, partnership), transaction():
        service.create_survey("your-voice", ready_made("your-voice"))
    page = manager.submit(PAGE, {"closes_on": closes, "tell_by": tells}, to=f"{PAGE}/open")
    assert page.status_code == 422
    assert page.get_data(as_text=True).count(said) >= 2
    assert manager.get(SURVEY).status_code == 404


def test_a_survey_that_promises_too_much_does_not_open(app: Flask, manager: PageClient, partnership: uuid.UUID) -> None:
    """C1, C2: without the limits of confidentiality beside its free text a survey stays shut, and the page says why."""
    whole = ready_made("your-voice")
    silent = whole.model_copy(update={"intro": whole.intro.model_copy(update={"limits": None})})
    with within(app, partnership), transaction():
        service.create_survey("your-voice", silent)
    assert "Put right before it can open" in text_of(manager, PAGE)
    page = manager.submit(PAGE, {"closes_on": "2099-01-01", "tell_by": "2099-02-01"}, to=f"{PAGE}/open")
    assert page.status_code == 422
    assert manager.get(SURVEY).status_code == 404


def test_nothing_is_counted_live(app: Flask, manager: PageClient, partnership: uuid.UUID) -> None:
    """The pages of a survey with answers read no table of responses, and are the same as without."""
    open_survey(app, partnership)
    pages = (LIST, PAGE, f"{PAGE}/close", f"{PAGE}/card", f"{PAGE}/preview", "/larkmoor/")
    before = [_without_tokens(text_of(manager, address)) for address in pages]
    walk(manager, start(manager))
    send(manager)
    statements: list[str] = []
    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note := lambda *args: statements.append(args[2]))
    assert [_without_tokens(text_of(manager, address)) for address in pages] == before
    sa.event.remove(engine, "before_cursor_execute", note)
    assert not [statement for statement in statements if re.search(r"\b(response|draft|voice)\b", statement)]


def _without_tokens(page: str) -> str:
    return re.sub(r'(nonce|value)="[^"]{20,}"', "", page)


def test_the_card_leads_to_the_survey_and_its_answers_say_so(
    app: Flask, manager: PageClient, partnership: uuid.UUID
) -> None:
    """?via=qr is kept as the channel; anything that is not on the closed list is a link."""
    open_survey(app, partnership)
    card = text_of(manager, f"{PAGE}/card")
    assert "your-voice?via=qr</desc>" in card
    assert "0800 1111" in card
    for via in ("qr", "javascript:alert(1)"):
        address = f"{SURVEY}?via={via}"
        hidden = re.findall(r'name="via" value="([^"]*)"', text_of(manager, address))
        walk(manager, start(manager, **({"via": hidden[0]} if hidden else {"via": via})))
        send(manager)
    with within(app, partnership):
        row = queries.get_survey("your-voice")
        assert row is not None
        assert row.version is not None
        assert sorted(about.split("|")[1] for _answers, about in queries_closed.stored_answers(row.version.id)) == [
            "link",
            "qr",
        ]


def test_the_preview_shows_the_promise_and_nothing_to_press(
    app: Flask, manager: PageClient, partnership: uuid.UUID
) -> None:
    with within(app, partnership), transaction():
        service.create_survey("your-voice", ready_made("your-voice"))
    page = text_of(manager, f"{PAGE}/preview")
    assert "Who is asking?" in page
    assert "This is a preview" in page
    assert "<form" not in page


@pytest.mark.parametrize("kind", ["audio", "drawing", "upload", "video"])
def test_the_page_knows_every_kind_of_question(
    app: Flask, manager: PageClient, partnership: uuid.UUID, kind: str
) -> None:
    """One kind without a name and nobody could open, close or even see a survey that asks it."""
    assert set(views_manage.KINDS) == set(KINDS)
    open_as_it_is(app, partnership, ready_made(f"examples/{kind}"), kind)
    assert str(views_manage.KINDS[kind]) in text_of(manager, f"{LIST}/{kind}")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SURVEY_MANAGER])
def test_only_survey_managers_come_in(app: Flask, client: PageClient, partnership: uuid.UUID, role: Role) -> None:
    open_survey(app, partnership)
    staff(app, partnership, "sam", role)
    sign_in(client, "sam")
    for address in (LIST, PAGE, f"{PAGE}/close", f"{PAGE}/card", f"{PAGE}/preview"):
        assert client.get(address).status_code == 403
    for address in (f"{PAGE}/open", f"{PAGE}/close", f"{LIST}/ready-made/staff-voice"):
        assert client.submit("/staff/account", to=address).status_code == 403


def test_another_partnership_is_not_there(app: Flask, manager: PageClient, partnership: uuid.UUID) -> None:
    assert manager.get(f"{LIST}/your-voice").status_code == 404
    assert manager.submit(LIST, to=f"{PAGE}/close").status_code == 404
    assert manager.submit(READY, to=f"{LIST}/ready-made/no-such-thing").status_code == 404
    assert manager.submit(READY, to=f"{LIST}/ready-made/tell-us").status_code == 409


def test_the_list_asks_the_same_questions_of_one_survey_and_of_twenty(
    app: Flask, manager: PageClient, partnership: uuid.UUID
) -> None:
    def statements() -> int:
        seen: list[str] = []
        with app.app_context():
            engine = db.engine
        sa.event.listen(engine, "before_cursor_execute", note := lambda *args: seen.append(args[2]))
        text_of(manager, LIST)
        sa.event.remove(engine, "before_cursor_execute", note)
        return len([one for one in seen if one.startswith("SELECT")])

    open_survey(app, partnership)
    text_of(manager, LIST)
    one = statements()
    for number in range(19):
        open_survey(app, partnership, "examples/faces", f"faces-{number}")
    text_of(manager, LIST)
    assert statements() == one
