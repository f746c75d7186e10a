"""Reading: sheets of twenty in order of concern; what is marked reaches analysts, what is passed on does not."""

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import audit, clock
from engage.core.database import db
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding import queries, receipts
from engage.safeguarding.kinds import FlagReason
from engage.safeguarding.models import Message
from engage.voices import queries as heard
from engage.voices.kinds import Channel, Concern
from engage.voices.models import Voice
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.pages import hidden, press
from tests.support.people import sign_in, staff
from tests.support.voices import say

SHEET = "/staff/safeguarding/reading/sheet"
MARK = "/staff/safeguarding/reading/marked"
LIST = "/staff/safeguarding/reading"


@pytest.fixture
def desk(app: Flask, partnership: uuid.UUID) -> PageClient:
    staff(app, partnership, "rosa", Role.RESPONDER)
    made = browser_of(app)
    sign_in(made, "rosa")
    return made


def _texts(app: Flask, partnership: uuid.UUID) -> set[str]:
    with within(app, partnership):
        return set(heard.texts([row.id for row in heard.list_read(99)]).values())


def _actions(app: Flask, partnership: uuid.UUID) -> list[tuple[str, int]]:
    with within(app, partnership):
        events = db.session.query(audit.AuditEvent).order_by(audit.AuditEvent.position)
        return [(event.action, event.detail["count"]) for event in events if event.subject_kind == "voice"]


def test_a_sheet_of_twenty_is_marked_read_at_once(app: Flask, partnership: uuid.UUID, desk: PageClient) -> None:
    say(app, partnership, *[f"comment number {number}" for number in range(23)])
    listed = desk.get(LIST).text
    assert "23 comments wait" in listed
    assert "comment number" not in listed
    assert desk.get(SHEET).status_code == 405
    sheet = press(desk, SHEET)
    assert sheet.count("comment number") == 20
    assert _texts(app, partnership) == set(), "opened is not read"
    after = press(desk, MARK, all="next", shown=hidden(sheet, "shown"))
    assert after.count("comment number") == 3
    assert len(_texts(app, partnership)) == 20
    done = press(desk, MARK, all="list", shown=hidden(after, "shown"))
    assert "3 comments marked as read" in done
    assert "Every comment has been read" in done
    opened_and_read = [("voices-opened", 20), ("voices-read", 20), ("voices-opened", 3), ("voices-read", 3)]
    assert _actions(app, partnership) == opened_and_read
    with within(app, partnership):
        assert audit.verify() is None


def test_one_is_marked_and_one_is_passed_on(app: Flask, partnership: uuid.UUID, desk: PageClient) -> None:
    say(app, partnership, "first words", "second words", "third words")
    sheet = press(desk, SHEET)
    first, second, _third = hidden(sheet, "shown")
    sheet = press(desk, MARK, read=first, shown=[first, second, _third])
    assert "One comment marked as read" in sheet
    sheet = press(desk, MARK, pass_on=second, shown=hidden(sheet, "shown"))
    assert "Passed on" in sheet
    assert sheet.count("<blockquote") == 1
    press(desk, MARK, all="list", shown=[first, second, _third])
    assert len(_texts(app, partnership)) == 2, "what the lead has stays unread until it is decided"
    with within(app, partnership):
        worst = queries.list_open(9)[0].worst
        assert worst.reason is FlagReason.READER
    page = desk.get(LIST).text
    assert "with the safeguarding lead" in page
    assert "Every comment has been read" not in page


def test_the_list_is_narrowed_by_the_address(app: Flask, partnership: uuid.UUID, desk: PageClient) -> None:
    say(app, partnership, "from a survey", source_key="your-voice")
    say(app, partnership, "from a case", source_key="complaint", channel=Channel.CASE, origin_kind="case")
    page = desk.get(f"{LIST}?channel=case").text
    assert "One comment waits" in page
    assert "from a case" in press(desk, SHEET, channel="case")
    assert "from a survey" not in press(desk, SHEET, source="complaint")
    assert "Nothing here waits" in desk.get(f"{LIST}?channel=inspection").text
    assert "2 comments wait" in desk.get(f"{LIST}?channel=nonsense&concern=nonsense").text


def test_nonsense_on_a_sheet_changes_nothing(app: Flask, partnership: uuid.UUID, desk: PageClient) -> None:
    say(app, partnership)
    for data in ({"read": "x"}, {"all": "next", "shown": ["x", str(uuid.uuid4())]}, {"shown": "'"}, {}):
        press(desk, MARK, **data)
    assert _texts(app, partnership) == set()
    token = hidden(desk.get("/staff/account").text, "csrf_token")[0]
    assert desk.post(MARK, data={"csrf_token": token, "pass_on": str(uuid.uuid4())}).status_code == 404


def test_the_oldest_week_is_said(app: Flask, partnership: uuid.UUID, desk: PageClient) -> None:
    say(app, partnership)
    page = desk.get(LIST).text
    monday = clock.week_start(clock.iso_week())
    assert f"week of {monday.day} " in page


def test_words_that_do_not_open_are_said_to_be_lost(app: Flask, partnership: uuid.UUID, desk: PageClient) -> None:
    """One damaged row must not hide the other comments, nor the flag it belongs to."""
    one, other = say(app, partnership, "one", "other words", concern=Concern.RED, origin_id=uuid.uuid4())
    with within(app, partnership), transaction():
        db.session.execute(sa.update(Voice).where(Voice.id == one.id).values(text_sealed=other.text_sealed))
    sheet = press(desk, SHEET)
    assert "cannot be opened" in sheet
    assert "other words" in sheet
    with within(app, partnership):
        receipt = receipts.prepare_receipt(b"s" * 32)
        with transaction():
            receipt_id = receipts.store_receipt(receipt, origin_kind=one.origin_kind, origin_id=one.origin_id)
            receipts.say(receipt_id, "hello", author_id=None)
            db.session.execute(sa.update(Message).values(text_sealed=other.text_sealed))
    staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    sign_in(desk, "lena")
    with within(app, partnership):
        flag = queries.list_open(9)[0].worst.id
    assert press(desk, f"/staff/safeguarding/flags/{flag}").count("cannot be opened") == 2
