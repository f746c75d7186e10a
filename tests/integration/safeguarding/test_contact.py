"""C4: "I want someone to contact me" is a form by name in a lane of its own, and nothing joins it to answers."""

import re
import uuid
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.adapters.mail import MemoryMail
from engage.core import outbox
from engage.core.database import Base, db
from engage.desk import help as help_now
from engage.people.kinds import Role
from engage.rules import screening
from engage.safeguarding.contact import jobs, queries
from engage.safeguarding.contact.models import ContactRequest
from engage.safeguarding.queries_duty import USUAL
from engage.web import respondent
from tests.factories.surveys import open_survey
from tests.support.answering import send, start, walk
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.notices import post, who
from tests.support.pages import press
from tests.support.people import sign_in, staff
from tests.support.voices import say

__all__ = ["post"]
PAGE = "/larkmoor/contact-me"
ASKED = {"name": "Canary Jones", "reach": "07700 900123", "safe": "after four", "about": "", "agrees": "y"}
SATURDAY = datetime(2026, 11, 28, 12, 7, tzinfo=UTC)


def answer_all(client: PageClient) -> str:
    """Answer a survey and send it; the page that says so."""
    walk(client, start(client))
    return client.get(send(client).headers["Location"]).get_data(as_text=True)


def key(client: PageClient) -> str:
    return re.findall(r'name="key"[^>]*value="([^"]+)"', client.get(PAGE).get_data(as_text=True))[0]


def ask(client: PageClient, **changed: str) -> str:
    sent = {**ASKED, "key": key(client), **changed}
    return client.post(PAGE, data=sent, follow_redirects=True).get_data(as_text=True)


def test_c4_the_limits_stand_before_the_first_box_and_it_says_when_somebody_reads(
    client: PageClient, partnership: uuid.UUID
) -> None:
    """C1, C7: without a cookie; out of hours the page says when somebody is there again."""
    with time_machine.travel(SATURDAY, tick=False):
        answer = client.get(PAGE)
        arabic = client.get(PAGE, headers={"Accept-Language": "ar"})
    page = answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers
    first_box = page.index("<input")
    for said in (
        "Named: we know who you are",
        "This is not anonymous",
        "we must tell people",
        "Nobody reads this straight",
    ):
        assert page.index(said) < first_box, said
    assert "Somebody reads again on Monday 30 November, 09:00" in page
    assert "30 نوفمبر، 09:00" in arabic.text  # with the comma of Arabic


def test_c4_every_help_page_and_the_page_after_sending_lead_to_it(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    help_now.render_all(app)
    assert f'href="{PAGE}"' in client.get("/larkmoor/help").get_data(as_text=True)
    open_survey(app, partnership)
    assert f'href="{PAGE}"' in answer_all(client)


def test_c4_a_request_is_sealed_and_stands_in_its_own_queue_until_it_ended(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    assert "We have your message" in ask(client)
    with within(app, partnership):
        [row] = queries.list_open()
        sealed = db.session.scalars(sa.select(ContactRequest.contact_sealed)).one()
    assert b"Canary" not in sealed
    desk = browser_of(app)
    sign_in(desk, "lena")
    address = f"/staff/safeguarding/contact/{row.id}"
    assert "Canary" not in desk.get("/staff/safeguarding/contact").get_data(as_text=True)
    assert "1 thing cannot wait" in desk.get("/staff/today").get_data(as_text=True)
    assert desk.get(address).status_code == 405
    assert "07700 900123" in press(desk, address)
    assert "Opened by Lena" in desk.get("/staff/safeguarding/contact").get_data(as_text=True)
    assert "Write what was done" in press(desk, f"{address}/outcome", outcome="spoken", note=" ")
    assert "We spoke" in press(desk, f"{address}/outcome", outcome="spoken", note="Rang at five")
    assert press(desk, f"{address}/outcome", outcome="referred", note="too late").count("Rang at five") == 1
    with within(app, partnership):
        [row] = queries.list_closed(9)
        assert (row.received_on, row.opened_by is None) == (None, False), "the day is forgotten, the week stays"


def test_c4_the_same_form_sent_twice_is_one_request_and_a_mistake_loses_nothing(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    same = key(client)
    wrong = ask(client, key=same, agrees="", about="he said <b>no</b>")
    assert "Tick the box if we may contact you" in wrong
    assert "Canary Jones" in wrong
    assert "he said &lt;b&gt;no&lt;/b&gt;" in wrong
    for _ in range(2):
        assert "We have your message" in ask(client, key=same)
    with within(app, partnership):
        assert len(queries.list_open()) == 1


def test_f7_other_words_in_the_same_form_are_kept_too(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    """Somebody goes back to put a number right, or finds the form as somebody else left it: no word is dropped."""
    same = key(client)
    for about in ("it is nothing", "it is not nothing", "it is not nothing"):
        assert "We have your message" in ask(client, key=same, about=about)
    with within(app, partnership):
        assert len(queries.list_open()) == 2


@pytest.mark.parametrize("box", ["safe", "reach", "about"])
def test_c4_worrying_words_go_first_in_whichever_box_they_stand(
    app: Flask, client: PageClient, partnership: uuid.UUID, box: str
) -> None:
    ask(client, **{box: "never, my dad hits me"})
    with within(app, partnership):
        assert [row.is_urgent for row in queries.list_open()] == [True]


@pytest.mark.parametrize("fault", [False, True])
def test_c4_s7_worrying_words_go_first_and_what_could_not_be_screened_does_too(
    app: Flask, client: PageClient, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch, fault: bool
) -> None:
    ask(client, about="")
    if fault:
        monkeypatch.setattr(screening, "screen", _crash)
    ask(client, about="the bus is late" if fault else "my dad hits me")
    with within(app, partnership):
        assert [row.is_urgent for row in queries.list_open()] == [True, False]


def _crash(*_: object) -> None:
    raise MemoryError


def test_n9_the_notice_says_nothing_and_goes_on_the_hour(
    app: Flask, client: PageClient, partnership: uuid.UUID, post: MemoryMail
) -> None:
    staff(app, partnership, "lena@larkmoor.example", Role.SAFEGUARDING_LEAD)
    with time_machine.travel(SATURDAY, tick=False) as travel:
        ask(client)
        travel.move_to(datetime(2026, 11, 28, 12, 58, tzinfo=UTC))
        with within(app, partnership):
            assert outbox.deliver() == 0
        travel.move_to(datetime(2026, 11, 28, 13, 0, tzinfo=UTC))
        with within(app, partnership):
            assert outbox.deliver() == 1
            jobs.tell(uuid.uuid4())
    assert "Canary" not in post.sent[0].as_string()
    assert who(post) == ["lena"]


def test_c4_nothing_joins_a_request_to_what_the_same_browser_answered(
    app: Flask, client: PageClient, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No key, no reference, no order, no time on it finer than the hour (until it is closed, then the week); its
    notices are reckoned from the full hour, beside no tick of a flag, and go when it is opened. The answering cookie is
    not even read.
    """
    open_survey(app, partnership)
    answer_all(client)
    say(app, partnership, "my canary words")

    def read(*_: object) -> None:
        raise AssertionError("the answering cookie was read")

    with monkeypatch.context() as patch:
        patch.setattr(respondent, "present", read)
        assert "We have your message" in ask(client)
    with app.app_context(), db.engine.connect() as connection:
        plain = connection.execution_options(engage_maintenance=True)
        rows = {
            table.name: [row._asdict() for row in plain.execute(sa.select(table))]
            for table in Base.metadata.tables.values()
        }
    [request] = rows.pop("contact_request")
    request.pop("partnership_id")
    day, week, flags = request.pop("received_on"), request.pop("week"), (True, False, None)
    came = request.pop("came_at")
    assert (came.minute, came.second, came.microsecond) == (0, 0, 0)
    first, *later = sorted(row["due_at"] for row in rows["outbox"] if row["subject_id"] == request["id"])
    assert first.minute == first.second == 0
    assert later == [USUAL.hours.after(first, minutes) for minutes in USUAL.steps]
    mine = {value for value in request.values() if value not in flags} - {request["id"]}
    others = {str(value) for found in rows.values() for row in found for value in row.values() if value not in flags}
    assert {str(value) for value in mine} & others == set()
    assert [
        name for name in ("response", "voice", "flag", "receipt") for row in rows[name] if request["id"] in row.values()
    ] == []
    assert (str(day), week) == (day.isoformat(), f"{day.isocalendar().year}-W{day.isocalendar().week:02d}")
    columns = Base.metadata.tables["contact_request"].columns
    assert {key.column.table.name for column in columns for key in column.foreign_keys} == {"partnership", "account"}
