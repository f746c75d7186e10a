"""Supporters plan visits, list a service's no and publish what the scores give; nobody else can."""

import uuid

import pytest
from flask import Flask

from engage.core import audit, clock
from engage.core.errors import NotFound, Refused
from engage.core.transaction import transaction
from engage.listening.inspections import queries, service
from engage.listening.inspections.kinds import Finding, InspectionState
from engage.people import service as people
from engage.people.kinds import Role
from engage.rules.stars import expires_on
from tests.support.apps import within
from tests.support.client import PageClient, token_of
from tests.support.inspections import CRITERIA, DAY, Planned, a_service, lock, planned, published, score, scored
from tests.support.people import sign_in, staff

SET = (CRITERIA.key, CRITERIA.version)


def test_a_visit_is_planned_with_a_team_of_three(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    staff(app, partnership, "sue", Role.SUPPORTER)
    sign_in(client, "sue")
    assert "No visit yet" in client.get("/staff/inspections").get_data(as_text=True)
    place = a_service(app, partnership)
    team = [str(staff(app, partnership, name, Role.YOUNG_INSPECTOR)) for name in ("amy", "ben", "cas")]
    sent = {"service": str(place), "visit_on": "2026-06-01", "criteria": f"{SET[0]} {SET[1]}"}
    page = client.submit("/staff/inspections/new", {**sent, "team": team[:2]})
    assert "Choose at least 3 young inspectors" in page.get_data(as_text=True)
    assert 'value="2026-06-01"' in page.get_data(as_text=True), "what was written is kept"
    made = client.submit("/staff/inspections/new", {**sent, "team": team})
    page = client.get(made.location)
    assert "Scoring is open" in page.get_data(as_text=True)
    assert "Visit planned" in page.get_data(as_text=True)
    assert "The Corner drop-in" in client.get("/staff/inspections").get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("service", ""),
        ("service", str(uuid.UUID(int=7))),
        ("visit_on", "soon"),
        ("criteria", "made-up 1"),
        ("team", ["x"]),
    ],
)
def test_a_forged_or_missing_part_of_a_plan_is_the_same_page(
    app: Flask, client: PageClient, partnership: uuid.UUID, field: str, value: object
) -> None:
    staff(app, partnership, "sue", Role.SUPPORTER)
    sign_in(client, "sue")
    place = a_service(app, partnership)
    team = [str(staff(app, partnership, name, Role.YOUNG_INSPECTOR)) for name in ("amy", "ben", "cas")]
    sent = {"service": str(place), "visit_on": "2026-06-01", "criteria": f"{SET[0]} {SET[1]}", "team": team}
    page = client.submit("/staff/inspections/new", {**sent, field: value})
    assert page.status_code == 200
    assert "Error:" in page.get_data(as_text=True)


def test_a_team_has_only_young_inspectors_of_this_partnership(app: Flask, partnership: uuid.UUID) -> None:
    place = a_service(app, partnership)
    team = [staff(app, partnership, name, Role.YOUNG_INSPECTOR) for name in ("amy", "ben")]
    viewer = staff(app, partnership, "vic", Role.VIEWER)
    with app.app_context(), transaction():
        other = people.add_partnership("otherby", "Otherby Partnership", "Otherby", ["en"])
    stranger = staff(app, other, "odd", Role.YOUNG_INSPECTOR)
    closed = staff(app, partnership, "left", Role.YOUNG_INSPECTOR)
    with within(app, partnership), transaction():
        people.set_active(closed, is_active=False)
    for third in (viewer, stranger, closed, uuid.uuid4()):
        with within(app, partnership), pytest.raises(NotFound), transaction():
            service.plan_visit(place, SET, DAY, [*team, third])
    with within(app, partnership), pytest.raises(Refused, match="team-too-small"), transaction():
        service.plan_visit(place, SET, DAY, [*team, team[0]])
    with within(app, partnership), pytest.raises(NotFound), transaction():
        service.plan_visit(place, (SET[0], 99), DAY, [*team, viewer])


def test_somebody_joins_a_team(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    staff(app, partnership, "sue", Role.SUPPORTER)
    dan = staff(app, partnership, "dan", Role.YOUNG_INSPECTOR)
    sign_in(client, "sue")
    address = f"/staff/inspections/{visit.id}"
    assert client.submit(address, {"inspector": str(dan)}, to=f"{address}/inspectors").status_code == 303
    assert "0 of 4" in client.get("/staff/inspections").get_data(as_text=True)
    with within(app, partnership), pytest.raises(Refused, match="already-on-team"), transaction():
        service.add_inspector(visit.id, dan)


def test_a_no_is_recorded_with_its_reason(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    place = a_service(app, partnership)
    visit = planned(app, partnership, service_name="Family hub")
    staff(app, partnership, "sue", Role.SUPPORTER)
    sign_in(client, "sue")
    sent = {"service": str(place), "asked_on": "2026-06-01", "because": "No room before spring."}
    assert "Error:" in client.submit("/staff/inspections/declined", {**sent, "because": " "}).get_data(as_text=True)
    made = client.submit("/staff/inspections/declined", sent)
    assert "No room before spring." in client.get(made.location).get_data(as_text=True)
    address = f"/staff/inspections/{visit.id}"
    assert client.submit(address, {"because": "Not now"}, to=f"{address}/decline").status_code == 303
    with within(app, partnership):
        assert {found.declined_because for found in queries.list_published_ratings()} == {
            "No room before spring.",
            "Not now",
        }
    late = client.submit(address, {"because": "Again"}, to=f"{address}/decline")
    assert late.status_code == 409


def test_a_visit_that_took_place_cannot_be_declined(app: Flask, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    score(app, partnership, visit, "amy", 0)
    lock(app, partnership, visit, "amy")
    with within(app, partnership), pytest.raises(Refused, match="scores-locked-already"), transaction():
        service.decline(visit.id, "We did not like it")


def differing(app: Flask, partnership: uuid.UUID) -> Planned:
    """A team that differs about a must-have, and found it missing in the middle."""
    visit = planned(app, partnership)
    for name, value, private in (("amy", 4, 1), ("ben", 4, 1), ("cas", 3, 4)):
        score(app, partnership, visit, name, value, private_space=private)
        lock(app, partnership, visit, name)
    return visit


def test_the_team_sees_where_it_differs_and_writes_its_findings(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    visit = differing(app, partnership)
    sign_in(client, "amy")
    address = f"/inspect/{visit.id}/together"
    page = client.get(address).get_data(as_text=True)
    first = page.split("Talk about these first</h2>")[1].split("</section>")[0]
    assert first.count("<li>") == 1
    assert "You can talk where no one else can hear" in first
    assert "1,\u00a01,\u00a04" in first
    assert "Important things missing" in page
    assert "is a must-have, and it was missing" in page
    assert "cannot have more than 2 stars" in page
    to = f"/inspect/{visit.id}/findings"
    for kind, words in (("strength", "They <i>listen</i>"), ("consideration", "Mend the door"), ("strength", "Wrong")):
        assert client.submit(address, {"kind": kind, "words": words}, to=to).status_code == 303
    client.submit(address, {"kind": "strength", "words": "Wrong"}, to=f"{to}/remove")
    page = client.submit(address, {"kind": "strength", "words": " "}, to=to).get_data(as_text=True)
    assert "Write something first" in page
    assert "They &lt;i&gt;listen&lt;/i&gt;" in page
    with within(app, partnership):
        found = queries.get_visit(visit.id)
        assert found is not None
        assert (found.strengths, found.considerations) == (["They <i>listen</i>"], ["Mend the door"])


def test_the_supporter_publishes_what_the_scores_give(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    visit = differing(app, partnership)
    staff(app, partnership, "sue", Role.SUPPORTER)
    sign_in(client, "sue")
    address = f"/staff/inspections/{visit.id}"
    assert "cannot have more than 2 stars" in client.get(address).get_data(as_text=True)
    assert client.submit(address, to=f"{address}/publish").status_code == 303
    with within(app, partnership):
        found = queries.get_visit(visit.id)
        assert found is not None
        assert (found.state, found.stars, found.phrase) == (InspectionState.PUBLISHED, 2, "Important things missing")
        assert found.result is not None
        assert [cap["criterion"] for cap in found.result["caps"]] == ["private-space"]
        assert found.published_on == clock.today()
        assert found.expires_on == expires_on(clock.today())
        published_by = audit.trail(visit.id)[-1]
        assert (published_by.action, published_by.actor_id is None) == ("rating-published", False)
        assert audit.verify() is None


def test_what_is_published_stays_as_it_is(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    scored(app, partnership, visit, 4, 4, 4)
    published(app, partnership, visit)
    for verb in (
        lambda: service.publish(visit.id),
        lambda: service.add_finding(visit.id, Finding.STRENGTH, "Late"),
        lambda: service.decline(visit.id, "No"),
        lambda: service.add_inspector(visit.id, next(iter(visit.team.values()))),
    ):
        with within(app, partnership), pytest.raises(Refused, match="visit-is-published"), transaction():
            verb()


def test_nothing_is_published_while_scores_are_private(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    staff(app, partnership, "sue", Role.SUPPORTER)
    sign_in(client, "sue")
    address = f"/staff/inspections/{visit.id}"
    for verb in ("publish", "findings"):
        sent = {"kind": "strength", "words": "Early"}
        assert client.submit(address, sent, to=f"{address}/{verb}").status_code == 409
    assert "The star these scores give" not in client.get(address).get_data(as_text=True)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPPORTER])
def test_w2_only_supporters_have_the_planning_pages(
    app: Flask, client: PageClient, partnership: uuid.UUID, role: Role
) -> None:
    visit = planned(app, partnership)
    staff(app, partnership, "other", role)
    sign_in(client, "other")
    token = token_of(client.get("/staff/account"))
    address = f"/staff/inspections/{visit.id}"
    got = [
        client.get(path)
        for path in ("/staff/inspections", "/staff/inspections/new", "/staff/inspections/declined", address)
    ]
    verbs = ("inspectors", "decline", "close", "findings", "findings/remove", "publish")
    sent = [client.post(f"{address}/{verb}", data={"csrf_token": token}) for verb in verbs]
    assert {page.status_code for page in got + sent} == {403}
    young = client.get("/inspect/").status_code
    assert young == (200 if role is Role.YOUNG_INSPECTOR else 403)


def test_w2_a_supporter_of_another_partnership_finds_nothing(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    visit = planned(app, partnership)
    with app.app_context(), transaction():
        other = people.add_partnership("otherby", "Otherby Partnership", "Otherby", ["en"])
    staff(app, other, "odd", Role.SUPPORTER, Role.YOUNG_INSPECTOR)
    sign_in(client, "odd")
    token = token_of(client.get("/staff/account"))
    for made_up in (visit.id, uuid.uuid4()):
        address = f"/staff/inspections/{made_up}"
        sent = [
            client.post(
                f"{address}/{verb}", data={"csrf_token": token, "kind": "strength", "words": "x", "because": "x"}
            )
            for verb in ("decline", "close", "findings", "publish")
        ]
        pages = [client.get(address), client.get(f"/inspect/{made_up}/"), *sent]
        assert {page.status_code for page in pages} == {404}
    assert "The Corner drop-in" not in client.get("/staff/inspections").get_data(as_text=True)


def test_the_list_is_narrowed_by_its_address(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    staff(app, partnership, "sue", Role.SUPPORTER)
    sign_in(client, "sue")
    for number in range(25):
        place = a_service(app, partnership, f"Club {number:02}")
        with within(app, partnership), transaction():
            service.record_declined(place, "No", DAY)
    text = client.get("/staff/inspections").get_data(as_text=True)
    assert "25 visits" in text
    assert "Page 1 of 2" in text
    assert client.get("/staff/inspections?page=2").get_data(as_text=True).count("Said no</") == 5 + 1
    assert "1 visit" in client.get("/staff/inspections?q=club+07").get_data(as_text=True)
    assert "No visit fits" in client.get("/staff/inspections?state=planned&page=%C2%B2").get_data(as_text=True)
    assert "No visit fits" in client.get("/staff/inspections?q=%25").get_data(as_text=True)
