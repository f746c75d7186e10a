"""C6: what a matter about somebody taught, and the visit it was noted on, are kept from them on other floors too."""

import uuid

import pytest
from flask import Flask

from engage.assurance.reports import service as reports
from engage.assurance.reports import sources
from engage.assurance.reports.service import Chosen
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.safeguarding import queries, queries_apart
from engage.safeguarding import service_triage as triage
from engage.safeguarding.kinds import Decision
from engage.voices.kinds import Channel, Concern
from tests.factories.cases import closed_case
from tests.support.apps import within
from tests.support.client import PageClient, browser_of
from tests.support.inspections import planned
from tests.support.pages import press
from tests.support.people import sign_in, staff
from tests.support.voices import say

LESSON = "Nobody should shout in the corridor"


def desk(app: Flask, name: str) -> PageClient:
    made = browser_of(app)
    sign_in(made, name)
    return made


@pytest.mark.parametrize("decision", [None, Decision.LADO, Decision.WHISTLEBLOWING])
def test_c6_the_lesson_of_a_matter_kept_apart_stands_in_no_report(
    app: Flask, partnership: uuid.UUID, decision: Decision | None
) -> None:
    """Neither offered to the analyst it names, nor in a draft that chose it before anybody knew."""
    abel = staff(app, partnership, "abel", Role.ANALYST)
    lena = staff(app, partnership, "lena", Role.SAFEGUARDING_LEAD)
    apart, other = closed_case(app, partnership, LESSON), closed_case(app, partnership, "Ring back in two days")
    with within(app, partnership):
        with transaction():
            report = reports.start_report("thematic", "All of it", Chosen(**sources.newest()), abel)
        assert set(sources.newest()["lessons"]) == {apart, other}
    page = f"/staff/reports/{report}"
    assert LESSON in desk(app, "abel").get(page).get_data(as_text=True)
    words = "he hits me" if decision else "Mr Abel hits me"
    source = {"channel": Channel.CASE, "origin_kind": "case", "origin_id": apart, "source_key": "worry"}
    [voice] = say(app, partnership, words, concern=Concern.RED, **source)
    with within(app, partnership):
        if decision is not None:
            [matter] = queries.list_open(9)
            with transaction():
                triage.decide(matter.worst.id, decision, "Rang", by=lena, seen=[*matter.ids, voice.id])
        assert set(sources.newest()["lessons"]) == {other}
    analyst = desk(app, "abel")
    for address in (page, f"{page}/edit"):
        shown = analyst.get(address).get_data(as_text=True)
        assert "Ring back in two days" in shown
        assert LESSON not in shown
        assert str(apart) not in shown


def test_c6_a_visit_on_which_a_note_named_its_supporter_is_not_at_its_address_for_them(
    app: Flask, partnership: uuid.UUID
) -> None:
    """They know who was on the team: they find no visit, end no scoring and publish nothing of it; another can."""
    for name in ("sue", "sam"):
        staff(app, partnership, name, Role.SUPPORTER)
    visit = planned(app, partnership).id
    address = f"/staff/inspections/{visit}"
    sue, sam = desk(app, "sue"), desk(app, "sam")
    assert "The Corner drop-in" in sue.get(address).get_data(as_text=True)
    source = {"channel": Channel.INSPECTION, "origin_kind": "inspection", "origin_id": visit, "source_key": "star"}
    say(app, partnership, "Miss Sue shouts at us", concern=Concern.RED, **source)
    with within(app, partnership):
        assert len(queries_apart.blocked([visit])[visit]) == 1
    pages = (address, "/staff/inspections", "/staff/today")
    assert ["The Corner drop-in" in sue.get(page).get_data(as_text=True) for page in pages] == [False] * 3
    assert ["The Corner drop-in" in sam.get(page).get_data(as_text=True) for page in pages] == [True] * 3
    assert sue.get(address).status_code == 404
    for door in ("inspectors", "decline", "close", "findings", "findings/remove", "publish"):
        assert "The Corner drop-in" not in press(sue, f"{address}/{door}", because="x", words="x", finding="strength")
    assert "Scoring is open" in sam.get(address).get_data(as_text=True)
