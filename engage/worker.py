"""The one scheduler process: runs every registered job on its tick.

Any number of workers may be started; one leads and the others wait. The leader holds a lock that the system drops with
its process (a locked file beside SQLite, an advisory lock of a PostgreSQL session), and each run is claimed in a row,
so that a change of leader neither loses nor doubles one.
"""

import fcntl
import importlib
import os
import pkgutil
import signal
import threading
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask

import engage
from engage.app import create_app
from engage.core import clock, jobs, logging, outbox, scope
from engage.core.jobs import Job
from engage.people import queries
from engage.settings import Settings

_MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
_ADVISORY_KEY = 0x656E67616765  # "engage"
_RECHECK_SECONDS = 1
_LOST = 3

jobs.job("deliver-notices", every_minutes=5)(outbox.deliver)


class Leadership(Protocol):
    """A lock that at most one process holds."""

    def acquire(self) -> bool:
        """Tries once; True where this process leads now."""

    def is_held(self) -> bool:
        """Whether this process still leads."""

    def release(self) -> None:
        """Lets another one lead."""


class FileLeadership:
    """Leadership on one machine: an exclusively locked file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Tries once; True where this process leads now."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def is_held(self) -> bool:
        """A file lock is not taken away from a living process."""
        return self._descriptor is not None

    def release(self) -> None:
        """Closing the file drops the lock."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class DatabaseLeadership:
    """Leadership among many machines: an advisory lock of a PostgreSQL session on an engine of its own."""

    def __init__(self, address: str) -> None:
        self._engine = sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        self._connection: sa.Connection | None = None

    def acquire(self) -> bool:
        """Tries once; True where this process leads now. A database that is away makes nobody a leader."""
        try:
            connection = self._connection = self._engine.connect()
            if connection.execute(sa.select(sa.func.pg_try_advisory_lock(_ADVISORY_KEY))).scalar_one():
                return True
        except sa.exc.DBAPIError:
            pass
        self.release()
        return False

    def is_held(self) -> bool:
        """Asks the database: a session that was ended lost its lock."""
        if self._connection is None:
            return False
        try:
            query = sa.text(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
                " AND (classid::bigint << 32) + objid::bigint = :key AND granted"
            )
            return bool(self._connection.execute(query, {"key": _ADVISORY_KEY}).scalar_one())
        except sa.exc.DBAPIError:
            return False

    def release(self) -> None:
        """Ends the session, and with it the lock."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def leadership(settings: Settings) -> Leadership:
    """The lock that fits the database."""
    if sa.make_url(settings.database).get_backend_name() == "sqlite":
        return FileLeadership(settings.home / "worker.lock")
    return DatabaseLeadership(settings.database)


def find_jobs() -> list[Job]:
    """Every job of the product: imports each package's `jobs` module, which registers its own."""
    for module in pkgutil.walk_packages(engage.__path__, "engage."):
        if module.name.endswith(".jobs"):
            importlib.import_module(module.name)
    return jobs.registered()


def perform(app: Flask, job: Job) -> None:
    """The run of `job` that is due now, unless another process claimed it. What fails is logged and tried next time."""
    try:
        with app.app_context():
            if not jobs.claim(job.name, job.due_at(clock.now())):
                return
            places = [row.id for row in queries.list_partnerships()] if job.scoped else [None]
    except sa.exc.DBAPIError:
        logging.get_logger().error("job-not-claimed", job=job.name, exc_info=True)
        return
    for place in places:
        with app.app_context():
            if place is not None:
                scope.enter(place)
            _attempt(job)


def _attempt(job: Job) -> None:
    try:
        job.run()
    except Exception:  # noqa: BLE001 - one partnership's failure must not keep the next one's alerts back
        logging.get_logger().error("job-failed", job=job.name, exc_info=True)


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
    """Leads, or waits to lead, until told to stop (SIGTERM, SIGINT). 0: told to; 3: the lock was lost, start anew."""
    stop = stop or _stop_on_signals()
    app = create_app(settings)
    found = find_jobs()
    lock = leadership(settings)
    while not lock.acquire():
        if stop.wait(_RECHECK_SECONDS):
            return 0
    scheduler = schedule(app, found)
    scheduler.start()
    logging.get_logger().info("worker-started", jobs=len(found))
    try:
        while not stop.wait(_RECHECK_SECONDS):
            if not lock.is_held():
                logging.get_logger().error("leadership-lost")
                return _LOST
        return 0
    finally:
        scheduler.shutdown(wait=True)
        lock.release()


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
