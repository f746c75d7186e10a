"""Whether the worker does what alerts depend on: what it writes down when it has, and what is true when it has not.

A beat is a minute of the worker's own clock, written whether or not there was anything to send; one row a job, the
last one. It says nothing about anybody, and no row of anybody's points at it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask import Flask, current_app

from engage.core import clock, jobs
from engage.core.transaction import transaction

# What must have been done in every partnership, and every how many minutes: the worker registers its jobs so.
ALERTING = {"deliver-notices": 1, "escalate-flags": 5}
LATE = timedelta(minutes=5)


class Why(StrEnum):
    """In which way the worker stands still."""

    NEVER = "never"
    STOPPED = "stopped"
    CLOCK = "clock"


@dataclass(frozen=True)
class Standstill:
    """The worker does not do its work. `since`: when it last did; None where it never has."""

    why: Why
    since: datetime | None = None


def init_app(app: Flask) -> None:
    """Remember when this process began: until a worker could have begun too, none is missed."""
    app.extensions["engage_began"] = clock.now()


def has_begun() -> bool:
    """Whether this process serves people: one that a test has built asks for no worker and no mail server."""
    began: datetime = current_app.extensions["engage_began"]
    return began <= clock.now()


def beat(name: str, due_at: datetime) -> None:
    """The run of a job that was due at `due_at` is done, in every partnership. A transaction of its own."""
    if name not in ALERTING:
        return
    with transaction():
        jobs.mark(_row(name), due_at)


def standstill() -> Standstill | None:
    """What is wrong with the worker; None while it does its work, or may not have begun yet."""
    names = {_row(name): minutes for name, minutes in ALERTING.items()}
    beats = jobs.marked(*names)
    found = [wrong for name, minutes in names.items() if (wrong := _wrong(beats.get(name), minutes))]
    return min(found, key=lambda wrong: list(Why).index(wrong.why), default=None)


def _wrong(last: datetime | None, minutes: int) -> Standstill | None:
    now, most = clock.now(), LATE + timedelta(minutes=minutes)
    if last is None:
        began: datetime = current_app.extensions["engage_began"]
        return Standstill(Why.NEVER) if now - began > most else None
    if last - now > LATE:
        return Standstill(Why.CLOCK)
    return Standstill(Why.STOPPED, last) if now - last > most else None


def _row(name: str) -> str:
    return f"{name}:done"
