"""What somebody told by phone, letter or in person becomes a case like any other, with its clocks and its flags."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core import audit, clock
from engage.core.database import db
from engage.core.errors import NotFound, Refused
from engage.core.transaction import transaction
from engage.listening.casework import queries, service
from engage.listening.casework.kinds import CaseKind, Outcome, Way
from engage.listening.casework.service_record import Told, record_case
from engage.people import service as people
from engage.people.kinds import AgencyKind, Role
from engage.safeguarding import queries as flags
from engage.safeguarding import receipts
from engage.voices import queries as voices
from engage.voices.models import Voice
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.pages import press
from tests.support.people import sign_in, staff

THURSDAY = date(2026, 11, 26)
LONG_AGO = date(2026, 3, 11)
LETTER = Told(CaseKind.COMPLAINT, Way.LETTER, LONG_AGO, "Nobody rang me back", name="Robin", reach="07700 900123")


@pytest.fixture
def handler(app: Flask, partnership: uuid.UUID) -> uuid.UUID:
    return staff(app, partnership, "rae", Role.RESPONDER)


def record(told: Told, by: uuid.UUID, receipt: receipts.PreparedReceipt | None = None) -> queries.CaseRow:
    with transaction():
        case_id = record_case(told, by, receipt)
    found = queries.get_case(case_id)
    assert found is not None
    return found


def test_a_letter_is_a_case_with_its_clocks_and_its_voice(
    app: Flask, partnership: uuid.UUID, handler: uuid.UUID
) -> None:
    with time_machine.travel(THURSDAY, tick=False), within(app, partnership):
        with transaction():
            hub = people.add_service(people.add_agency("Larkmoor Council", AgencyKind.STATUTORY), "Youth hub")
        case = record(replace(LETTER, service_id=hub, hope="Ring me"), handler)
        assert (case.service, case.received_on, case.read_on, case.is_anonymous) == (
            "Youth hub",
            LONG_AGO,
            LONG_AGO,
            False,
        )
        assert case.contact_sealed is not None
        assert b"Robin" not in case.contact_sealed
        heard = voices.list_of_origin("case", case.id)
        assert {(one.question_key, one.week, one.is_read) for one in heard} == {
            ("words", "2026-W11", True), ("hope", "2026-W11", True)
        }  # fmt: skip
        assert [event.detail["way"] for event in audit.trail(case.id)] == ["letter"]

        with transaction():
            service.acknowledge(case.id, "", handler, on=date(2026, 3, 13))
            service.answer(case.id, "", handler, on=date(2026, 3, 24))
            service.close(case.id, Outcome.UPHELD, "Ring back.", on=date(2026, 3, 26))
        closed = queries.get_case(case.id)
        assert closed is not None
        assert [one.state for one in service.clocks_of(closed)] == ["met"]
        assert closed.closed_on == date(2026, 3, 26)


def test_n3_without_a_name_only_the_week_is_kept(app: Flask, partnership: uuid.UUID, handler: uuid.UUID) -> None:
    with time_machine.travel(THURSDAY, tick=False), within(app, partnership):
        worry = Told(CaseKind.WORRY, Way.PHONE, THURSDAY, "My friend has no coat", told_by="child")
        case = record(worry, handler)
        assert case.is_anonymous
        assert (case.received_on, case.read_on) == (date(2026, 11, 23), date(2026, 11, 23))
        assert {row.read_on for row in db.session.scalars(sa.select(Voice))} == {date(2026, 11, 23)}
        assert audit.trail(case.id) == []
        [matter] = flags.list_open(5)  # S: a worry told by phone waits for the lead as one from the page does
        assert matter.worst.origin_id == case.id


def test_six_words_can_be_read_out_and_open_the_answer(app: Flask, partnership: uuid.UUID, handler: uuid.UUID) -> None:
    with within(app, partnership):
        receipt = receipts.prepare_receipt(bytes(32))
        case = record(replace(LETTER, received_on=clock.today()), handler, receipt)
        with transaction():
            service.acknowledge(case.id, "We have your letter.", handler)
        found = receipts.find(" ".join(word for word, _ in receipt.words("en")))
        assert found is not None
        assert [line.text for line in receipts.conversation(found.id)] == ["We have your letter."]


def test_what_cannot_be_is_refused(app: Flask, partnership: uuid.UUID, handler: uuid.UUID) -> None:
    with within(app, partnership):
        wrong = {
            "case-words": replace(LETTER, words=" "),
            "case-day": replace(LETTER, received_on=clock.today() + timedelta(days=1)),
        }
        for reason, told in wrong.items():
            with pytest.raises(Refused, match=reason), transaction():
                record_case(told, handler)
        with pytest.raises(NotFound), transaction():
            record_case(replace(LETTER, service_id=uuid.uuid4()), handler)
        case = record(LETTER, handler)
        for day in (LONG_AGO - timedelta(days=1), clock.today() + timedelta(days=1)):
            with pytest.raises(Refused, match="case-day"), transaction():
                service.acknowledge(case.id, "", handler, on=day)
        with pytest.raises(Refused, match="no-way-to-reply"), transaction():
            service.answer(case.id, "We looked into it.", handler)  # words would go nowhere


def test_whoever_has_no_code_is_told_elsewhere_and_the_day_is_kept(
    app: Flask, client: PageClient, partnership: uuid.UUID, handler: uuid.UUID
) -> None:
    with within(app, partnership):
        case = record(LETTER, handler)
    sign_in(client, "rae")
    address = f"/staff/cases/{case.id}"
    assert "Day you told them" in client.get(address).get_data(as_text=True)
    assert "Enter a day after it arrived" in press(client, f"{address}/acknowledge", **{"ack-on": "2026-03-10"})
    press(client, f"{address}/acknowledge", **{"ack-on": "2026-03-12"})
    press(client, f"{address}/answer", **{"answer-on": "2026-03-20"})
    with within(app, partnership):
        now = queries.get_case(case.id)
    assert now is not None
    assert (now.acknowledged_on, now.responded_on) == (date(2026, 3, 12), date(2026, 3, 20))
