"""The worker: each run once, every partnership, and one leader at a time."""

import threading
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from engage import worker
from engage.core import jobs, scope
from engage.core.database import db
from engage.core.jobs import Job, JobRun
from engage.core.leadership import leadership
from engage.core.transaction import transaction
from engage.migrations import run
from engage.people import service
from tests.support.apps import settings_for

TICK = datetime(2026, 11, 2, 9, 5, tzinfo=UTC)


def add_partnership(app: Flask, slug: str) -> uuid.UUID:
    with app.app_context(), transaction():
        return service.add_partnership(slug, slug.title(), slug.title(), ["en"])


def test_f11_a_run_is_claimed_once(app: Flask) -> None:
    with app.app_context():
        assert jobs.claim("tidy-up", TICK)
        assert not jobs.claim("tidy-up", TICK)
        assert jobs.claim("tidy-up", TICK + timedelta(minutes=5))
        assert jobs.claim("send-out", TICK)


def test_f11_of_many_that_claim_at_once_one_wins(app: Flask) -> None:
    won: list[bool] = []

    def race() -> None:
        with app.app_context():
            won.append(jobs.claim("tidy-up", TICK))

    threads = [threading.Thread(target=race) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 5 + [True]


def test_old_claims_are_forgotten(app: Flask) -> None:
    with app.app_context():
        for days in (0, 10, 41):
            jobs.claim("tidy-up", TICK + timedelta(days=days))
        kept = db.session.scalars(sa.select(JobRun.due_at).order_by(JobRun.due_at)).all()
        assert kept == [TICK + timedelta(days=10), TICK + timedelta(days=41)]


def test_a_job_runs_in_every_partnership_and_one_failure_holds_up_none(app: Flask) -> None:
    places = {add_partnership(app, slug) for slug in ("larkmoor", "fernvale", "westmere")}
    seen: list[uuid.UUID] = []

    def count() -> None:
        seen.append(scope.current())
        if len(seen) == 2:
            raise ValueError("he hurts me at night")

    job = Job("count-places", 1440, count)
    worker.perform(app, job)
    assert set(seen) == places
    worker.perform(app, job)
    assert len(seen) == 3, "the same tick is not run twice"


def test_a_job_without_scope_runs_once(app: Flask) -> None:
    add_partnership(app, "larkmoor")
    seen: list[int] = []
    worker.perform(app, Job("count-once", 1440, lambda: seen.append(1), scoped=False))
    assert seen == [1]


def test_one_leads_and_the_next_takes_over(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        address = db.engine.url.render_as_string(hide_password=False)
    first, second = (leadership(address, tmp_path) for _ in range(2))
    assert first.acquire()
    assert first.is_held()
    assert not second.acquire()
    assert not second.is_held()
    first.release()
    assert not first.is_held()
    assert second.acquire()
    second.release()


def test_a_leader_whose_session_was_ended_notices(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        if db.engine.dialect.name != "postgresql":
            pytest.skip("a file lock cannot be taken away")
        address = db.engine.url.render_as_string(hide_password=False)
        lock = leadership(address, tmp_path)
        assert lock.acquire()
        with db.engine.connect() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
    assert not lock.is_held()
    lock.release()


def test_the_worker_does_every_job_at_once_and_stops_when_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done, stop = threading.Event(), threading.Event()

    def act() -> None:
        done.set()
        stop.set()

    settings = settings_for(tmp_path)
    monkeypatch.setattr(worker, "find_jobs", lambda: [Job("act-once", 1440, act, scoped=False)])
    app = worker.create_app(settings)
    with app.app_context():
        run.upgrade(db.engine)
        db.engine.dispose()
    monkeypatch.setattr(worker, "create_app", lambda _settings: app)
    assert worker.run(settings, stop) == 0
    assert done.is_set()
    with app.app_context():
        db.engine.dispose()


def test_every_packages_jobs_are_found() -> None:
    names = [job.name for job in worker.find_jobs()]
    assert "deliver-notices" in names
    assert len(names) == len(set(names))
