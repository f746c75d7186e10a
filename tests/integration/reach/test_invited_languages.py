"""Invitations in the languages of the survey: for an address that has one in that, else in all, English first."""

import email
import uuid
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask_babel import get_locale

from engage.adapters import mail
from engage.adapters.mail import Invitation, MemoryMail, invitation_message
from engage.core import outbox
from engage.core.database import begin_write
from engage.core.transaction import transaction
from engage.listening.invited import queries, service
from engage.listening.reach import invitations, jobs
from engage.listening.surveys import queries as surveys
from engage.people.kinds import Role
from engage.people.models import Partnership
from tests.factories.surveys import FOREIGN, open_survey, ready_made, spoken
from tests.support.apps import within
from tests.support.client import browser_of
from tests.support.people import sign_in, staff

PAGE = "/staff/surveys/your-voice/invited"
MORNING = datetime(2027, 3, 1, 10, 3, tzinfo=UTC)
SAID = {"ar": "نقول: ", "ur": "کہتے ہیں: "}


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences in Arabic and Urdu, whatever the catalogues have of them by now."""

    def say(text: str, **values: object) -> str:
        return SAID.get(str(get_locale()), "") + (text % values if values else text)

    monkeypatch.setattr(invitations, "_", say)


def sent(
    app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch, chosen: str = ""
) -> tuple[EmailMessage, bytes]:
    """What one address was sent on the first morning: as a mail program reads it, and as it travels."""
    kept = MemoryMail()
    monkeypatch.setattr(mail, "from_settings", lambda _settings: kept)
    changed = app.extensions["engage_settings"].model_copy(update={"site_url": "https://say.example"})
    monkeypatch.setitem(app.extensions, "engage_settings", changed)
    with within(app, partnership), transaction():
        begin_write().execute(sa.update(Partnership).values(languages=["en", "ar", "ur"]))
    with time_machine.travel(MORNING, tick=False) as moment:
        survey_id = open_survey(app, partnership, definition=spoken(ready_made("your-voice")))
        with within(app, partnership), transaction():
            service.invite(survey_id, [("", "sam@home.example")], chosen)
        with within(app, partnership):
            jobs.queue_reminders()
        moment.shift(timedelta(hours=1))
        with within(app, partnership):
            outbox.deliver(limit=10)
    [message] = kept.sent
    travels = message.as_bytes()
    read = email.message_from_bytes(travels, policy=default)
    assert isinstance(read, EmailMessage)
    return read, travels


def test_a17_without_a_chosen_language_all_stand_one_after_the_other(
    app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, travels = sent(app, partnership, monkeypatch)
    assert travels.isascii()
    assert all(len(line) <= 78 for line in travels.splitlines() if not line.startswith(b"List-Unsubscribe"))
    body = message.get_content()
    assert message["Content-Type"].params["charset"] == "utf-8"
    assert body.index("English") < body.index("would like to hear") < body.index("نقول") < body.index("کہتے")
    assert message["Content-Language"] == "en, ar, ur"
    subject = str(make_header(decode_header(str(message["Subject"]))))
    assert subject.startswith("\u2068Your voice")
    assert FOREIGN["ar"] in subject
    foreign = [line for line in body.splitlines() if any(word in line for word in SAID.values())]
    assert len(foreign) >= 8
    assert all(line.startswith("\u200f") for line in foreign), "a name in Latin letters turns no line round"
    addresses = [line for line in body.splitlines() if "https://" in line]
    assert len(addresses) == 6
    assert all(line.startswith("https://say.example/larkmoor/") for line in addresses), "nothing stands beside them"


def test_a17_an_address_with_a_language_is_written_to_in_that(
    app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, _travels = sent(app, partnership, monkeypatch, "ar")
    assert message["Content-Language"] == "ar"
    assert FOREIGN["ar"] in str(message["Subject"])
    assert "کہتے" not in message.get_content()
    assert message.get_content().count("https://") == 2


def test_a_language_that_is_not_offered_any_more_leaves_nobody_out(
    app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, _travels = sent(app, partnership, monkeypatch, "pl")
    assert message["Content-Language"] == "en, ar, ur"


def test_nobody_is_sent_the_english_twice(app: Flask, partnership: uuid.UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue that lacks the sentences gives them in English."""
    monkeypatch.setitem(SAID, "ur", "")
    message, _travels = sent(app, partnership, monkeypatch)
    assert message["Content-Language"] == "en, ar"
    assert message.get_content().count("Nobody asks your name") == 2


@pytest.mark.parametrize("turn", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85", "=?utf-8?q?=0ABcc:_x=40y.example?=\n "])
def test_w12_a_title_adds_no_header_in_any_script(turn: str) -> None:
    subject = f"صوتك{turn}Bcc: thief@x.example"
    told = Invitation(subject, "نعم\n", ("ar",), "https://say.example/stop", "k")
    travels = invitation_message("engage@example.org", "sam@home.example", told).as_bytes()
    read = email.message_from_bytes(travels, policy=default)
    assert read["Bcc"] is None
    assert "صوتك" in str(read["Subject"])
    assert b"\nBcc" not in travels


def test_the_list_says_how_many_were_new_and_in_which_language(app: Flask, partnership: uuid.UUID) -> None:
    open_survey(app, partnership, definition=spoken(ready_made("your-voice")))
    staff(app, partnership, "mary", Role.SURVEY_MANAGER)
    client = browser_of(app)
    sign_in(client, "mary")
    people = {"people": "a@b.example\nc@d.example\na@b.example", "language": "ar"}
    answer = client.submit(PAGE, people, to=f"{PAGE}/add")
    shown = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "New on the list: 2." in shown
    assert "Passed over: 1." in shown
    assert shown.count("(العربية)") == 2
    again = client.submit(PAGE, {"people": "e@f.example", "language": ""}, to=f"{PAGE}/add")
    assert "Passed over" not in client.get(again.headers["Location"]).get_data(as_text=True)
    assert client.submit(PAGE, {"people": "g@h.example", "language": "xx"}, to=f"{PAGE}/add").status_code == 422
    with within(app, partnership):
        row = surveys.get_survey("your-voice")
        assert row is not None
        assert {(each.address, each.language) for each in queries.list_invited(row.id)} == {
            ("a@b.example", "ar"), ("c@d.example", "ar"), ("e@f.example", ""),
        }  # fmt: skip
