"""Selects on duty: hours and clocks, who is told in which order, which alerts are due and were sent."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

import sqlalchemy as sa

from engage.core.database import db
from engage.core.scope import HERE, quick
from engage.rules.deadlines import Hours
from engage.safeguarding.kinds import Decision
from engage.safeguarding.models import Flag
from engage.safeguarding.models_duty import Alert, Duty, FollowUp, OnDuty, Told
from engage.voices.kinds import Concern

STEPS = ("first", "second", "third")
GRAVE = (Concern.RED, Concern.NOT_CHECKED)
LEVELS = (Concern.RED, Concern.NOT_CHECKED, Concern.AMBER)


@dataclass(frozen=True)
class DutyRow:
    """When a partnership reads, and how soon: all clocks in minutes on duty.

    `steps`: after how long without anybody opening a flag the next person is told (C7). `read` and `decide`: how soon
    a flag of each level is opened, and decided on.
    """

    hours: Hours
    steps: tuple[int, ...]
    read: Mapping[Concern, int]
    decide: Mapping[Concern, int]
    follow_up_days: int


# A working day is eight hours; what the lists saw as grave is opened within the hour and decided on within half a day.
USUAL = DutyRow(
    hours=Hours(days=frozenset({1, 2, 3, 4, 5}), opens=time(9), closes=time(17)),
    steps=(15, 60, 240),
    read={Concern.RED: 60, Concern.NOT_CHECKED: 120, Concern.AMBER: 480},
    decide={Concern.RED: 240, Concern.NOT_CHECKED: 480, Concern.AMBER: 2400},
    follow_up_days=14,
)


# Every page before question 1 says when somebody reads.
_DUTY = sa.select(
    Duty.opens_at, Duty.closes_at, Duty.days, Duty.on_bank_holidays, Duty.minutes, Duty.follow_up_days
).where(Duty.partnership_id == HERE)


def duty() -> DutyRow:
    """The hours and clocks of the present partnership; the usual ones where nobody changed them."""
    found = quick(_DUTY).first()
    if found is None:
        return USUAL
    days = frozenset(int(day) for day in found.days)
    opens, closes = time.fromisoformat(found.opens_at), time.fromisoformat(found.closes_at)
    return DutyRow(
        hours=Hours(days, opens, closes, found.on_bank_holidays),
        steps=tuple(int(found.minutes[step]) for step in STEPS),
        read={level: int(found.minutes[f"read.{level.value}"]) for level in LEVELS},
        decide={level: int(found.minutes[f"decide.{level.value}"]) for level in LEVELS},
        follow_up_days=found.follow_up_days,
    )


def order_told() -> list[uuid.UUID]:
    """Accounts in the order in which they are told: the designated lead, then the deputies. Empty: no order was set."""
    return list(db.session.scalars(sa.select(OnDuty.account_id).order_by(OnDuty.position)))


@dataclass(frozen=True)
class Unopened:
    """A flag that nobody has opened, and since which tick it waits."""

    id: uuid.UUID
    raised_at: datetime


def unopened() -> list[Unopened]:
    """Every undecided flag that nobody has opened."""
    columns = sa.select(Flag.id, Flag.raised_at).where(*_UNOPENED)
    return [Unopened(row.id, row.raised_at) for row in db.session.execute(columns) if row.raised_at is not None]


def steps_taken() -> set[tuple[uuid.UUID, int]]:
    """Flag id and step of every escalation of an undecided flag."""
    rows = db.session.execute(sa.select(Alert.flag_id, Alert.step))
    return {(row.flag_id, row.step) for row in rows}


@dataclass(frozen=True)
class Waiting:
    """What an alert is about: a flag nobody has opened yet, and where it came from."""

    flag_id: uuid.UUID
    origin_id: uuid.UUID
    tick: datetime
    level: Concern


def waiting(flag_id: uuid.UUID) -> Waiting | None:
    """The flag of an alert; None once it was opened or decided: then nobody needs telling."""
    query = sa.select(Flag).where(Flag.id == flag_id, *_UNOPENED)
    row = db.session.scalars(query).first()
    if row is None or row.raised_at is None:
        return None
    return Waiting(row.id, row.origin_id, row.raised_at, row.level)


def alert(alert_id: uuid.UUID) -> tuple[uuid.UUID, int] | None:
    """Flag id and step of an alert."""
    row = db.session.execute(sa.select(Alert.flag_id, Alert.step).where(Alert.id == alert_id)).first()
    return (row.flag_id, row.step) if row is not None else None


def subjects_of(origins: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """What notices on these matters are about: a flag, a step taken for one, a request for contact by itself."""
    flags = frozenset(db.session.scalars(sa.select(Flag.id).where(Flag.origin_id.in_(origins))))
    steps = db.session.scalars(sa.select(Alert.id).where(Alert.flag_id.in_(flags)))
    return frozenset(origins) | flags | frozenset(steps)


def told(tick: datetime, step: int) -> set[uuid.UUID]:
    """Who was told already of what was raised on a tick, at one step."""
    return set(db.session.scalars(sa.select(Told.account_id).where(Told.tick == tick, Told.step == step)))


def is_anybody_told() -> bool:
    """Whether there is anything to forget about who was told."""
    return db.session.scalar(sa.select(Told.id).limit(1)) is not None


@dataclass(frozen=True)
class FollowUpRow:
    """A decided flag to look at again."""

    flag_id: uuid.UUID
    origin_id: uuid.UUID
    due_on: date
    decision: Decision
    decided_by: uuid.UUID


def follow_ups(until: date) -> list[FollowUpRow]:
    """What is to be looked at again by a day, the longest due first."""
    columns = sa.select(Flag.id, Flag.origin_id, FollowUp.due_on, Flag.decision, Flag.decided_by)
    query = columns.join(FollowUp, FollowUp.flag_id == Flag.id).where(FollowUp.done_by.is_(None))
    rows = db.session.execute(query.where(FollowUp.due_on <= until).order_by(FollowUp.due_on, Flag.id))
    return [
        FollowUpRow(row.id, row.origin_id, row.due_on, row.decision, row.decided_by)
        for row in rows
        if row.decision is not None and row.decided_by is not None
    ]


def follow_up_of(flag_id: uuid.UUID) -> tuple[date, uuid.UUID | None] | None:
    """When a decided flag is looked at again, and who has; None where no day was set."""
    row = db.session.execute(sa.select(FollowUp.due_on, FollowUp.done_by).where(FollowUp.flag_id == flag_id)).first()
    return (row.due_on, row.done_by) if row is not None else None


def reminders_due(on: date) -> list[uuid.UUID]:
    """Flags whose day has come and of whose nobody was reminded."""
    due = (FollowUp.due_on <= on, FollowUp.done_by.is_(None), FollowUp.is_reminded.is_(False))
    return list(db.session.scalars(sa.select(FollowUp.flag_id).where(*due)))


_UNOPENED = (Flag.decision.is_(None), Flag.opened_by.is_(None), Flag.raised_at.is_not(None))
