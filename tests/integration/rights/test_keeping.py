"""P6: what is old is listed, goes when two people said yes, and stays under a legal hold or while somebody waits."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core import audit, clock, holds, retention
from engage.core.audit import AuditEvent
from engage.core.database import db
from engage.core.errors import Conflict, Refused
from engage.core.holds import HoldOn, Target
from engage.core.transaction import transaction
from engage.desk.rights import jobs, taking_back
from engage.desk.rights.kinds import FIXED, KINDS, WORDS
from engage.listening.casework import keeping as cases
from engage.listening.casework import queries as casework
from engage.listening.surveys import queries_closed
from engage.listening.surveys import service as surveys
from engage.people.kinds import Role
from engage.rules.keeping import Cutoff
from engage.safeguarding import queries as flags
from engage.safeguarding import receipts, service_apart, service_triage
from engage.safeguarding.kinds import Decision
from engage.voices import queries as voices
from engage.voices import service as voice_service
from tests.factories.cases import closed_case
from tests.factories.responses import add_responses
from tests.factories.surveys import open_survey
from tests.integration.rights.test_taking_back import HARM, opened, press, rows, send, story
from tests.support.apps import within
from tests.support.client import PageClient
from tests.support.people import sign_in, staff

THEN = datetime(2026, 2, 27, 12, tzinfo=UTC)
LATER = datetime(2028, 3, 6, 12, tzinfo=UTC)
"""Two years and a week on, past a leap day."""


@pytest.fixture
def when(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The present instant, to be changed by whoever asks for it."""
    now = [THEN]
    monkeypatch.setattr(clock, "now", lambda: now[-1])
    return now


@pytest.fixture
def two(app: Flask, partnership: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    return staff(app, partnership, "ada", Role.ADMINISTRATOR), staff(app, partnership, "ben", Role.ADMINISTRATOR)


def counts() -> dict[str, int | None]:
    return {line.kind: line.count for line in retention.dry_run(KINDS)}


def run(one: uuid.UUID, other: uuid.UUID) -> dict[str, int | None]:
    """Propose, approve, and what the worker then does."""
    with transaction():
        run_id = retention.propose(KINDS, one)
    with transaction():
        retention.approve(run_id, other)
    return retention.perform(KINDS)


def test_p6_every_kind_is_in_words_with_its_source() -> None:
    assert {kind.key for kind in KINDS} == WORDS.keys()
    assert all(words.name and words.runs_from and words.source for words in WORDS.values())
    assert len(FIXED) > 5


def test_p6_what_is_old_goes_when_a_second_person_has_approved(
    app: Flask, partnership: uuid.UUID, when: list[datetime], two: tuple[uuid.UUID, uuid.UUID]
) -> None:
    """P6: nothing of it is old a day too soon; numbers are rounded and small ones hidden; only counts are kept."""
    open_survey(app, partnership, "your-voice")
    add_responses(app, partnership, "your-voice", 43)
    with within(app, partnership), transaction():
        surveys.close_survey("your-voice")
    with within(app, partnership):
        for instant, seen in ((THEN, None), (datetime(2028, 2, 28, tzinfo=UTC), None), (LATER, 45)):
            when.append(instant)
            assert counts()["responses"] == seen
        with pytest.raises(Refused, match="own-proposal"):
            run(two[0], two[0])
        db.session.rollback()
        assert retention.perform(KINDS) == {}, "nobody has approved it"
        assert rows(app)["response"] == 43
        waiting = retention.waiting()
        assert waiting is not None
        with transaction():
            retention.approve(waiting.id, two[1])
        jobs.delete_old()
        assert "response" not in rows(app)
        assert retention.waiting() is None
        event = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "retention-done")).one()
        assert event.detail["responses"] == 45
        assert audit.verify() is None


def test_p6_a_held_survey_keeps_its_answers_and_a_held_partnership_everything(
    app: Flask, partnership: uuid.UUID, when: list[datetime], two: tuple[uuid.UUID, uuid.UUID]
) -> None:
    for slug in ("one", "two"):
        open_survey(app, partnership, "your-voice", slug)
        add_responses(app, partnership, slug, 20)
        with within(app, partnership), transaction():
            surveys.close_survey(slug)
    when.append(LATER)
    with within(app, partnership):
        held = surveys.queries.get_survey("one")
        assert held is not None
        with transaction():
            hold_id = holds.place(Target(HoldOn.SURVEY, held.id, "one"), "A court asked", two[0])
            everything = holds.place(Target(HoldOn.PARTNERSHIP), "An inquiry", two[0])
        assert set(counts().values()) == {None}
        assert run(*two) == {}
        with transaction():
            holds.lift(everything, two[1])
        assert retention.perform(KINDS)["responses"] == 20
        assert rows(app)["response"] == 20
        with transaction():
            holds.lift(hold_id, two[1])
        with pytest.raises(Conflict), transaction():
            holds.lift(hold_id, two[1])
        assert run(*two)["responses"] == 20


def test_p6_words_nobody_read_or_decided_on_are_never_old(
    app: Flask, partnership: uuid.UUID, client: PageClient, when: list[datetime], two: tuple[uuid.UUID, uuid.UUID]
) -> None:
    """P6: a child in danger is heard, however long it took."""
    lead = staff(app, partnership, "lea", Role.SAFEGUARDING_LEAD)
    open_survey(app, partnership, "your-voice")
    send(client, HARM)
    when.append(LATER)
    with within(app, partnership):
        with transaction():
            surveys.close_survey("your-voice")
        run(*two)
        assert {"voice", "flag", "receipt"} <= rows(app).keys()
        (matter,) = flags.list_open(9)
        with transaction():
            voice_service.mark_read([row.id for row in voices.list_unread(9)], lead)
        run(*two)
        assert {"voice", "flag", "receipt"} <= rows(app).keys(), "still to be decided"
        with transaction():
            service_triage.decide(matter.worst.id, Decision.REFER, "Told", by=lead, seen=matter.ids)
        run(*two)
        left = rows(app)
    assert (left.get("voice"), left.get("receipt"), left.get("flag")) == (None, None, 1), "a decision is kept longer"


def test_p6_a_held_survey_keeps_what_was_written_through_receipts(
    app: Flask, partnership: uuid.UUID, client: PageClient, when: list[datetime], two: tuple[uuid.UUID, uuid.UUID]
) -> None:
    """P6: words that came with a code do not know their survey, so any survey's hold keeps them."""
    lead = staff(app, partnership, "lea", Role.SAFEGUARDING_LEAD)
    survey_id = open_survey(app, partnership, "your-voice")
    code = send(client)
    with within(app, partnership):
        with transaction():
            receipts.say(opened(code).id, HARM, author_id=None)
            surveys.close_survey("your-voice")
        (matter,) = flags.list_open(9)
        with transaction():
            said = [row.id for row in voices.list_of_origin("response", opened(code).origin_id)]
            service_triage.decide(matter.worst.id, Decision.REFER, "Told", by=lead, seen={*matter.ids, *said})
            hold_id = holds.place(Target(HoldOn.SURVEY, survey_id, "your-voice"), "A court asked", two[0])
        before = rows(app)
        when.append(datetime(2034, 3, 1, tzinfo=UTC))
        run(*two)
        assert {name: rows(app)[name] for name in ("voice", "flag", "receipt")} == {
            name: before[name] for name in ("voice", "flag", "receipt")
        }
        with transaction():
            holds.lift(hold_id, two[0])
        run(*two)
        assert "voice" not in rows(app)
        assert "flag" not in rows(app)


def test_c6_whoever_a_case_is_about_neither_sees_nor_lifts_its_hold(
    app: Flask, partnership: uuid.UUID, client: PageClient, two: tuple[uuid.UUID, uuid.UUID]
) -> None:
    """The reason may name them, and lifting it would let what was said about them go."""
    case_id = closed_case(app, partnership, "Ring first")
    with within(app, partnership):
        case = casework.get_case(case_id)
        assert case is not None
        with transaction():
            hold_id = holds.place(Target(HoldOn.CASE, case_id, case.reference), "Police ask about Ben", two[0])
            service_apart.concern("case", case_id, [two[1]])
    sign_in(client, "ben")
    page = client.get("/staff/data/holds").get_data(as_text=True)
    assert "Police" not in page
    assert case.reference not in page
    assert client.submit("/staff/data/holds", {}, to=f"/staff/data/holds/{hold_id}/lift").status_code == 404
    on = {"hold-on": "case", "hold-key": case.reference, "hold-reason": "Mine"}
    assert "There is none" in client.submit("/staff/data/holds", on, to="/staff/data/holds").get_data(as_text=True)
    sign_in(client, "ada")
    assert "Police ask about Ben" in client.get("/staff/data/holds").get_data(as_text=True)
    assert client.submit("/staff/data/holds", {}, to=f"/staff/data/holds/{hold_id}/lift").status_code == 303


def test_p6_a_hold_on_everything_placed_during_a_run_stops_what_is_left(
    app: Flask, partnership: uuid.UUID, two: tuple[uuid.UUID, uuid.UUID]
) -> None:
    with within(app, partnership):

        def hold(_old: Cutoff, _held: holds.Held) -> int:
            holds.place(Target(HoldOn.PARTNERSHIP), "An inquiry", two[0])
            return 0

        def gone(_old: Cutoff, _held: holds.Held) -> int:
            raise AssertionError("deleted under a hold")

        kinds = [retention.Kind(key, 12, lambda _old, _held: 0, delete) for key, delete in (("a", hold), ("b", gone))]
        with transaction():
            run_id = retention.propose(kinds, two[0])
        with transaction():
            retention.approve(run_id, two[1])
        assert retention.perform(kinds) == {"a": None}
        assert retention.waiting() is not None


def test_p6_a_case_is_kept_to_its_day_and_goes_with_all_that_belongs_to_it(
    app: Flask, partnership: uuid.UUID, when: list[datetime], two: tuple[uuid.UUID, uuid.UUID]
) -> None:
    """P6: six years after it was closed; under a hold not at all."""
    case_id = closed_case(app, partnership, "Ring first")
    with within(app, partnership):
        case = casework.get_case(case_id)
        assert case is not None
        when.append(datetime(2032, 2, 27, tzinfo=UTC))
        run(*two)
        assert casework.get_case(case_id) is not None, "the last day is part of the time"
        when.append(datetime(2032, 2, 29, tzinfo=UTC))
        with transaction():
            hold_id = holds.place(Target(HoldOn.CASE, case_id, case.reference), "Police", two[0])
        run(*two)
        assert casework.get_case(case_id) is not None
        with transaction():
            holds.lift(hold_id, two[0])
            cases.keep_to_birthday(case_id, date(2016, 2, 29), 18)
        run(*two)
        assert casework.get_case(case_id) is not None, "its child is not 18 yet"
        when.append(datetime(2034, 3, 1, tzinfo=UTC))
        run(*two)
        assert casework.get_case(case_id) is None


def test_p6_what_is_taken_back_under_a_hold_waits_and_no_release_counts_it(
    app: Flask, partnership: uuid.UUID, client: PageClient, two: tuple[uuid.UUID, uuid.UUID]
) -> None:
    """P5, P6: the page says that it is kept; when the hold ends it goes."""
    survey_id = open_survey(app, partnership, "your-voice")
    code = send(client)
    with within(app, partnership), transaction():
        hold_id = holds.place(Target(HoldOn.SURVEY, survey_id, "your-voice"), "A court asked", two[0])
    assert "must keep this for now" in press(client, code)
    assert "must keep it for now" in story(client, code)
    with within(app, partnership):
        version = opened_version(code)
        assert rows(app)["response"] == 1
        assert queries_closed.count_version(version) == 0
        assert list(queries_closed.stored_answers(version)) == []
        assert taking_back.finish_asked() == 0
        db.session.rollback()
    with within(app, partnership):
        with transaction():
            holds.lift(hold_id, two[0])
        jobs.finish_taking_back()
    assert rows(app) == {}


def opened_version(code: str) -> uuid.UUID:
    given = taking_back.responses.given(opened(code).origin_id)
    assert given is not None
    return given.version_id


def test_p6_the_pages_propose_approve_and_hold(
    app: Flask, partnership: uuid.UUID, client: PageClient, two: tuple[uuid.UUID, uuid.UUID]
) -> None:
    """P6: who proposed is not offered to approve; a time outside its limits and a hold on nothing are refused."""
    open_survey(app, partnership, "your-voice")
    sign_in(client, "ada")
    page = client.submit("/staff/data", {"period-kind": "cases", "period-months": "0"}, to="/staff/data/periods")
    assert "Enter between 1 and 360 months" in page.get_data(as_text=True)
    assert (
        client.submit(
            "/staff/data", {"period-kind": "cases", "period-months": "84"}, to="/staff/data/periods"
        ).status_code
        == 303
    )
    assert "84 months" in client.get("/staff/data").get_data(as_text=True)
    assert client.submit("/staff/data", {}, to="/staff/data/runs").status_code == 303
    assert "Approve and delete" not in client.get("/staff/data").get_data(as_text=True)
    nothing = client.submit(
        "/staff/data/holds", {"hold-on": "survey", "hold-key": "no-such", "hold-reason": "Why"}, to="/staff/data/holds"
    )
    assert "There is none of that name" in nothing.get_data(as_text=True)
    client.submit(
        "/staff/data/holds",
        {"hold-on": "survey", "hold-key": "your-voice", "hold-reason": "A court"},
        to="/staff/data/holds",
    )
    assert "A court" in client.get("/staff/data/holds").get_data(as_text=True)
    sign_in(client, "ben")
    assert "Approve and delete" in client.get("/staff/data").get_data(as_text=True)


def test_p6_two_proposals_at_once_leave_one(
    app: Flask, partnership: uuid.UUID, two: tuple[uuid.UUID, uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """P6: the second of two sessions that both saw nothing waiting is told so, and one run stands."""
    looked, seen = threading.Barrier(2), retention.waiting

    def look() -> retention.RunRow | None:
        found = seen()
        looked.wait(30)
        return found

    def propose(who: uuid.UUID) -> str:
        with within(app, partnership):
            try:
                with transaction():
                    retention.propose(KINDS, who)
            except Conflict:
                return "refused"
        return "proposed"

    if app.extensions["engage_settings"].database.startswith("postgresql"):
        monkeypatch.setattr(retention, "waiting", look)  # SQLite lets the second look only when the first is done
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(propose, two)) == ["proposed", "refused"]
    with within(app, partnership):
        assert len(db.session.scalars(sa.select(retention.RetentionRun)).all()) == 1
