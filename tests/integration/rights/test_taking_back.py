"""N13, P5: what a receipt lets its person take back, and that what is deleted is gone."""

import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import clock, shuffle
from engage.core.database import Base, begin_write, db
from engage.core.transaction import transaction
from engage.desk.rights import jobs
from engage.listening.surveys import queries as surveys
from engage.people.kinds import Role
from engage.safeguarding import queries as flags
from engage.safeguarding import receipts, service_triage
from engage.safeguarding.kinds import Decision
from engage.safeguarding.receipts import ReceiptRow
from engage.understanding.releases.models import Release
from engage.voices import queries as voices
from engage.voices import service as voice_service
from tests.factories.surveys import open_survey
from tests.support import answering, themes
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import staff

CODES = "/larkmoor/codes"
SECRET = "The zanzibar lamp by the crooked stair"
HARM = "My stepdad hits me with a belt every night"
ANONYMOUS = (
    "response",
    "voice",
    "attachment",
    "flag",
    "receipt",
    "message",
    "coding",
    "quote",
    "draft",
    "case",
    "outbox",
)


def send(client: PageClient, words: str = SECRET) -> str:
    """Answer the survey with these words; the code that is given."""
    answers = {**answering.ANSWERS, "going_well": {"going_well": words}}
    answering.walk(client, answering.start(client), answers)
    return " ".join(answering.words_on(client.get(answering.send(client).headers["Location"])))


def story(client: PageClient, code: str) -> str:
    return client.post(CODES, data={"words": code}).get_data(as_text=True)


def press(client: PageClient, code: str) -> str:
    """Come back with the code and take it back, page by page; the last one."""
    asked = client.post(f"{CODES}/take-back", data={"ticket": ticket_on(story(client, code))})
    return client.post(f"{CODES}/take-back/now", data={"ticket": ticket_on(asked.get_data(as_text=True))}).get_data(
        as_text=True
    )


def ticket_on(page: str) -> str:
    return page.split('name="ticket" value="')[1].split('"', maxsplit=1)[0]


def rows(app: Flask) -> dict[str, int]:
    """How many rows stand in each table that may hold something of a person; tables without any are left out."""
    found = {}
    options = {"engage_maintenance": True}
    with app.app_context(), db.engine.connect().execution_options(**options) as connection:
        for name in ANONYMOUS:
            found[name] = connection.scalar(sa.select(sa.func.count()).select_from(Base.metadata.tables[name])) or 0
    return {name: count for name, count in found.items() if count}


def opened(code: str) -> ReceiptRow:
    found = receipts.find(code)
    assert found is not None
    return found


def frozen(survey_slug: str) -> None:
    """A release of today, as far as taking back looks at it."""
    survey = surveys.get_survey(survey_slug)
    assert survey is not None
    assert survey.version is not None
    facts = {"number": 1, "frozen_on": clock.today(), "rule": {}, "base": None, "counted": 1, "sha256": "x"}
    with transaction():
        begin_write().add(
            Release(survey_id=survey.id, version_id=survey.version.id, version_sha256=survey.version.sha256, **facts)
        )


@pytest.fixture
def survey(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    open_survey(app, partnership, "your-voice")
    return partnership


def test_n13_taking_back_leaves_no_row(app: Flask, survey: uuid.UUID, client: PageClient) -> None:
    """N13, P5: answers, words, codings, the conversation, notices and the receipt go; the code then opens nothing."""
    analyst = staff(app, survey, "ana", Role.ANALYST)
    code = send(client)
    theme = themes.theme(app, survey, "Home")
    with within(app, survey):
        mine = opened(code)
        with transaction():
            voice_service.mark_read([row.id for row in voices.list_unread(9)], analyst)
            receipts.say(mine.id, "We hear you", author_id=analyst)
        voice = voices.list_of_origin("response", mine.origin_id)[0]
    themes.code(app, survey, [voice.id], [theme], analyst)
    assert {"response", "voice", "receipt", "message", "coding"} <= rows(app).keys()
    assert "It is deleted" in press(client, code)
    assert rows(app) == {}
    again, never = (client.post(CODES, data={"words": words}) for words in (code, "boat fox moon key star bus"))
    assert (again.status_code, never.status_code) == (404, 404)
    assert again.get_data(as_text=True).count("<") == never.get_data(as_text=True).count("<")


def test_n13_nothing_of_it_is_left_on_the_disk(app: Flask, survey: uuid.UUID, client: PageClient) -> None:
    """N13: neither in the database file nor in what SQLite keeps beside it."""
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL writes the tables anew every night")
        place = Path(str(db.engine.url.database))
        shuffle.forget_minutes()
    code = send(client)
    with within(app, survey):
        mine = opened(code)
        traces = [each.hex.encode() for each in (mine.id, mine.origin_id, *(row.id for row in voices.list_unread(9)))]
    assert [trace for trace in traces if trace not in on_disk(place)] == []
    press(client, code)
    with app.app_context():
        shuffle.forget_minutes()
    left = on_disk(place)
    assert [trace for trace in [*traces, SECRET.encode()] if trace in left] == []


def on_disk(database: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(database.parent.glob(f"{database.name}*")))


def test_n13_what_raised_a_flag_waits_for_its_decision(app: Flask, survey: uuid.UUID, client: PageClient) -> None:
    """N13: a child in danger is heard: the words stay for the safeguarding lead, hidden from analysts, and go then."""
    lead = staff(app, survey, "lea", Role.SAFEGUARDING_LEAD)
    code = send(client, HARM)
    assert "stays until a person has finished" in press(client, code)
    left = rows(app)
    assert "response" not in left, "no release may count it any more"
    assert {"voice", "flag", "receipt"} <= left.keys()
    assert "You took this back" in story(client, code)
    with within(app, survey):
        jobs.finish_taking_back()
        (matter,) = flags.list_open(9)
        with transaction():
            shown = service_triage.open_flag(matter.worst.id, lead)
        assert HARM in [words for _, words in shown.said]
        seen = [*matter.ids, *(row.id for row, _ in shown.said)]
        with transaction():
            service_triage.decide(matter.worst.id, Decision.REFER, "Told the front door", by=lead, seen=seen)
        assert voices.list_read(9) == []
        jobs.finish_taking_back()
    assert rows(app) == {}


def test_p5_what_a_release_counted_stays_and_the_words_still_go(
    app: Flask, survey: uuid.UUID, client: PageClient
) -> None:
    """P5: after a release the page says from when it cannot be undone, and what still can."""
    code = send(client)
    assert "until we count" in story(client, code)
    assert "/larkmoor/contact-me" in story(client, code)
    with within(app, survey):
        frozen("your-voice")
    page = story(client, code)
    assert "may be part of that count" in page, "only the week of an answer is known"
    assert "You can still take back the words you wrote" in page
    assert "It is deleted" in press(client, code)
    assert rows(app) == {"response": 1}


def test_p5_without_words_a_counted_answer_can_no_longer_be_taken_back(
    app: Flask, survey: uuid.UUID, client: PageClient
) -> None:
    answers = {**answering.ANSWERS, "going_well": {"going_well-skip": "rather-not"}}
    answering.walk(client, answering.start(client), answers)
    code = " ".join(answering.words_on(client.get(answering.send(client).headers["Location"])))
    ticket = ticket_on(story(client, code))
    with within(app, survey):
        frozen("your-voice")
    assert client.post(f"{CODES}/take-back/now", data={"ticket": ticket}).status_code == 409
    assert rows(app) == {"response": 1, "receipt": 1}
    assert "take-back" not in story(client, code)


def test_n13_a_second_press_says_the_same_and_a_forged_ticket_opens_nothing(
    app: Flask, survey: uuid.UUID, client: PageClient
) -> None:
    code = send(client)
    ticket = ticket_on(story(client, code))
    pages = [client.post(f"{CODES}/take-back/now", data={"ticket": ticket}) for _ in range(2)]
    assert [page.status_code for page in pages] == [200, 200]
    forged = ticket[:-1] + ("1" if ticket.endswith("0") else "0")
    assert client.post(f"{CODES}/take-back/now", data={"ticket": forged}).status_code == 400
    assert rows(app) == {}
