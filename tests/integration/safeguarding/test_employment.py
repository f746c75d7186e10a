"""Staff voice is not employee voice: the agency learns the subject and nothing that leads to anybody."""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.adapters.mail import MemoryMail
from engage.core import outbox
from engage.core.database import Base, db
from engage.core.transaction import transaction
from engage.people import queries as people
from engage.people import service
from engage.people.kinds import AgencyKind, Role
from engage.safeguarding import jobs
from tests.support.apps import within
from tests.support.client import browser_of
from tests.support.notices import post
from tests.support.pages import press
from tests.support.people import sign_in, staff
from tests.support.voices import say

__all__ = ["post"]
PAGE = "/staff/safeguarding/employment"
TUESDAY = datetime(2026, 11, 24, 10, 2, tzinfo=UTC)


def test_a_subject_goes_to_the_agency_once_a_week_without_a_trace_of_its_author(
    app: Flask, partnership: uuid.UUID, post: MemoryMail
) -> None:
    with time_machine.travel(TUESDAY, tick=False) as travel:
        with within(app, partnership), transaction():
            trust = service.add_agency("Larkmoor Trust", AgencyKind.STATUTORY)
        staff(app, partnership, "ada", Role.ADMINISTRATOR)
        staff(app, partnership, "rosa", Role.RESPONDER)
        [voice] = say(app, partnership, "my manager shouts canary", audience="practitioners")
        ada = browser_of(app)
        rosa = browser_of(app)
        sign_in(ada, "ada")
        sign_in(rosa, "rosa")
        assert "Enter an e-mail address" in press(ada, f"{PAGE}/{trust}", contact="not an address")
        assert "hr@trust.example" in press(ada, f"{PAGE}/{trust}", contact="hr@trust.example")
        assert f'href="{PAGE}"' in press(rosa, "/staff/safeguarding/reading/sheet")
        assert "Choose an agency and a subject" in press(rosa, PAGE, agency=str(trust), subject="")
        assert "Management and supervision" in press(rosa, PAGE, agency=str(trust), subject="management")
        assert press(ada, PAGE, agency=str(trust), subject="pay").count("Pay and contracts") == 0, "readers only"
        for day, sent in ((25, 0), (26, 1), (27, 1)):  # notices of a week go out together, on a Thursday
            travel.move_to(datetime(2026, 11, day, 0, 0, tzinfo=UTC))
            with within(app, partnership):
                outbox.deliver()
                jobs.escalate()
            assert len([each for each in post.sent if each["To"] == "hr@trust.example"]) == sent
    sent_on, name = post.sent[0]["Date"], post.sent[0]["Message-ID"] or "-"
    whole = post.sent[0].as_string().replace(sent_on, "").replace(name, "")
    assert "management and supervision" in whole
    with app.app_context(), db.engine.connect() as connection:
        rows = connection.execution_options(engage_maintenance=True).execute(
            sa.select(Base.metadata.tables["employment"])
        )
        [row] = [each._asdict() for each in rows]
    assert set(row) == {"id", "agency_id", "subject", "is_told", "partnership_id"}, "no week, no time, no voice"
    for secret in ("canary", str(voice.id), str(voice.origin_id), "2026", "Rosa"):
        assert secret not in whole, secret
    with within(app, partnership):
        assert [agency.contact for agency in people.list_agencies()] == ["hr@trust.example"]
