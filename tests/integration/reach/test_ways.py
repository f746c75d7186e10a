"""Ways in: each keeps its own channel, enough is enough, days are kept, posters and paper say what the page does."""

import io
import uuid
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage import paths
from engage.adapters.documents import paper as press
from engage.adapters.documents.pdf import available
from engage.core import clock
from engage.core.database import db
from engage.core.transaction import transaction
from engage.listening.ballots.kinds import Entry
from engage.listening.kiosk import service as tablets
from engage.listening.reach import views_paper
from engage.listening.reach.views_paper import Reader
from engage.listening.surveys import queries, service
from engage.listening.surveys.models import Response
from engage.people.kinds import Role
from engage.rules.questionnaire import paper
from engage.rules.questionnaire.load import load
from tests.factories.surveys import open_survey, ready_made
from tests.support.answering import SURVEY, send, start, walk
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.people import sign_in, staff

pytestmark = pytest.mark.one_database

STAFF = "/staff/surveys/your-voice"


@pytest.fixture
def manager(app: Flask, partnership: uuid.UUID) -> PageClient:
    open_survey(app, partnership)
    staff(app, partnership, "mary", Role.SURVEY_MANAGER)
    client = browser_of(app)
    sign_in(client, "mary")
    return client


@pytest.mark.parametrize(
    ("via", "kept"),
    [("poster", "poster"), ("handed-out", "handed-out"), ("paper", "link"), ("import", "link"), ("x' OR 1", "link")],
)
def test_a_way_in_is_kept_and_no_address_says_paper(
    app: Flask, partnership: uuid.UUID, client: PageClient, via: str, kept: str
) -> None:
    open_survey(app, partnership)
    walk(client, start(client, via=via))
    assert send(client).status_code == 303
    with within(app, partnership):
        assert db.session.scalars(sa.select(Response.channel)).all() == [kept]


def test_enough_is_enough_and_whoever_has_begun_finishes(
    app: Flask, partnership: uuid.UUID, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_survey(app, partnership)
    open_survey(app, partnership, "young-people")
    open_survey(app, partnership, "parents-carers")
    monkeypatch.setattr(service, "SMALLEST_QUOTA", 1)
    monkeypatch.setattr(service, "QUOTA_STEP", 1)
    with within(app, partnership), transaction():
        service.set_entry("your-voice", Entry.OPEN, 1)
        tablet = tablets.set_up("your-voice", "Hall", clock.in_days(3), works_offline=False)
    slow = browser_of(app)
    address = start(slow)
    slow.post(address, data={})
    walking = walk(client, start(client))
    begun = walk(slow, address)
    assert send(client).status_code == 303, walking
    page = app.test_client().get(SURVEY)
    assert page.status_code == 410
    shut = page.get_data(as_text=True)
    assert "We have heard from enough people" in shut
    assert f'href="{SURVEY}"' not in shut, "the way on leads round in a circle"
    assert "surveys/young-people" in shut
    assert "surveys/parents-carers" not in shut, "a child is led to what parents are asked"
    assert f'href="{SURVEY}"' not in app.test_client().get("/larkmoor/").get_data(as_text=True)
    assert f'href="{SURVEY}"' not in app.test_client().get("/larkmoor/surveys/gone").get_data(as_text=True)
    assert app.test_client().get(f"/larkmoor/tablet/{tablet}").status_code == 410
    assert app.test_client().post(f"{SURVEY}/start").status_code == 410
    assert slow.get(SURVEY).status_code == 200
    assert send(slow).status_code == 303, begun


def test_staff_never_see_how_many(app: Flask, partnership: uuid.UUID, manager: PageClient) -> None:
    before = manager.get(f"{STAFF}/reach").get_data(as_text=True)
    client = browser_of(app)
    walk(client, start(client))
    send(client)
    after = manager.get(f"{STAFF}/reach").get_data(as_text=True)
    assert without_secrets(before) == without_secrets(after)


def without_secrets(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf_token" not in line and "nonce" not in line]


def test_f10_days_are_kept_in_london_across_the_clock_change(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    """Opens at midnight on the day summer time begins, closes at midnight of a summer day: 23:00 UTC."""
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC), tick=False) as moment:
        open_survey(app, partnership)
        with within(app, partnership), transaction():
            days = {"opens_on": clock.in_days(27), "closes_on": clock.in_days(31), "tell_by": clock.in_days(60)}
            service.set_dates("your-voice", **days)
        for instant, status, said in (
            (datetime(2027, 3, 27, 23, 59, tzinfo=UTC), 410, "from Sunday 28 March 2027."),
            (datetime(2027, 3, 28, 0, 0, tzinfo=UTC), 200, "Before you start"),
            (datetime(2027, 4, 1, 22, 59, tzinfo=UTC), 200, "Before you start"),
            (datetime(2027, 4, 1, 23, 0, tzinfo=UTC), 410, "This has closed"),
        ):
            moment.move_to(instant)
            page = client.get(SURVEY)
            assert (page.status_code, said in page.get_data(as_text=True)) == (status, True), instant


def test_days_that_cannot_be_are_explained(manager: PageClient) -> None:
    today, later, past = clock.today().isoformat(), clock.in_days(9).isoformat(), clock.in_days(-9).isoformat()
    for opens, closes, tells in (
        (today, past, later),
        (later, today, later),
        (today, later, today),
        ("", later, later),
    ):
        data = {"opens_on": opens, "closes_on": closes, "tell_by": tells}
        assert manager.submit(f"{STAFF}/reach", data, to=f"{STAFF}/dates").status_code == 422
    data = {"opens_on": today, "closes_on": later, "tell_by": later}
    assert manager.submit(f"{STAFF}/reach", data, to=f"{STAFF}/dates").status_code == 303
    assert "Changed the days" in manager.get(STAFF).get_data(as_text=True)


def definitions() -> list[Path]:
    return [*paths.surveys().glob("*.yaml"), *paths.surveys().glob("examples/*.yaml")]


@pytest.mark.parametrize("path", definitions(), ids=lambda path: path.stem)
def test_every_question_of_every_kind_can_be_answered_with_a_pen(path: Path) -> None:
    definition = load(path.read_text(encoding="utf-8"), path.name)
    rows = list(paper.rows(definition))
    assert [row.question.id for row in rows] == [question.id for question in definition.asked]
    for row in rows:
        asks = row.question.on_paper()
        assert asks.parts or asks.lines or not row.question.fields(), row.question.id
        assert all(options for _, options in asks.parts)
        assert bool(row.question.show_if) == bool(row.when)
        assert all(when.number < row.number for when in row.when)


@pytest.mark.parametrize("look", ["plain", "large", "symbols", "easy"])
def test_the_paper_says_what_the_page_says(manager: PageClient, monkeypatch: pytest.MonkeyPatch, look: str) -> None:
    pressed: list[str] = []
    monkeypatch.setattr(press, "to_pdf", lambda page: pressed.append(page) or b"%PDF")
    for code in ("en", "ar"):
        answer = manager.get(f"{STAFF}/paper/{look}/{code}.pdf")
        assert answer.status_code == 200
        assert answer.mimetype == "application/pdf"
    english, arabic = pressed
    assert "Only if you ticked “Yes” at question 7." in english
    assert "You do not have to do this." in english
    assert english.count('class="asked"') == arabic.count('class="asked"') == 16
    assert "Who was with you when you answered?" in english
    last = english.partition('class="asked last"')[2]
    assert "An interpreter" in last
    assert ("data:image" in last) == (look == "symbols")
    assert f"your-voice · ar · {look}" in arabic, "whoever types it in sees which paper it is"
    assert "0800\N{NO-BREAK SPACE}1111" in arabic, "a number to ring keeps its order in a line from right to left"
    assert "0800 1111" not in arabic
    assert 'dir="rtl"' in arabic
    assert "لم يراجع أحد هذه الترجمة بعد" in arabic
    assert "nobody has checked" not in english
    assert ("data:image" in english) == (look == "symbols")
    assert manager.get(f"{STAFF}/paper/{look}/cy.pdf").status_code == 404
    assert manager.get(f"{STAFF}/paper/odd/en.pdf").status_code == 404


@pytest.mark.parametrize("what", ["poster/en", "poster/ar", "paper/large/en", "paper/symbols/ar"])
def test_a21_poster_and_paper_are_tagged(manager: PageClient, what: str) -> None:
    if not available():
        pytest.skip("no PDF can be made here")
    with pikepdf.open(io.BytesIO(manager.get(f"{STAFF}/{what}.pdf").data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == what[-2:]
        tags = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one and "/P" in one]
        kinds = [str(one.S) for one in tags]
        assert kinds.count("/H1") == 1
        if what.startswith("poster"):
            assert len(pdf.pages) == 1
            assert [str(one.Alt) for one in tags if str(one.S) == "/Figure"] != [""]
        else:
            assert kinds.count("/H2") >= 18


def test_a_survey_without_a_version_has_no_paper(app: Flask, manager: PageClient, partnership: uuid.UUID) -> None:
    assert manager.get("/staff/surveys/not-there/poster/en.pdf").status_code == 404
    with within(app, partnership):
        assert queries.get_survey("not-there") is None


def test_a11_faces_and_stars_are_drawn_on_paper_too(app: Flask) -> None:
    """Whoever cannot read the words ticks a face: each has its own, worst first, and one star is not five."""
    with app.test_request_context("/"):
        drawn = list(views_paper.printed(ready_made("your-voice"), Reader("en", "symbols")))
        plain = list(views_paper.printed(ready_made("your-voice"), Reader("en", "plain")))
        faces = drawn[0].parts[0][1]
        (stars,) = [row.parts[0][1] for row in drawn if row.parts and row.parts[0][1][0].is_row]
        words = [option for row in plain for _, options in row.parts for option in options]
    assert len({face.picture for face in faces}) == len(faces) == 5
    rows = [b64decode(one.picture.partition("base64,")[2]).decode() for one in stars]
    assert [row.count("<path") for row in rows] == [1, 2, 3, 4, 5]
    assert not any(option.picture for option in words)
