"""P2: a complaint about somebody's data is a type of its own, with its own thirty days; P6: a case and a birthday."""

import uuid
from datetime import date

import time_machine
from flask import Flask

from engage.listening.casework import queries, service
from engage.listening.casework.kinds import CaseKind
from engage.people.kinds import Role
from engage.rules.deadlines import DATA_PROTECTION
from tests.factories.cases import closed_case
from tests.support.answering import send, start, walk
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff

TELL_US = "/larkmoor/tell-us"
ABOUT_DATA = {
    "what": {"what": "data"},
    "service": {"service": "not-sure"},
    "words": {"words": "My old address is still in your letters"},
    "hope": {"hope": "Take it out"},
    "who_you_are": {"who_you_are": "parent"},
    "named": {"named": "yes"},
    "contact": {"contact-name": "Robin", "contact-reach": "07700 900123"},
}


def test_p2_a_data_protection_complaint_has_its_own_type_and_clock(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    staff(app, partnership, "rae", Role.RESPONDER)
    with time_machine.travel(date(2026, 11, 23), tick=False):
        walk(client, start(client, TELL_US), ABOUT_DATA)
        assert send(client, TELL_US).status_code == 303
    with time_machine.travel(date(2026, 12, 22), tick=False):
        with within(app, partnership):
            (case,) = queries.list_cases(queries.Narrowed(regime=DATA_PROTECTION))
            assert case.kind is CaseKind.COMPLAINT
            found = {one.key: (one.due, one.state) for one in service.clocks_of(case)}
        assert found["acknowledge"] == (date(2026, 12, 23), "due_soon")
        assert found["outcome"][1] == "running"
        sign_in(client, "rae")
        listed = client.get("/staff/cases?kind=data-protection").get_data(as_text=True)
        assert f"Data protection complaint {case.reference}" in listed
        assert "Information Commissioner" in client.get(f"/staff/cases/{case.id}").get_data(as_text=True)


def test_p6_a_case_is_kept_to_a_birthday_and_the_date_of_birth_is_not(
    app: Flask, partnership: uuid.UUID, client: PageClient
) -> None:
    """P6: born on a leap day, kept to 18: 1 March of a year without one."""
    staff(app, partnership, "rae", Role.RESPONDER)
    case_id = closed_case(app, partnership, "Ring first")
    sign_in(client, "rae")
    at = f"/staff/cases/{case_id}"
    client.submit(at, {"keep-born": "2016-02-29", "keep-age": "18"}, to=f"{at}/keep")
    with within(app, partnership):
        case = queries.get_case(case_id)
        assert case is not None
        assert case.keep_until == date(2034, 3, 1)
    assert "1 March 2034" in client.get(at).get_data(as_text=True)
