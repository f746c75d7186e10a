"""Lists ask the database the same number of questions at one row and at twenty."""

import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from engage.core import clock
from engage.core.transaction import transaction
from engage.listening.casework.kinds import CaseKind, Way
from engage.listening.casework.service_record import Told, record_case
from engage.listening.surveys import service as surveys
from engage.people import queries as people_queries
from engage.people import service as people
from engage.people.kinds import AgencyKind, Role
from tests.factories.surveys import ready_made
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.machines import key_for
from tests.support.people import sign_in, staff
from tests.support.queries import count_queries


def _account(app: Flask, partnership: uuid.UUID, number: int) -> None:
    staff(app, partnership, f"person{number}", Role.VIEWER)


def _service(app: Flask, partnership: uuid.UUID, number: int) -> None:
    with within(app, partnership), transaction():
        people.add_service(people.add_agency(f"Agency {number}", AgencyKind.SCHOOL), f"Service {number}")


def _key(app: Flask, partnership: uuid.UUID, number: int) -> None:
    key_for(app, partnership, name=f"Machine {number}")


def _survey(app: Flask, partnership: uuid.UUID, number: int) -> None:
    with within(app, partnership), transaction():
        surveys.create_survey(f"survey-{number}", ready_made("examples/faces"))


def _case(app: Flask, partnership: uuid.UUID, number: int) -> None:
    with within(app, partnership), transaction():
        told = Told(CaseKind.IDEA, Way.PHONE, clock.today(), f"More swings {number}")
        account = people_queries.get_account("reader")
        assert account is not None
        record_case(told, account.id)


@pytest.mark.parametrize(
    ("address", "role", "add"),
    [
        ("/staff/people", Role.ADMINISTRATOR, _account),
        ("/staff/partnership", Role.ADMINISTRATOR, _service),
        ("/staff/partnership/keys", Role.ADMINISTRATOR, _key),
        ("/staff/results", Role.ANALYST, _survey),
        ("/staff/surveys", Role.SURVEY_MANAGER, _survey),
        ("/staff/cases", Role.RESPONDER, _case),
        ("/staff/today", Role.RESPONDER, _case),
    ],
)
def test_a_list_asks_as_much_at_twenty_rows_as_at_one(
    app: Flask,
    client: PageClient,
    partnership: uuid.UUID,
    address: str,
    role: Role,
    add: Callable[[Flask, uuid.UUID, int], None],
) -> None:
    staff(app, partnership, "counter", role)
    sign_in(client, "counter")
    counts = []
    for rows in (range(1), range(1, 20)):
        for number in rows:
            add(app, partnership, number)
        client.get(address)  # what is read once a process (definitions) is read here
        with count_queries(app) as counted:
            assert client.get(address).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]
