"""N2, N9: of an ordinary hour nothing is told of a request by name, and soon nothing is kept."""

import uuid
from datetime import timedelta

import sqlalchemy as sa
import time_machine
from flask import Flask

from engage.core.database import db
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding.contact import jobs, queries, service
from engage.safeguarding.contact.kinds import Outcome
from engage.safeguarding.contact.models import ContactRequest
from engage.safeguarding.contact.queries import Narrowed
from tests.integration.safeguarding.test_contact_apart import QUEUE
from tests.integration.safeguarding.test_contact_flood import TUESDAY, flood
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff

HOUR = f"{TUESDAY:%Y%m%dT%H}"


def hours_kept() -> set[tuple[bool, bool]]:
    """Whether each has an hour, with worrying words and without."""
    columns = sa.select(ContactRequest.is_urgent, ContactRequest.came_at)
    return {(row.is_urgent, row.came_at is not None) for row in db.session.execute(columns)}


def test_n2_the_queue_tells_and_filters_by_unusual_hours_only(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    """One with worrying words, in the hour of a flood of others, is not seen to have come in it either."""
    staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    with time_machine.travel(TUESDAY, tick=False):
        with within(app, partnership):
            flood(9, "ring me please")
            [urgent] = flood(1)
        sign_in(client, "lena")
        page = client.get(f"{QUEUE}?hour={HOUR}").get_data(as_text=True)
        assert page.count("Open and call") == 10, "an ordinary hour narrows nothing"
        assert (f'value="{HOUR}"' in page, "09:00 to 10:00" in page, "When they came" in page) == (False, False, False)
        with within(app, partnership):
            flood(1, "ring me please")
        page = client.get(f"{QUEUE}?hour={HOUR}").get_data(as_text=True)
        assert (page.count("Open and call"), str(urgent) in page) == (10, False)
        assert "09:00 to 10:00 (10)" in page


def test_n3_an_hour_is_forgotten_once_it_is_over_and_was_ordinary_or_the_request_is_opened(
    app: Flask, partnership: uuid.UUID
) -> None:
    lead = staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    with within(app, partnership):
        with time_machine.travel(TUESDAY, tick=False):
            first, *_rest = flood(11, "ring me please")
            flood(1)
            jobs.forget_hours()
            assert hours_kept() == {(False, True), (True, True)}, "the hour is not over"
        with time_machine.travel(TUESDAY + timedelta(minutes=23), tick=False):
            jobs.forget_hours()
            assert hours_kept() == {(False, True), (True, False)}
            with transaction():
                service.open_request(first, lead)
            assert {row.came_at for row in queries.list_waiting(Narrowed(is_opened=True))} == {None}


def test_f7_however_many_ended_each_stands_on_one_of_the_pages(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    lead = staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    with within(app, partnership):
        made = flood(52, "ring me please")
        with transaction():
            for each in made:
                service.close(each, Outcome.NOT_REAL, "Same words", lead)
    sign_in(client, "lena")
    pages = [client.get(f"{QUEUE}?ended={number}").get_data(as_text=True) for number in (1, 2)]
    assert [sum(str(each) in page for each in made) for page in pages] == [50, 2]
    assert all(any(str(each) in page for page in pages) for each in made)
    assert "Page 2 of 2" in pages[1]
    assert "ended=1#contact-closed" in pages[1]
