"""Two real sessions of PostgreSQL that meet at the same rows: one holds what it did, the other comes to wait for it."""

import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from engage.core.database import db
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.transaction import transaction
from tests.support.apps import within

_SECONDS = 60
_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def only_postgres(app: Flask) -> None:
    """Leave a test out on SQLite, where a second writer begins when the first is done."""
    if not app.extensions["engage_settings"].database.startswith("postgresql"):
        pytest.skip("SQLite has one writer at a time")


def at_once(app: Flask, place: uuid.UUID, first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """What becomes of both: "" or the refusal's name. `second` begins when `first` has done everything but commit, and
    `first` commits when `second` is done or waits for it.
    """
    did, go = threading.Event(), threading.Event()

    def lead() -> str:
        return _outcome(app, place, first, lambda: (did.set(), go.wait(_SECONDS)))

    with ThreadPoolExecutor(2) as pool:
        leading = pool.submit(lead)
        try:
            until(lambda: did.is_set() or leading.done())
            following = pool.submit(_outcome, app, place, second)
            until(lambda: following.done() or waits(app))
        finally:
            go.set()
        both: list[Future[str]] = [leading, following]
        return [each.result(_SECONDS) for each in both]


def _outcome(app: Flask, place: uuid.UUID, act: Callable[[], object], then: Callable[[], object] = lambda: None) -> str:
    with within(app, place):
        try:
            with transaction():
                act()
                then()
        except (Conflict, NotFound, Refused) as error:
            return type(error).__name__
    return ""


def waits(app: Flask) -> bool:
    """Whether a session waits for another one's lock."""
    with app.app_context(), db.engine.connect() as connection:
        return bool(connection.execute(sa.text(_WAITING)).scalar_one())


def until(is_so: Callable[[], bool]) -> None:
    """Wait for it; an error where it never is."""
    end = time.monotonic() + _SECONDS
    while not is_so():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.01)
