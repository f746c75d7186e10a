"""Alone and locked: nobody sees or changes a score that is not theirs, and nobody changes one after the lock."""

import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import erasing
from engage.core.database import db
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.transaction import transaction
from engage.listening.inspections import queries, scoring
from engage.listening.inspections.kinds import InspectionState
from engage.listening.inspections.models import Score
from engage.people.kinds import Role
from tests.support.apps import within
from tests.support.client import PageClient, browser_of, token_of
from tests.support.inspections import DAY, KEYS, Planned, lock, planned, score, scored
from tests.support.people import PASSWORD, sign_in, staff


def values(app: Flask, partnership: uuid.UUID, visit: Planned, name: str) -> dict[str, int | None]:
    with within(app, partnership):
        return {key: row.value for key, row in queries.own_scores(visit.id, visit.team[name]).items()}


def points(visit: Planned) -> str:
    return f"/inspect/{visit.id}/points"


def test_an_inspector_scores_point_after_point_and_locks(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    visit = planned(app, partnership)
    answer = client.post("/inspect/sign-in", data={"sign_in": "amy", "password": PASSWORD})
    assert answer.location == "/inspect/"
    assert "The Corner drop-in" in client.get("/inspect/").get_data(as_text=True)
    address = f"{points(visit)}/{KEYS[0]}"
    for number, key in enumerate(KEYS, 1):
        assert address == f"{points(visit)}/{key}"
        assert f"Point {number} of {len(KEYS)}" in client.get(address).get_data(as_text=True)
        address = client.submit(address, {"level": "not-seen" if number == 2 else "3", "note": "Kind"}).location
    page = client.get(f"/inspect/{visit.id}/").get_data(as_text=True)
    assert page.count("3: Mostly") == len(KEYS) - 1
    assert "I could not see this today" in page
    sent = client.submit(f"/inspect/{visit.id}/", {"seen": seen_in(page)}, to=f"/inspect/{visit.id}/lock")
    assert sent.status_code == 303
    page = client.get(f"/inspect/{visit.id}/").get_data(as_text=True)
    assert "Your scores are locked" in page
    assert "1 inspector of 3 has locked" in page
    assert values(app, partnership, visit, "amy") == {key: None if key == KEYS[1] else 3 for key in KEYS}


def seen_in(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def test_nothing_chosen_or_out_of_range_is_the_same_page_with_what_was_written(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    visit = planned(app, partnership)
    sign_in(client, "amy")
    for level in ("", "5", "-1", "3.5", "none"):
        page = client.submit(f"{points(visit)}/{KEYS[0]}", {"level": level, "note": "Loud <b>music</b>"})
        text = page.get_data(as_text=True)
        assert page.status_code == 200
        assert "Error:" in text
        assert "Choose a score" in text
        assert "Loud &lt;b&gt;music" in text
    page = client.submit(f"{points(visit)}/{KEYS[0]}", {"level": "3", "note": "x" * 1001})
    assert "Use fewer words" in page.get_data(as_text=True)
    assert values(app, partnership, visit, "amy") == {}
    with within(app, partnership), pytest.raises(Refused, match="score-out-of-range"), transaction():
        scoring.save_score(visit.id, visit.team["amy"], KEYS[0], 5)


def test_a_locked_score_cannot_be_changed_by_any_door(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    sign_in(client, "amy")
    token = token_of(client.get(f"{points(visit)}/{KEYS[0]}"))
    score(app, partnership, visit, "amy", 3)
    lock(app, partnership, visit, "amy")
    before = values(app, partnership, visit, "amy")
    assert client.get(f"{points(visit)}/{KEYS[0]}").status_code == 303
    late = client.post(f"{points(visit)}/{KEYS[0]}", data={"csrf_token": token, "level": "0"})
    assert late.status_code == 409
    assert "Your scores are locked" in late.get_data(as_text=True)
    again = client.post(f"/inspect/{visit.id}/lock", data={"csrf_token": token, "seen": "x"})
    assert again.status_code == 409
    assert values(app, partnership, visit, "amy") == before


def test_a_score_changed_in_another_tab_is_not_locked_unseen(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    visit = planned(app, partnership)
    score(app, partnership, visit, "amy", 3)
    sign_in(client, "amy")
    page = client.get(f"/inspect/{visit.id}/")
    client.submit(f"{points(visit)}/{KEYS[3]}", {"level": "0"})
    sent = {"csrf_token": token_of(page), "seen": seen_in(page.get_data(as_text=True))}
    answer = client.post(f"/inspect/{visit.id}/lock", data=sent)
    assert answer.status_code == 409
    assert "another tab" in answer.get_data(as_text=True)
    with within(app, partnership):
        member = queries.get_member(visit.id, visit.team["amy"])
        assert member is not None
        assert member.locked_on is None


def test_scores_with_a_gap_are_not_locked(app: Flask, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    with within(app, partnership), transaction():
        scoring.save_score(visit.id, visit.team["amy"], KEYS[0], 4)
    with pytest.raises(Refused, match="scores-missing"):
        lock(app, partnership, visit, "amy")


def test_w2_another_teams_visit_looks_like_none(app: Flask, client: PageClient, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    staff(app, partnership, "zed", Role.YOUNG_INSPECTOR)
    sign_in(client, "zed")
    token = token_of(client.get("/inspect/"))
    forged = uuid.uuid4()
    for made_up in (visit.id, forged):
        got = [client.get(f"/inspect/{made_up}/{rest}") for rest in ("", f"points/{KEYS[0]}", "together")]
        sent = [
            client.post(f"/inspect/{made_up}/{rest}", data={"csrf_token": token, "level": "0", "kind": "strength"})
            for rest in (f"points/{KEYS[0]}", "lock", "findings", "findings/remove")
        ]
        assert {page.status_code for page in got + sent} == {404}
    with within(app, partnership), pytest.raises(NotFound), transaction():
        scoring.save_score(visit.id, uuid.uuid4(), KEYS[0], 1)
    with within(app, partnership), pytest.raises(NotFound), transaction():
        scoring.save_score(visit.id, visit.team["amy"], "made-up", 1)


def test_nobody_sees_a_score_before_everybody_has_locked(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    visit = planned(app, partnership)
    staff(app, partnership, "sue", Role.SUPPORTER)
    for name in ("amy", "ben"):
        score(app, partnership, visit, name, 1)
        lock(app, partnership, visit, name)
    with within(app, partnership):
        found = queries.get_visit(visit.id)
        assert found is not None
        assert queries.locked_scores(visit.id) == {}
        with pytest.raises(Refused, match="scores-alone"):
            scoring.judge(found)
    sign_in(client, "sue")
    page = client.get(f"/staff/inspections/{visit.id}").get_data(as_text=True)
    assert "Locked" in page
    assert "The star these scores give" not in page
    assert "Hardly" not in page
    sign_in(client, "ben")
    assert client.get(f"/inspect/{visit.id}/together").status_code == 303
    scored_by_cas = planned_third(app, partnership, visit)
    assert scored_by_cas is InspectionState.TOGETHER
    assert "The star these scores give" in client.get(f"/inspect/{visit.id}/together").get_data(as_text=True)


def planned_third(app: Flask, partnership: uuid.UUID, visit: Planned) -> InspectionState:
    score(app, partnership, visit, "cas", 4)
    lock(app, partnership, visit, "cas")
    with within(app, partnership):
        found = queries.get_visit(visit.id)
        assert found is not None
        return found.state


def test_a_supporter_ends_the_wait_once_three_have_locked(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    visit = planned(app, partnership, "amy", "ben", "cas", "dan")
    staff(app, partnership, "sue", Role.SUPPORTER)
    sign_in(client, "sue")
    for name in ("amy", "ben"):
        score(app, partnership, visit, name, 3)
        lock(app, partnership, visit, name)
    score(app, partnership, visit, "dan", 0)
    with within(app, partnership):
        unlocked = db.session.scalars(sa.select(Score.id).where(Score.account_id == visit.team["dan"])).all()
    token = token_of(client.get(f"/staff/inspections/{visit.id}"))
    early = client.post(f"/staff/inspections/{visit.id}/close", data={"csrf_token": token})
    assert early.status_code == 409
    assert "At least 3 inspectors" in early.get_data(as_text=True)
    score(app, partnership, visit, "cas", 3)
    lock(app, partnership, visit, "cas")
    assert client.submit(f"/staff/inspections/{visit.id}", to=f"/staff/inspections/{visit.id}/close").status_code == 303
    with within(app, partnership):
        assert set(queries.locked_scores(visit.id)) == {str(visit.team[name]) for name in ("amy", "ben", "cas")}
        gone = sa.select(sa.func.count()).select_from(Score).where(Score.account_id == visit.team["dan"])
        assert db.session.scalar(gone) == 0
        assert unlocked
        assert {erasing.mark(one) for one in unlocked} <= erasing.marks().keys()
    with within(app, partnership), pytest.raises(Refused, match="scoring-closed"), transaction():
        scoring.save_score(visit.id, visit.team["dan"], KEYS[0], 0)
    other = browser_of(app)
    sign_in(other, "dan")
    assert "Scoring ended before you locked" in other.get(f"/inspect/{visit.id}/").get_data(as_text=True)


def test_a_private_note_is_sealed_and_its_own_inspectors(app: Flask, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    with within(app, partnership), transaction():
        scoring.save_score(visit.id, visit.team["amy"], KEYS[0], 2, note="The door was open")
    with within(app, partnership):
        sealed = db.session.scalars(sa.select(Score.note_sealed)).one()
        assert sealed is not None
        assert b"door" not in sealed
        assert queries.own_scores(visit.id, visit.team["amy"])[KEYS[0]].note == "The door was open"
        assert queries.own_scores(visit.id, visit.team["ben"]) == {}


def test_scores_stay_as_they_were_when_scored_again(app: Flask, partnership: uuid.UUID) -> None:
    """Two tabs: the later score counts, and there is one row."""
    visit = planned(app, partnership)
    for value in (1, 4, None, 2):
        with within(app, partnership), transaction():
            scoring.save_score(visit.id, visit.team["amy"], KEYS[0], value)
    assert values(app, partnership, visit, "amy") == {KEYS[0]: 2}


def test_the_last_lock_opens_the_scores(app: Flask, partnership: uuid.UUID) -> None:
    visit = planned(app, partnership)
    scored(app, partnership, visit, 2, 3, 4)
    with within(app, partnership):
        found = queries.get_visit(visit.id)
        assert found is not None
        assert (found.state, found.visit_on, found.locked) == (InspectionState.TOGETHER, DAY, 3)
        assert scoring.judge(found).domains[0].criteria[0].median == 3
    with pytest.raises((Refused, Conflict)):
        lock(app, partnership, visit, "amy")
