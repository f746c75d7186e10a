"""C7: a worker that is gone or stands still is seen, by whoever watches the site and by those who rely on it."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from engage import worker
from engage.adapters.mail import MemoryMail
from engage.core import clock, heartbeat, jobs
from engage.core.database import db
from engage.core.heartbeat import ALERTING
from engage.core.jobs import Job, JobRun
from engage.people.kinds import Role
from tests.support.client import PageClient, browser_of
from tests.support.notices import post
from tests.support.people import sign_in, staff
from tests.support.voices import say

__all__ = ["post"]
NOON = datetime(2026, 11, 25, 12, 0, 20, tzinfo=UTC)
HARM = "he hits me every night"


@pytest.fixture
def at(app: Flask, post: MemoryMail) -> Iterator[time_machine.Traveller]:
    """Noon of a Wednesday; the web process has just begun, and mail can go out."""
    assert post.enabled
    with time_machine.travel(NOON, tick=False) as travel:
        before, app.extensions["engage_began"] = app.extensions["engage_began"], clock.now()
        yield travel
        app.extensions["engage_began"] = before


def work(app: Flask) -> None:
    """What a worker does on this minute's ticks, of what alerts depend on."""
    for job in worker.find_jobs():
        if job.name in ALERTING:
            worker.perform(app, job)


def watched(client: PageClient) -> tuple[int, str]:
    answer = client.get("/healthz/alerts")
    return answer.status_code, answer.get_data(as_text=True).strip()


def pages(app: Flask, partnership: uuid.UUID, role: Role) -> str:
    """Today and, where the role has it, Safeguarding, as one text."""
    browser = browser_of(app)
    name = f"{role.value}-{clock.now():%d-%H-%M}@larkmoor.example"
    staff(app, partnership, name, role)
    sign_in(browser, name)
    shown = browser.get("/staff/today").get_data(as_text=True)
    if role is Role.SAFEGUARDING_LEAD:
        assert shown.count('id="silent"') == browser.get("/staff/safeguarding").get_data(as_text=True).count(
            'id="silent"'
        )
    return shown


def test_c7_what_alerts_depend_on_is_what_the_worker_runs() -> None:
    assert {job.name: job.every_minutes for job in worker.find_jobs() if job.name in ALERTING} == ALERTING


def test_c7_just_deployed_nobody_is_alarmed_and_without_a_worker_soon_everybody(
    app: Flask, client: PageClient, partnership: uuid.UUID, at: time_machine.Traveller
) -> None:
    assert watched(client) == (200, "alerts go out")
    assert 'id="silent"' not in pages(app, partnership, Role.SAFEGUARDING_LEAD)
    at.shift(timedelta(minutes=11))
    status, said = watched(client)
    assert (status, said.startswith("no worker has ever run")) == (503, True)
    assert "what sends them was never started" in pages(app, partnership, Role.ADMINISTRATOR)
    assert [client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200], "children can still answer"


def test_c7_a_worker_that_stood_still_is_seen_and_one_that_runs_again_too(
    app: Flask, client: PageClient, partnership: uuid.UUID, at: time_machine.Traveller
) -> None:
    work(app)
    assert watched(client) == (200, "alerts go out")
    at.shift(timedelta(minutes=5))
    assert watched(client)[0] == 200
    at.shift(timedelta(minutes=2))
    assert watched(client) == (
        503,
        "the worker stands still since 2026-11-25 12:00 UTC: alerts do not go out. Start it again.",
    )
    for role in (Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR):
        page = pages(app, partnership, role)
        assert "Alerts are not going out since 12:00" in page
        assert "1 thing cannot wait." in page
        assert "Ring in this order: Safeguarding-Lead" in page
    for role in (Role.ANALYST, Role.VIEWER, Role.RESPONDER):
        assert 'id="silent"' not in pages(app, partnership, role)
    at.shift(timedelta(days=1))
    assert "since Wednesday 25 November, 12:00" in pages(app, partnership, Role.ADMINISTRATOR)
    work(app)
    assert watched(client) == (200, "alerts go out")
    assert 'id="silent"' not in pages(app, partnership, Role.SAFEGUARDING_LEAD)


def test_c7_a_job_that_fails_in_one_partnership_is_no_beat(
    app: Flask, client: PageClient, partnership: uuid.UUID, at: time_machine.Traveller
) -> None:
    work(app)
    at.shift(timedelta(minutes=11))

    def fail() -> None:
        raise ValueError

    for name, minutes in ALERTING.items():
        worker.perform(app, Job(name, minutes, fail))
    assert watched(client)[0] == 503


def test_c7_with_one_of_two_jobs_alive_the_other_is_missed(
    app: Flask, client: PageClient, partnership: uuid.UUID, at: time_machine.Traveller
) -> None:
    work(app)
    at.shift(timedelta(minutes=11))
    for job in worker.find_jobs():
        if job.name == "deliver-notices":
            worker.perform(app, job)
    assert watched(client)[0] == 503


def test_f10_a_clock_that_was_set_back_holds_nothing_up(
    app: Flask, client: PageClient, partnership: uuid.UUID, at: time_machine.Traveller
) -> None:
    work(app)
    at.shift(timedelta(hours=-1))
    status, said = watched(client)
    assert (status, "clock" in said) == (503, True)
    assert "the clocks of two machines differ" in pages(app, partnership, Role.SAFEGUARDING_LEAD)
    work(app)
    assert watched(client) == (200, "alerts go out")
    with app.app_context():
        assert not jobs.claim("deliver-notices", clock.now().replace(second=0)), "and each run still once"


def test_c7_an_alert_that_reaches_nobody_is_overdue_without_its_hour(
    app: Flask, client: PageClient, partnership: uuid.UUID, at: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead_page = pages(app, partnership, Role.SAFEGUARDING_LEAD)
    assert 'id="silent"' not in lead_page
    monkeypatch.setattr("engage.safeguarding.notices.send", lambda *_: False)
    say(app, partnership, HARM)
    for _ in range(12):
        work(app)
        at.shift(timedelta(minutes=1))
    status, said = watched(client)
    assert (status, "overdue" in said, "12:" in said) == (503, True, False)
    page = pages(app, partnership, Role.ADMINISTRATOR)
    assert "An alert could not be sent to anybody" in page
    assert "12:05" not in page
    monkeypatch.undo()


def test_n3_a_beat_is_a_whole_minute_of_the_workers_and_one_row_a_job(
    app: Flask, partnership: uuid.UUID, at: time_machine.Traveller
) -> None:
    """N3: it stands there whether or not anybody said anything, at the same minutes."""
    kept = []
    for text in ("", HARM):
        if text:
            say(app, partnership, text)
        for _ in range(3):
            work(app)
            at.shift(timedelta(minutes=1, seconds=7))
        with app.app_context():
            rows = db.session.execute(sa.select(JobRun).where(JobRun.name.endswith(":done"))).scalars().all()
            assert {row.name for row in rows} == {f"{name}:done" for name in ALERTING}
            assert {(row.due_at.second, row.due_at.microsecond) for row in rows} == {(0, 0)}
            kept.append(len(rows))
    assert kept == [2, 2]


def test_what_nobody_watches_writes_no_beat(app: Flask, at: time_machine.Traveller) -> None:
    worker.perform(app, Job("count-places", 1440, lambda: None, scoped=False))
    with app.app_context():
        assert db.session.scalars(sa.select(JobRun.name)).all() == ["count-places"]
        assert heartbeat.standstill() is None
