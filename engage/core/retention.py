"""How long each kind of thing is kept, and the runs that delete what is older: one person proposes, another approves.

A kind is declared by the package whose rows they are; the desk lists the kinds. A run is frozen when it is proposed:
what was listed is what goes, but for what is put under a hold meanwhile. Only counts are written down.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from engage.core import audit, clock, holds
from engage.core.database import Base, Key, begin_write, db
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.holds import Held
from engage.core.scope import Scoped
from engage.core.transaction import transaction
from engage.rules.keeping import LONGEST, SHORTEST, Cutoff, cutoff, shown


@dataclass(frozen=True)
class Kind:
    """One kind of thing that is deleted when it is old.

    `months` is the shipped period. `count` and `delete` take what is old and what is held; `delete` writes in the
    present transaction; both give a number of things.
    """

    key: str
    months: int
    count: Callable[[Cutoff, Held], int]
    delete: Callable[[Cutoff, Held], int]


class RetentionPeriod(Scoped, Base):
    """A period that the partnership has set for a kind."""

    __tablename__ = "retention_period"
    __table_args__ = (sa.UniqueConstraint("partnership_id", "kind"),)

    id: Mapped[Key]
    kind: Mapped[str]
    months: Mapped[int]


_WAITING = sa.text("done_on IS NULL")


class RetentionRun(Scoped, Base):
    """One run. `periods` (kind -> months) and `as_of` are what was proposed; `deleted` (kind -> count) what went."""

    __tablename__ = "retention_run"
    __table_args__ = (
        sa.CheckConstraint("approved_by <> proposed_by", name="second_person"),
        sa.Index(
            "uq_retention_run_waiting", "partnership_id", unique=True, sqlite_where=_WAITING, postgresql_where=_WAITING
        ),
        sa.CheckConstraint("done_on IS NULL OR approved_by IS NOT NULL", name="done_is_approved"),
    )

    id: Mapped[Key]
    as_of: Mapped[date]
    periods: Mapped[dict[str, Any]]
    proposed_by: Mapped[uuid.UUID]
    approved_by: Mapped[uuid.UUID | None]
    done_on: Mapped[date | None]
    deleted: Mapped[dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """One kind in a dry run: its period, what is old, and how much of it (None: fewer than ten)."""

    kind: str
    months: int
    is_shipped: bool
    old: Cutoff
    count: int | None


@dataclass(frozen=True)
class RunRow:
    """A run as its page shows it."""

    id: uuid.UUID
    as_of: date
    periods: Mapping[str, int]
    proposed_by: uuid.UUID
    approved_by: uuid.UUID | None
    done_on: date | None
    deleted: Mapping[str, int | None]


def periods(kinds: Sequence[Kind]) -> dict[str, int]:
    """Kind -> months, as this partnership keeps it."""
    own = {row.kind: row.months for row in db.session.scalars(sa.select(RetentionPeriod))}
    return {kind.key: own.get(kind.key, kind.months) for kind in kinds}


def set_period(kinds: Sequence[Kind], key: str, months: int) -> None:
    """Keep a kind so many months from now on. Refused for a length that cannot be ("retention-months")."""
    if key not in {kind.key for kind in kinds}:
        raise NotFound
    if not SHORTEST <= months <= LONGEST:
        raise Refused("retention-months", least=SHORTEST, most=LONGEST)
    session = begin_write()
    row = session.scalars(sa.select(RetentionPeriod).where(RetentionPeriod.kind == key)).first()
    if row is None:
        session.add(RetentionPeriod(kind=key, months=months))
    else:
        row.months = months
    session.flush()
    audit.record("retention-period-set", "retention", None, kind=key, months=months)


def dry_run(kinds: Sequence[Kind], today: date | None = None) -> list[Line]:
    """What would be deleted today: nothing is."""
    now, day, kept = holds.held(), today or clock.today(), periods(kinds)
    return [
        Line(
            kind=kind.key,
            months=kept[kind.key],
            is_shipped=kept[kind.key] == kind.months,
            old=cutoff(day, kept[kind.key]),
            count=shown(0 if now.everything else kind.count(cutoff(day, kept[kind.key]), now)),
        )
        for kind in kinds
    ]


def propose(kinds: Sequence[Kind], by: uuid.UUID) -> uuid.UUID:
    """Ask for what is old today to be deleted; the run's id. Conflict while another run waits."""
    session = begin_write()
    if waiting() is not None:
        raise Conflict
    run = RetentionRun(as_of=clock.today(), periods=periods(kinds), proposed_by=by, deleted={})
    session.add(run)
    try:
        session.flush()
    except sa.exc.IntegrityError:  # another one was proposed since we looked
        raise Conflict from None
    audit.record("retention-proposed", "retention_run", run.id)
    return run.id


def approve(run_id: uuid.UUID, by: uuid.UUID) -> None:
    """Say yes to a run that somebody else proposed; the worker does it. Refused for one's own ("own-proposal")."""
    run = _open(run_id)
    if run.proposed_by == by:
        raise Refused("own-proposal")
    run.approved_by = by
    db.session.flush()
    audit.record("retention-approved", "retention_run", run_id)


def drop(run_id: uuid.UUID) -> None:
    """Take a proposal off again; nothing is deleted."""
    run = _open(run_id)
    db.session.delete(run)
    db.session.flush()
    audit.record("retention-dropped", "retention_run", run_id)


def waiting() -> RunRow | None:
    """The run that is proposed and not done."""
    run = db.session.scalars(sa.select(RetentionRun).where(RetentionRun.done_on.is_(None))).first()
    return _row(run) if run is not None else None


def list_done(limit: int = 12) -> list[RunRow]:
    """Runs that are done, the newest first."""
    query = sa.select(RetentionRun).where(RetentionRun.done_on.is_not(None))
    return [
        _row(run)
        for run in db.session.scalars(query.order_by(RetentionRun.done_on.desc(), RetentionRun.id).limit(limit))
    ]


def perform(kinds: Sequence[Kind]) -> dict[str, int | None]:
    """Do the approved run, each kind in a transaction of its own; kind -> count as it may be shown. {} without one.

    Killed in between, the next call does what is left: what is gone is gone. A hold on everything stops it.
    """
    run = waiting()
    if run is None or run.approved_by is None or holds.held().everything:
        return {}
    done: dict[str, int | None] = {}
    for kind in (one for one in kinds if one.key in run.periods):
        with transaction():
            held = holds.held()
            if held.everything:  # placed meanwhile: what is left waits for its end
                return done
            done[kind.key] = shown(kind.delete(cutoff(run.as_of, run.periods[kind.key]), held))
    with transaction():
        row = begin_write().get_one(RetentionRun, run.id)
        row.done_on, row.deleted = clock.today(), dict(done)
        counts = {key: "<10" if count is None else count for key, count in done.items()}
        audit.record("retention-done", "retention_run", run.id, **counts)
    return done


def _open(run_id: uuid.UUID) -> RetentionRun:
    run = begin_write().get(RetentionRun, run_id, with_for_update=True)
    if run is None:
        raise NotFound
    if run.approved_by is not None:
        raise Conflict
    return run


def _row(run: RetentionRun) -> RunRow:
    return RunRow(run.id, run.as_of, run.periods, run.proposed_by, run.approved_by, run.done_on, run.deleted)
