"""A list asks its database as often at twenty rows as at one."""

import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from engage.core import clock
from engage.core.transaction import transaction
from engage.listening.inspections import queries, service
from engage.people.kinds import Role
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.inspections import CRITERIA, DAY, Planned, a_service, planned, published, scored
from tests.support.people import sign_in, staff
from tests.support.queries import count_queries


def visits(app: Flask, partnership: uuid.UUID, first: Planned, numbers: range) -> None:
    for number in numbers:
        place = a_service(app, partnership, f"Club {number:02}")
        with within(app, partnership), transaction():
            service.plan_visit(place, (CRITERIA.key, CRITERIA.version), DAY, list(first.team.values()))


def noes(app: Flask, partnership: uuid.UUID, first: Planned, numbers: range) -> None:
    if numbers.start == 1:
        scored(app, partnership, first, 4, 4, 4)
        published(app, partnership, first)
    for number in numbers:
        place = a_service(app, partnership, f"Club {number:02}")
        with within(app, partnership), transaction():
            service.record_declined(place, "No", DAY)


@pytest.mark.parametrize(
    ("who", "address", "grow"),
    [("amy", "/inspect/", visits), ("sue", "/staff/inspections", visits), ("", "/larkmoor/ratings", noes)],
)
def test_pages_ask_as_often_at_twenty_rows_as_at_one(
    app: Flask,
    client: PageClient,
    partnership: uuid.UUID,
    who: str,
    address: str,
    grow: Callable[[Flask, uuid.UUID, Planned, range], None],
) -> None:
    first = planned(app, partnership)
    staff(app, partnership, "sue", Role.SUPPORTER)
    if who:
        sign_in(client, who)
    counts = []
    for numbers in (range(1, 2), range(2, 20)):
        grow(app, partnership, first, numbers)
        with count_queries(app) as counted:
            assert client.get(address).get_data(as_text=True).count("Club") >= 1
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_what_waits_for_a_supporter_today_is_one_statement(app: Flask, partnership: uuid.UUID) -> None:
    first = planned(app, partnership)
    scored(app, partnership, first, 3, 3, 3)
    later = planned(app, partnership, "dan", "eve", "fay", service_name="Later")
    with within(app, partnership), count_queries(app) as counted:
        found = queries.list_visits_to_do(DAY)
        assert {visit.id for visit in found} == {
            first.id,
            later.id,
        }
        assert len(counted) == 1
        assert [visit.id for visit in queries.list_visits_to_do(clock.in_days(-1, DAY))] == [first.id]
