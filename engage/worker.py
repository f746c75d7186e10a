"""The one scheduler process: runs every registered job on its tick.

Any number of workers may be started; one leads and the others wait. Each run is claimed in a row as well, so that a
change of leader neither loses nor doubles one.
"""

import importlib
import pkgutil
import signal
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import sqlalchemy as sa
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask, current_app

import engage
from engage.app import create_app
from engage.core import clock, heartbeat, jobs, logging, outbox, scope, shuffle
from engage.core.backup import erased
from engage.core.jobs import Job
from engage.core.leadership import leadership
from engage.people import queries
from engage.settings import Settings

_MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
_RECHECK_SECONDS = 1
_LOST = 3
_SET_BACK = timedelta(minutes=1)

# Notices are due on ticks of five minutes; looking every minute lets what a job queued on its tick go out on it.
jobs.job("deliver-notices", every_minutes=1)(outbox.deliver)
jobs.job("forget-order", every_minutes=24 * 60, scoped=False)(shuffle.forget_order)
jobs.job("forget-minutes", every_minutes=5, scoped=False)(shuffle.forget_minutes)


@jobs.job("list-erased", every_minutes=5, scoped=False)
def list_erased() -> None:
    """Write down outside the database what was erased, for whoever puts a backup back (N13)."""
    settings: Settings = current_app.extensions["engage_settings"]
    erased.write(settings.erased, settings.backup_days)


def find_jobs() -> list[Job]:
    """Every job of the product: imports each package's `jobs` module, which registers its own."""
    for module in pkgutil.walk_packages(engage.__path__, "engage."):
        if module.name.endswith(".jobs"):
            importlib.import_module(module.name)
    return jobs.registered()


def perform(app: Flask, job: Job) -> None:
    """The run of `job` that is due now, unless another process claimed it. What fails is logged and tried next time;
    only what was done everywhere is the worker's heartbeat.
    """
    due_at = job.due_at(clock.now())
    try:
        with app.app_context():
            if not jobs.claim(job.name, due_at):
                return
            places = [row.id for row in queries.list_partnerships()] if job.scoped else [None]
    except sa.exc.DBAPIError:
        logging.get_logger().error("job-not-claimed", job=job.name, exc_info=True)
        return
    done = [_attempt(app, job, place) for place in places]
    if all(done):
        with app.app_context():
            _log_failure(job, partial(heartbeat.beat, job.name, due_at))


def _attempt(app: Flask, job: Job, place: uuid.UUID | None) -> bool:
    with app.app_context():
        if place is not None:
            scope.enter(place)
        return _log_failure(job, job.run)


def _log_failure(job: Job, act: Callable[[], object]) -> bool:
    try:
        act()
    except Exception:  # noqa: BLE001 - one partnership's failure must not keep the next one's alerts back
        logging.get_logger().error("job-failed", job=job.name, exc_info=True)
        return False
    return True


def schedule(app: Flask, found: list[Job]) -> BackgroundScheduler:
    """A scheduler, not yet started, that does every job at once and then on its ticks."""
    scheduler = BackgroundScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 300}
    )
    for job in found:
        scheduler.add_job(
            partial(perform, app, job),
            IntervalTrigger(minutes=job.every_minutes, start_date=_MIDNIGHT, timezone=UTC),
            id=job.name,
            next_run_time=clock.now(),
        )
    return scheduler


def run(settings: Settings, stop: threading.Event | None = None) -> int:
    """Leads, or waits to lead, until told to stop (SIGTERM, SIGINT). 0: told to; 3: the lock was lost, or the clock was
    set back and the scheduler would wait until it has caught up: start anew.
    """
    stop = stop or _stop_on_signals()
    app = create_app(settings)
    found = find_jobs()
    lock = leadership(settings.database, settings.home)
    while not lock.acquire():
        if stop.wait(_RECHECK_SECONDS):
            return 0
    scheduler = schedule(app, found)
    scheduler.start()
    logging.get_logger().info("worker-started", jobs=len(found))
    try:
        latest = clock.now()
        while not stop.wait(_RECHECK_SECONDS):
            if not lock.is_held():
                logging.get_logger().error("leadership-lost")
                return _LOST
            if latest - clock.now() > _SET_BACK:
                logging.get_logger().error("clock-set-back")
                return _LOST
            latest = clock.now()
        return 0
    finally:
        scheduler.shutdown(wait=True)
        lock.release()


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
